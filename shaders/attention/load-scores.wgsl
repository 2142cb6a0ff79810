// The operands of queries · keysᵀ for each head.
fn load_a(row: u32, k: u32) -> vec4f {
  return read_queries(row, k);
}

fn load_b(col: u32, k: u32) -> vec4f {
  return read_keys(col, k);
}
