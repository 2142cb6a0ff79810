// What is normalised is the sum as stored, so that both outputs belong together in f16 too.
fn value(i: u32) -> wide { return wide(pack(wide(x[i]) + wide(residual[i]))); }
