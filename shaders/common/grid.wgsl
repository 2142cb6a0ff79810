// Number of a workgroup in a grid that was folded into two dimensions (src/core/kernels/grid.ts).
fn flat_workgroup(id: vec3u, count: vec3u) -> u32 { return id.y * count.x + id.x; }
