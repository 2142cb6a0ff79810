// Blocks of 8×8 of 16 bits: eight moves of 16 bytes in, eight out. A word holds two neighbours of a row of x; of
// two rows' words, the low halves are neighbours in one row of y and the high halves in the next.
@group(0) @binding(0) var<storage, read> x: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4u>;

fn low(a: vec4u, b: vec4u) -> vec4u { return (a & vec4(0xffffu)) | (b << vec4(16u)); }
fn high(a: vec4u, b: vec4u) -> vec4u { return (a >> vec4(16u)) | (b & vec4(0xffff0000u)); }

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = block_of(flat_workgroup(workgroup, workgroups), lane);
  if (at.row >= rows || at.col >= cols) { return; }

  let source = at.x + at.row * 8u * row_stride + at.col;
  let a = x[source];
  let b = x[source + row_stride];
  let c = x[source + 2u * row_stride];
  let d = x[source + 3u * row_stride];
  let e = x[source + 4u * row_stride];
  let f = x[source + 5u * row_stride];
  let g = x[source + 6u * row_stride];
  let h = x[source + 7u * row_stride];
  // Of each pair of rows: columns 0, 2, 4, 6, and columns 1, 3, 5, 7.
  let ab = low(a, b);
  let cd = low(c, d);
  let ef = low(e, f);
  let gh = low(g, h);
  let ab1 = high(a, b);
  let cd1 = high(c, d);
  let ef1 = high(e, f);
  let gh1 = high(g, h);
  let sink = at.y + at.col * 8u * col_stride + at.row;
  y[sink] = vec4(ab.x, cd.x, ef.x, gh.x);
  y[sink + col_stride] = vec4(ab1.x, cd1.x, ef1.x, gh1.x);
  y[sink + 2u * col_stride] = vec4(ab.y, cd.y, ef.y, gh.y);
  y[sink + 3u * col_stride] = vec4(ab1.y, cd1.y, ef1.y, gh1.y);
  y[sink + 4u * col_stride] = vec4(ab.z, cd.z, ef.z, gh.z);
  y[sink + 5u * col_stride] = vec4(ab1.z, cd1.z, ef1.z, gh1.z);
  y[sink + 6u * col_stride] = vec4(ab.w, cd.w, ef.w, gh.w);
  y[sink + 7u * col_stride] = vec4(ab1.w, cd1.w, ef1.w, gh1.w);
}
