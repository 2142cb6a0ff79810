// A block of 4×4 an invocation, turned in registers: four vec4 in, four vec4 out, no workgroup memory.
// A workgroup takes 16×16 blocks. 32 neighbouring lanes take 8 rows × 4 columns of blocks, so that they read runs
// of 64 bytes and write runs of 128 (f32). For sizes that divide by four.
override block_rows: u32;
override block_cols: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4<elem>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<elem>>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tiles_across = (block_cols + 15u) / 16u;
  let index = flat_workgroup(workgroup, workgroups);
  let group = lane / 32u;
  let row = index / tiles_across * 16u + group / 4u * 8u + lane % 8u;
  let col = index % tiles_across * 16u + group % 4u * 4u + lane / 8u % 4u;
  if (row >= block_rows || col >= block_cols) { return; }

  let source = row * 4u * block_cols + col;
  let a = x[source];
  let b = x[source + block_cols];
  let c = x[source + 2u * block_cols];
  let d = x[source + 3u * block_cols];
  let sink = col * 4u * block_rows + row;
  y[sink] = vec4(a.x, b.x, c.x, d.x);
  y[sink + block_rows] = vec4(a.y, b.y, c.y, d.y);
  y[sink + 2u * block_rows] = vec4(a.z, b.z, c.z, d.z);
  y[sink + 3u * block_rows] = vec4(a.w, b.w, c.w, d.w);
}
