// y = one value everywhere: what the memory can take in.
override packs: u32;
override threads: u32;

@group(0) @binding(0) var<storage, read> x: array<elem>;
@group(0) @binding(1) var<storage, read_write> y: array<pack>;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_workgroup(workgroup, workgroups) * threads + lane;
  if (i < packs) { y[i] = pack(x[0]); }
}
