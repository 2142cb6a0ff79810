// scores = scale · queries · keysᵀ for each head, on the register tile.
override SCALE: f32;

fn load_a(row: u32, k: u32) -> vec4f {
  return read_queries(row, k);
}

fn load_b(col: u32, k: u32) -> vec4f {
  return read_keys(col, k);
}

fn store(row: u32, col: u32, sum: vec4f) {
  write_scores(row, col, SCALE * sum);
}
