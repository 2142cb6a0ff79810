override packs: u32;
override threads: u32;

@group(0) @binding(0) var<storage, read> x: array<pack>;
@group(0) @binding(1) var<storage, read> residual: array<pack>;
@group(0) @binding(2) var<storage, read_write> sum: array<pack>;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_workgroup(workgroup, workgroups) * threads + lane;
  if (i < packs) { sum[i] = pack(wide(x[i]) + wide(residual[i])); }
}
