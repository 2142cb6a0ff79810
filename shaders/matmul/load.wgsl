// The operands of a·b.
fn load_a(row: u32, k: u32) -> vec4f {
  return read_a(row, k);
}

fn load_b(k: u32, col: u32) -> vec4f {
  return read_b(k, col);
}
