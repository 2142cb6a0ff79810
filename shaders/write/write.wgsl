// y = one value everywhere: what the memory can take in. Four writes of a lane, each coalesced over the workgroup.
override packs: u32;
override threads: u32;
const MOVES = 4u;

@group(0) @binding(0) var<storage, read> x: array<elem>;
@group(0) @binding(1) var<storage, read_write> y: array<pack>;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first = flat_workgroup(workgroup, workgroups) * threads * MOVES + lane;
  let value = pack(x[0]);
  for (var step = 0u; step < MOVES; step++) {
    let i = first + step * threads;
    if (i < packs) { y[i] = value; }
  }
}
