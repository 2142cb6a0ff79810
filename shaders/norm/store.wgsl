fn store(i: u32, col: u32, _value: wide, normalized: wide) { y[i] = pack(finish(normalized, col)); }
