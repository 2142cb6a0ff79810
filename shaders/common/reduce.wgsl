// Reductions over a workgroup of `threads` invocations, a power of two, by halving. Every invocation gets the
// result. To be called in uniform control flow. The order is fixed, so results repeat bit for bit.
override threads: u32;
var<workgroup> partials: array<f32, threads>;

fn workgroup_total(value: f32, lane: u32) -> f32 {
  partials[lane] = value;
  for (var half = threads / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { partials[lane] += partials[lane + half]; }
  }
  return workgroupUniformLoad(&partials[0]);
}

fn workgroup_largest(value: f32, lane: u32) -> f32 {
  partials[lane] = value;
  for (var half = threads / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { partials[lane] = max(partials[lane], partials[lane + half]); }
  }
  return workgroupUniformLoad(&partials[0]);
}
