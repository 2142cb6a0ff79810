// LayerNorm and RMSNorm of each row, a workgroup of one or several rows: y = finish((v − mean) / √(variance + epsilon)).
// The variance is that of the deviations from the mean (two passes), not E[x²] − mean², which cancels; RMSNorm,
// not CENTRED, takes the mean to be 0. What a row is made of and what finishes it is in the snippets beside this.
// A lane takes the packs lane, lane + LANES, …, of which the first HELD stay in registers. Of a longer row the rest
// is read again, four packs of a lane at a time.
override rows: u32;
override cols: u32;
override packs: u32; // in a row
override epsilon: f32;

// Of a lane that has fewer packs left, those of the next row, or of nowhere, come along.
fn four(i: u32) -> array<wide, 4> {
  return array(value(i), value(i + LANES), value(i + 2u * LANES), value(i + 3u * LANES));
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
    if (FULL || i < count) { held[step] = value(start + i); }
  }

  var mean = 0.0;
  if (CENTRED) {
    var sum = 0.0;
    for (var step = 0u; step < HELD; step++) { sum += total(held[step]); }
    for (var i = lane + HELD * LANES; i < count; i += 4u * LANES) {
      let v = four(start + i);
      for (var k = 0u; k < 4u; k++) { sum += select(0.0, total(v[k]), i + k * LANES < count); }
    }
    mean = row_total(sum, index) / f32(cols);
  }

  var squares = 0.0;
  for (var step = 0u; step < HELD; step++) {
    let v = held[step] - mean;
    if (FULL || lane + step * LANES < count) { squares += total(v * v); }
  }
  for (var i = lane + HELD * LANES; i < count; i += 4u * LANES) {
    let v = four(start + i);
    for (var k = 0u; k < 4u; k++) {
      let d = v[k] - mean;
      squares += select(0.0, total(d * d), i + k * LANES < count);
    }
  }
  let scale = inverseSqrt(row_total(squares, index) / f32(cols) + epsilon);

  for (var step = 0u; step < HELD; step++) {
    let i = lane + step * LANES;
    if (FULL || i < count) { store(start + i, i, held[step], (held[step] - mean) * scale); }
  }
  for (var i = lane + HELD * LANES; i < count; i += threads) {
    let v = value(start + i);
    store(start + i, i, v, (v - mean) * scale);
  }
}
