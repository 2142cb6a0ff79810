fn value(i: u32) -> wide { return wide(x[i]); }
fn store(i: u32, col: u32, _value: wide, normalized: wide) {
  y[i] = pack(finish(normalized, col));
}
