// The sum over a share of k, put aside for sum-splits.wgsl.
fn store(row: u32, col: u32, sum: vec4f) {
  write_partials(row, col, sum);
}
