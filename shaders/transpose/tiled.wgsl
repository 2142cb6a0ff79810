// A tile of 32×32 through workgroup memory: reads and writes both run along rows. The odd row length (33)
// spreads a column over the memory banks.
override rows: u32;
override cols: u32;

@group(0) @binding(0) var<storage, read> x: array<elem>;
@group(0) @binding(1) var<storage, read_write> y: array<elem>;

var<workgroup> tile: array<array<elem, 33>, 32>;

@compute @workgroup_size(32, 8)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let tiles_across = (cols + 31u) / 32u;
  let index = flat_workgroup(workgroup, workgroups);
  let row = index / tiles_across * 32u;
  let col = index % tiles_across * 32u;
  for (var r = lane.y; r < 32u; r += 8u) {
    if (row + r < rows && col + lane.x < cols) { tile[r][lane.x] = x[(row + r) * cols + col + lane.x]; }
  }
  workgroupBarrier();
  for (var c = lane.y; c < 32u; c += 8u) {
    if (col + c < cols && row + lane.x < rows) { y[(col + c) * rows + row + lane.x] = tile[lane.x][c]; }
  }
}
