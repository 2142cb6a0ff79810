// Blocks of 4×4: four vec4 in, four vec4 out.
@group(0) @binding(0) var<storage, read> x: array<elem4>;
@group(0) @binding(1) var<storage, read_write> y: array<elem4>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = block_of(flat_workgroup(workgroup, workgroups), lane);
  if (at.row >= rows || at.col >= cols) { return; }

  let source = at.x + at.row * 4u * row_stride + at.col;
  let a = x[source];
  let b = x[source + row_stride];
  let c = x[source + 2u * row_stride];
  let d = x[source + 3u * row_stride];
  let sink = at.y + at.col * 4u * col_stride + at.row;
  y[sink] = vec4(a.x, b.x, c.x, d.x);
  y[sink + col_stride] = vec4(a.y, b.y, c.y, d.y);
  y[sink + 2u * col_stride] = vec4(a.z, b.z, c.z, d.z);
  y[sink + 3u * col_stride] = vec4(a.w, b.w, c.w, d.w);
}
