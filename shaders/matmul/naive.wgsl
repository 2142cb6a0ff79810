// y = x·w + bias, one element of y a thread, everything read from memory again for each.
override M: u32;
override K: u32;
override N: u32;

@group(0) @binding(0) var<storage, read> x: array<elem>;
@group(0) @binding(1) var<storage, read> w: array<elem>;
@group(0) @binding(2) var<storage, read> bias: array<elem>;
@group(0) @binding(3) var<storage, read_write> y: array<elem>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let element = flat_workgroup(workgroup, grid) * 256u + thread;
  if (element >= M * N) { return; }
  let row = element / N;
  let col = element % N;
  var sum = 0.0;
  for (var k = 0u; k < K; k++) {
    sum = fma(f32(x[row * K + k]), f32(w[k * N + col]), sum);
  }
  y[element] = elem(sum + f32(bias[col]));
}
