// y = x with its axes in another order, one pack an invocation: writes run along memory, reads where they must.
// The axes are y's, the innermost last; a stride counts packs of x. Fewer than four axes: sizes of one in front.
override size1: u32;
override size2: u32;
override size3: u32;
override stride0: u32;
override stride1: u32;
override stride2: u32;
override stride3: u32;
override packs: u32;
override threads: u32;

@group(0) @binding(0) var<storage, read> x: array<pack>;
@group(0) @binding(1) var<storage, read_write> y: array<pack>;

fn source(i: u32) -> u32 {
  let row = i / size3;
  let plane = row / size2;
  return plane / size1 * stride0 + plane % size1 * stride1 + row % size2 * stride2 + i % size3 * stride3;
}

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_workgroup(workgroup, workgroups) * threads + lane;
  if (i < packs) { y[i] = x[source(i)]; }
}
