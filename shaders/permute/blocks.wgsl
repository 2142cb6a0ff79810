// A block of 4×4 an invocation, turned in registers: four vec4 in, four vec4 out, no workgroup memory.
// 32 neighbouring lanes take `lane_rows` rows of blocks: at 8 they read runs of 64 bytes and write runs of 128 (f32).
// A workgroup has eight such groups, `tall` of them one above the other. For sizes that divide by four; everything
// here counts blocks or vec4.
override lane_rows: u32;
override tall: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4<elem>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<elem>>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let lane_cols = 32u / lane_rows;
  let wide = 8u / tall;
  let at = tile_of(flat_workgroup(workgroup, workgroups), lane_rows * tall, lane_cols * wide);
  let group = lane / 32u;
  let row = at.row + group / wide * lane_rows + lane % lane_rows;
  let col = at.col + group % wide * lane_cols + lane % 32u / lane_rows;
  if (row >= rows || col >= cols) { return; }

  let source = at.x + row * 4u * row_stride + col;
  let a = x[source];
  let b = x[source + row_stride];
  let c = x[source + 2u * row_stride];
  let d = x[source + 3u * row_stride];
  let sink = at.y + col * 4u * col_stride + row;
  y[sink] = vec4(a.x, b.x, c.x, d.x);
  y[sink + col_stride] = vec4(a.y, b.y, c.y, d.y);
  y[sink + 2u * col_stride] = vec4(a.z, b.z, c.z, d.z);
  y[sink + 3u * col_stride] = vec4(a.w, b.w, c.w, d.w);
}
