// One element at a time, under the names of lanes4.wgsl: for rows of any length.
alias pack = elem;
alias wide = f32;
fn total(v: wide) -> f32 { return v; }
fn largest(v: wide) -> f32 { return v; }
