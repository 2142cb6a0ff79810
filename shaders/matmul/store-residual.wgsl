// y = product + bias + residual.
fn store(row: u32, col: u32, sum: vec4f) {
  write_y(row, col, sum + read_bias(0u, col) + read_residual(row, col));
}
