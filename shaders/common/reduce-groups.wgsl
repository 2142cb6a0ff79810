// The functions of reduce.wgsl for a workgroup of several rows, LANES neighbouring invocations each: all of a row read
// what all of it have.
override threads: u32;
var<workgroup> partials: array<f32, threads>;

fn row_total(value: f32, index: u32) -> f32 {
  workgroupBarrier();
  partials[index] = value;
  workgroupBarrier();
  let first = index / LANES * LANES;
  var sum = partials[first];
  for (var i = 1u; i < LANES; i++) { sum += partials[first + i]; }
  return sum;
}

fn row_largest(value: f32, index: u32) -> f32 {
  workgroupBarrier();
  partials[index] = value;
  workgroupBarrier();
  let first = index / LANES * LANES;
  var most = partials[first];
  for (var i = 1u; i < LANES; i++) { most = max(most, partials[first + i]); }
  return most;
}
