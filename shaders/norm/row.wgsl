fn value(i: u32) -> wide { return wide(x[i]); }
