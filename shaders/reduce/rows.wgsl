// Sums of the rows of x, or of `splits` parts of `span` packs of each row, one after another in y.
// `lanes` invocations, a power of two, take a part together, with four loads of each in flight.
override rows: u32;
override packs: u32; // in a row
override splits: u32;
override span: u32;
override lanes: u32;
override threads: u32;

@group(0) @binding(0) var<storage, read> x: array<source>;
@group(0) @binding(1) var<storage, read_write> y: array<sink>;

var<workgroup> partials: array<f32, threads>;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let part = flat_workgroup(workgroup, workgroups) * (threads / lanes) + index / lanes;
  let lane = index % lanes;
  let row = part / splits;
  let first = part % splits * span;
  // Past the last part there is nothing to add; it comes along for the barriers.
  let end = select(0u, min(first + span, packs), row < rows);
  let start = row * packs;

  var a: wide;
  var b: wide;
  var c: wide;
  var d: wide;
  var i = first + lane;
  for (; i + 3u * lanes < end; i += 4u * lanes) {
    a += wide(x[start + i]);
    b += wide(x[start + i + lanes]);
    c += wide(x[start + i + 2u * lanes]);
    d += wide(x[start + i + 3u * lanes]);
  }
  for (; i < end; i += lanes) { a += wide(x[start + i]); }

  partials[index] = total((a + b) + (c + d));
  for (var half = lanes / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { partials[index] += partials[index + half]; }
  }
  if (lane == 0u && row < rows) { y[part] = sink(partials[index]); }
}
