// c = product.
fn store(row: u32, col: u32, sum: vec4f) {
  write_c(row, col, sum);
}
