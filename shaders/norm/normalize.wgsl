// LayerNorm and RMSNorm of each row, one workgroup a row: y = finish((v − mean) / √(variance + epsilon)).
// The variance is that of the deviations from the mean (two passes), not E[x²] − mean², which cancels; RMSNorm,
// not CENTRED, takes the mean to be 0. What a row is made of and what finishes it is in the snippets beside this.
// A lane takes the packs lane, lane + threads, …, of which the first HELD stay in registers. Of a longer row the rest
// is read again, four packs of a lane at a time.
override rows: u32;
override cols: u32;
override packs: u32; // in a row
override epsilon: f32;

// Of a lane that has fewer packs left, those of the next row, or of nowhere, come along.
fn four(i: u32) -> array<wide, 4> {
  return array(value(i), value(i + threads), value(i + 2u * threads), value(i + 3u * threads));
}

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_workgroup(workgroup, workgroups);
  if (row >= rows) { return; }
  let start = row * packs;

  // All loads of a lane before anything needs one of them.
  var held: array<wide, HELD>;
  for (var step = 0u; step < HELD; step++) {
    let i = lane + step * threads;
    if (FULL || i < packs) { held[step] = value(start + i); }
  }

  var mean = 0.0;
  if (CENTRED) {
    var sum = 0.0;
    for (var step = 0u; step < HELD; step++) { sum += total(held[step]); }
    for (var i = lane + HELD * threads; i < packs; i += 4u * threads) {
      let v = four(start + i);
      for (var k = 0u; k < 4u; k++) { sum += select(0.0, total(v[k]), i + k * threads < packs); }
    }
    mean = workgroup_total(sum, lane) / f32(cols);
  }

  var squares = 0.0;
  for (var step = 0u; step < HELD; step++) {
    let v = held[step] - mean;
    if (FULL || lane + step * threads < packs) { squares += total(v * v); }
  }
  for (var i = lane + HELD * threads; i < packs; i += 4u * threads) {
    let v = four(start + i);
    for (var k = 0u; k < 4u; k++) {
      let d = v[k] - mean;
      squares += select(0.0, total(d * d), i + k * threads < packs);
    }
  }
  let scale = inverseSqrt(workgroup_total(squares, lane) / f32(cols) + epsilon);

  for (var step = 0u; step < HELD; step++) {
    let i = lane + step * threads;
    if (FULL || i < packs) { store(start + i, i, held[step], (held[step] - mean) * scale); }
  }
  for (var i = lane + HELD * threads; i < packs; i += threads) {
    let v = value(start + i);
    store(start + i, i, v, (v - mean) * scale);
  }
}
