fn store(i: u32, col: u32, value: wide, normalized: wide) {
  sum[i] = pack(value);
  y[i] = pack(finish(normalized, col));
}
