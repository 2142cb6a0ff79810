// y = exp(x − max) / Σ exp(x − max) over each row. A row of −∞ alone gives zeros.
// A lane takes the packs lane, lane + LANES, …, of which the first HELD stay in registers. Of a longer row the rest
// is read again, four packs of a lane at a time.
override rows: u32;
override packs: u32; // in a row

@group(0) @binding(0) var<storage, read> x: array<pack>;
@group(0) @binding(1) var<storage, read_write> y: array<pack>;

// The lowest finite f32: WGSL has no infinity to start a maximum from, and −∞ − −∞ would be NaN.
const LOWEST = -3.4028234663852886e38;

// Of a lane that has fewer packs left, those of the next row, or of nowhere, come along.
fn four(i: u32) -> array<wide, 4> {
  return array(wide(x[i]), wide(x[i + LANES]), wide(x[i + 2u * LANES]), wide(x[i + 3u * LANES]));
}

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let first = flat_workgroup(workgroup, workgroups) * ROWS;
  if (first >= rows) { return; }
  let row = first + index / LANES;
  let lane = index % LANES;
  let start = row * packs;
  // None past the last row, which comes along for the barriers.
  let count = select(0u, packs, ROWS == 1u || row < rows);

  // All loads of a lane before anything needs one of them.
  var held: array<wide, HELD>;
  for (var step = 0u; step < HELD; step++) {
    let i = lane + step * LANES;
    if (FULL || i < count) { held[step] = wide(x[start + i]); } else { held[step] = wide(LOWEST); }
  }

  var peak = LOWEST;
  for (var step = 0u; step < HELD; step++) { peak = max(peak, largest(held[step])); }
  for (var i = lane + HELD * LANES; i < count; i += 4u * LANES) {
    let v = four(start + i);
    for (var k = 0u; k < 4u; k++) { peak = max(peak, select(LOWEST, largest(v[k]), i + k * LANES < count)); }
  }
  peak = row_largest(peak, index);

  var sum = 0.0;
  for (var step = 0u; step < HELD; step++) {
    held[step] = exp(held[step] - peak);
    if (FULL || lane + step * LANES < count) { sum += total(held[step]); }
  }
  for (var i = lane + HELD * LANES; i < count; i += 4u * LANES) {
    let v = four(start + i);
    for (var k = 0u; k < 4u; k++) { sum += select(0.0, total(exp(v[k] - peak)), i + k * LANES < count); }
  }
  sum = row_total(sum, index);
  let scale = select(0.0, 1.0 / sum, sum > 0.0);

  for (var step = 0u; step < HELD; step++) {
    let i = lane + step * LANES;
    if (FULL || i < count) { y[start + i] = pack(held[step] * scale); }
  }
  for (var i = lane + HELD * LANES; i < count; i += threads) {
    y[start + i] = pack(exp(wide(x[start + i]) - peak) * scale);
  }
}
