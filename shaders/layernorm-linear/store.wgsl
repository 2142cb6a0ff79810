// y = scale·product + offset; see load.wgsl.
fn store(row: u32, col: u32, sum: vec4f) {
  write_y(row, col, fma(vec4f(read_statistics(row, 0u).z), sum, read_offset(0u, col)));
}
