// y = x·w + bias, on the register tile.
fn load_a(row: u32, k: u32) -> vec4f {
  return read_x(row, k);
}

fn load_b(k: u32, col: u32) -> vec4f {
  return read_w(k, col);
}

fn store(row: u32, col: u32, sum: vec4f) {
  write_y(row, col, sum + read_bias(0u, col));
}
