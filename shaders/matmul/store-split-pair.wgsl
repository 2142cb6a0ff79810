// The sums over a share of k, put aside for sum-split-pair.wgsl.
fn store(row: u32, col: u32, sum: vec4f, sum2: vec4f) {
  write_partials(row, col, sum);
  write_partials2(row, col, sum2);
}
