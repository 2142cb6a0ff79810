// Of each row of x: (mean, correction, 1/√(variance + epsilon), 0), one workgroup a row.
// The f32 mean is off by its rounding; what is left of the row's sum after subtracting it is the correction:
// (x − mean) − correction has full precision where the mean is large against the deviations.
override rows: u32;
override cols: u32;
override packs: u32; // in a row
override epsilon: f32;

@group(0) @binding(0) var<storage, read> x: array<pack>;
@group(0) @binding(1) var<storage, read_write> statistics: array<vec4f>;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_workgroup(workgroup, grid);
  if (row >= rows) { return; }
  let start = row * packs;

  var sum = 0.0;
  for (var i = lane; i < packs; i += threads) { sum += total(wide(x[start + i])); }
  let mean = row_total(sum, lane) / f32(cols);

  var rest = 0.0;
  var squares = 0.0;
  for (var i = lane; i < packs; i += threads) {
    let deviation = wide(x[start + i]) - mean;
    rest += total(deviation);
    squares += total(deviation * deviation);
  }
  let correction = row_total(rest, lane) / f32(cols);
  let variance = row_total(squares, lane) / f32(cols) - correction * correction;
  if (lane == 0u) {
    statistics[row] = vec4f(mean, correction, inverseSqrt(max(variance, 0.0) + epsilon), 0.0);
  }
}
