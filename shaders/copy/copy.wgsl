// y = x: what the memory can do. Four moves of a lane are in flight at a time, each coalesced over the workgroup.
override packs: u32;
override threads: u32;
const MOVES = 4u;

@group(0) @binding(0) var<storage, read> x: array<pack>;
@group(0) @binding(1) var<storage, read_write> y: array<pack>;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first = flat_workgroup(workgroup, workgroups) * threads * MOVES + lane;
  var held: array<pack, MOVES>;
  for (var step = 0u; step < MOVES; step++) { held[step] = x[first + step * threads]; }
  for (var step = 0u; step < MOVES; step++) {
    let i = first + step * threads;
    if (i < packs) { y[i] = held[step]; }
  }
}
