// Number of this workgroup in a grid that was folded into two dimensions (see grid.ts). The last row of the
// grid may be partly unused: callers return when the number is not below their count.
fn flat_workgroup(id: vec3u, grid: vec3u) -> u32 {
  return id.y * grid.x + id.x;
}
