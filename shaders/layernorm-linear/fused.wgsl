// y = LayerNorm(x)·w + bias = scale·((x − mean)·(gamma ∘ w)) + (beta·w + bias), on the register tile: x is
// centred on its way into the tile, so that nothing cancels, and scaled on its way out of it.
fn load_a(row: u32, k: u32) -> vec4f {
  let of_row = read_statistics(row, 0u);
  return (read_x(row, k) - of_row.x) - of_row.y;
}

fn load_b(k: u32, col: u32) -> vec4f {
  return read_scaled(k, col);
}

fn store(row: u32, col: u32, sum: vec4f) {
  write_y(row, col, fma(vec4f(read_statistics(row, 0u).z), sum, read_offset(0u, col)));
}
