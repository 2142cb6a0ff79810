fn finish(v: wide, i: u32) -> wide { return v * wide(gamma[i]); }
