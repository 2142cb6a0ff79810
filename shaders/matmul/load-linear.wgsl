// The operands of x·w.
fn load_a(row: u32, k: u32) -> vec4f {
  return read_x(row, k);
}

fn load_b(k: u32, col: u32) -> vec4f {
  return read_w(k, col);
}
