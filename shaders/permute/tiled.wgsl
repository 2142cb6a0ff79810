// A tile of 32×32 through workgroup memory: reads and writes both run along memory. The odd row length (33)
// spreads a column over the memory banks.
@group(0) @binding(0) var<storage, read> x: array<elem>;
@group(0) @binding(1) var<storage, read_write> y: array<elem>;

var<workgroup> tile: array<array<elem, 33>, 32>;

@compute @workgroup_size(32, 8)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let at = tile_of(flat_workgroup(workgroup, workgroups), 32u, 32u);
  for (var r = lane.y; r < 32u; r += 8u) {
    if (at.row + r < rows && at.col + lane.x < cols) {
      tile[r][lane.x] = x[at.x + (at.row + r) * row_stride + at.col + lane.x];
    }
  }
  workgroupBarrier();
  for (var c = lane.y; c < 32u; c += 8u) {
    if (at.col + c < cols && at.row + lane.x < rows) {
      y[at.y + (at.col + c) * col_stride + at.row + lane.x] = tile[lane.x][c];
    }
  }
}
