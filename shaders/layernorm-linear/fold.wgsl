// What LayerNorm's weights become when they move into the linear layer, made once: scaled = gamma ∘ w and
// offset = beta·w + bias. One thread a column.
override K: u32;
override N: u32;

@group(0) @binding(0) var<storage, read> gamma: array<elem>;
@group(0) @binding(1) var<storage, read> beta: array<elem>;
@group(0) @binding(2) var<storage, read> w: array<elem>;
@group(0) @binding(3) var<storage, read> bias: array<elem>;
@group(0) @binding(4) var<storage, read_write> scaled: array<elem>;
@group(0) @binding(5) var<storage, read_write> offset: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let col = flat_workgroup(workgroup, grid) * 64u + thread;
  if (col >= N) { return; }
  var sum = f32(bias[col]);
  for (var k = 0u; k < K; k++) {
    let weight = f32(w[k * N + col]);
    scaled[k * N + col] = elem(f32(gamma[k]) * weight);
    sum = fma(f32(beta[k]), weight, sum);
  }
  offset[col] = sum;
}
