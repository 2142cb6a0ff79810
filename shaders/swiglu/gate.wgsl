// y = SiLU(gate) ∘ up over N elements in a row, four a thread.
override N: u32;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let at = (flat_workgroup(workgroup, grid) * 256u + thread) * 4u;
  if (at >= N) { return; }
  write_y(0u, at, silu(read_gate(0u, at)) * read_up(0u, at));
}
