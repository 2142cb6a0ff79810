// Adds up what the splits of a product put aside, in their order, and stores it. A thread has one quad.
override M: u32;
override N: u32;
override BATCHES: u32;
override SPLITS: u32;
var<private> batch: u32;
var<private> split: u32;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let number = flat_workgroup(workgroup, grid) * 64u + thread;
  let quads = (N + 3u) / 4u;
  batch = number / (M * quads);
  if (batch >= BATCHES) { return; }
  let row = number / quads % M;
  let col = number % quads * 4u;
  var sum = vec4f();
  for (split = 0u; split < SPLITS; split++) { sum += read_partials(row, col); }
  store(row, col, sum);
}
