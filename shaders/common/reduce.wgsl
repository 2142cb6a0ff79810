// Reductions over a row's workgroup of `threads` invocations, a power of two, at least HEADS. Every invocation gets the
// result. To be called in uniform control flow. The order is fixed, so results repeat bit for bit.
// Two levels, not a halving at a time: two barriers instead of one for every bit of `threads`.
override threads: u32;
const HEADS = 16u;
var<workgroup> partials: array<f32, threads>;
var<workgroup> heads: array<f32, HEADS>;

fn row_total(value: f32, lane: u32) -> f32 {
  partials[lane] = value;
  workgroupBarrier();
  if (lane < HEADS) {
    var sum = partials[lane];
    for (var i = lane + HEADS; i < threads; i += HEADS) { sum += partials[i]; }
    heads[lane] = sum;
  }
  workgroupBarrier();
  var sum = heads[0];
  for (var i = 1u; i < HEADS; i++) { sum += heads[i]; }
  return sum;
}

fn row_largest(value: f32, lane: u32) -> f32 {
  partials[lane] = value;
  workgroupBarrier();
  if (lane < HEADS) {
    var most = partials[lane];
    for (var i = lane + HEADS; i < threads; i += HEADS) { most = max(most, partials[i]); }
    heads[lane] = most;
  }
  workgroupBarrier();
  var most = heads[0];
  for (var i = 1u; i < HEADS; i++) { most = max(most, heads[i]); }
  return most;
}
