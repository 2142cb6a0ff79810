// Four elements at a time: 16-byte moves in f32. For rows whose length divides by four.
alias pack = vec4<elem>; // as stored
alias wide = vec4<f32>; // as computed
fn total(v: wide) -> f32 { return (v.x + v.y) + (v.z + v.w); }
fn largest(v: wide) -> f32 { return max(max(v.x, v.y), max(v.z, v.w)); }
