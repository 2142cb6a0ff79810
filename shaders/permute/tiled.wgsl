// A tile of 32×32 through workgroup memory: reads and writes both run along memory. The odd row length (33)
// spreads a column over the memory banks. What is read past an edge is never written.
override high: u32; // invocations down a tile

@group(0) @binding(0) var<storage, read> x: array<elem>;
@group(0) @binding(1) var<storage, read_write> y: array<elem>;

var<workgroup> tile: array<array<elem, 33>, 32>;

@compute @workgroup_size(32, high)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let at = tile_of(flat_workgroup(workgroup, workgroups), 32u, 32u);
  let source = at.x + at.row * row_stride + at.col + lane.x;
  for (var k = 0u; k < 32u / high; k++) {
    let row = lane.y + k * high;
    tile[row][lane.x] = x[source + row * row_stride];
  }
  workgroupBarrier();
  if (at.row + lane.x >= rows) { return; }
  let sink = at.y + at.col * col_stride + at.row + lane.x;
  for (var k = 0u; k < 32u / high; k++) {
    let col = lane.y + k * high;
    if (at.col + col < cols) { y[sink + col * col_stride] = tile[lane.x][col]; }
  }
}
