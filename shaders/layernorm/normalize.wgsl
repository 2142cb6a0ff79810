// y = (x − mean) / √(variance + epsilon) · gamma + beta over each row, one workgroup a row.
// The variance is that of the deviations from the mean (two passes), not E[x²] − mean², which cancels.
// A lane takes the packs lane, lane + threads, …: STEPS of them, of which the first HELD stay in registers.
override rows: u32;
override cols: u32;
override packs: u32; // in a row
override epsilon: f32;

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

  var sum = 0.0;
  for (var step = 0u; step < STEPS; step++) {
    let i = lane + step * threads;
    if (i < packs) {
      let v = first_load(start + i);
      if (step < HELD) { held[step] = v; }
      sum += total(v);
    }
  }
  let mean = workgroup_total(sum, lane) / f32(cols);

  var squares = 0.0;
  for (var step = 0u; step < STEPS; step++) {
    let i = lane + step * threads;
    if (i < packs) {
      var v: wide;
      if (step < HELD) { v = held[step]; } else { v = load_again(start + i); }
      squares += total((v - mean) * (v - mean));
    }
  }
  let scale = inverseSqrt(workgroup_total(squares, lane) / f32(cols) + epsilon);

  for (var step = 0u; step < STEPS; step++) {
    let i = lane + step * threads;
    if (i < packs) {
      var v: wide;
      if (step < HELD) { v = held[step]; } else { v = load_again(start + i); }
      y[start + i] = pack((v - mean) * scale * wide(gamma[i]) + wide(beta[i]));
    }
  }
}
