// What is normalised is the sum as stored, so that both outputs belong together in f16 too.
fn value(i: u32) -> wide { return wide(pack(wide(x[i]) + wide(residual[i]))); }
fn store(i: u32, col: u32, value: wide, normalized: wide) {
  sum[i] = pack(value);
  y[i] = pack(finish(normalized, col));
}
