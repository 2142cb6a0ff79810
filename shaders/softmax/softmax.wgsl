// y = exp(x − max) / Σ exp(x − max) over each row, one workgroup a row. A row of −∞ alone gives zeros.
// A lane takes the packs lane, lane + threads, …: STEPS of them, of which the first HELD stay in registers.
override rows: u32;
override packs: u32; // in a row

@group(0) @binding(0) var<storage, read> x: array<pack>;
@group(0) @binding(1) var<storage, read_write> y: array<pack>;

// The lowest finite f32: WGSL has no infinity to start a maximum from, and −∞ − −∞ would be NaN.
const LOWEST = -3.4028234663852886e38;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_workgroup(workgroup, workgroups);
  if (row >= rows) { return; }
  let start = row * packs;
  var held: array<wide, HELD>;

  var peak = LOWEST;
  for (var step = 0u; step < STEPS; step++) {
    let i = lane + step * threads;
    if (i < packs) {
      let v = wide(x[start + i]);
      if (step < HELD) { held[step] = v; }
      peak = max(peak, largest(v));
    }
  }
  peak = workgroup_largest(peak, lane);

  var sum = 0.0;
  for (var step = 0u; step < STEPS; step++) {
    let i = lane + step * threads;
    if (i < packs) {
      var v: wide;
      if (step < HELD) { v = held[step]; } else { v = wide(x[start + i]); }
      let e = exp(v - peak);
      if (step < HELD) { held[step] = e; }
      sum += total(e);
    }
  }
  sum = workgroup_total(sum, lane);
  let scale = select(0.0, 1.0 / sum, sum > 0.0);

  for (var step = 0u; step < STEPS; step++) {
    let i = lane + step * threads;
    if (i < packs) {
      var e: wide;
      if (step < HELD) { e = held[step]; } else { e = exp(wide(x[start + i]) - peak); }
      y[start + i] = pack(e * scale);
    }
  }
}
