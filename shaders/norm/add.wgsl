override packs: u32;
override threads: u32;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_workgroup(workgroup, workgroups) * threads + lane;
  if (i < packs) { sum[i] = pack(wide(x[i]) + wide(residual[i])); }
}
