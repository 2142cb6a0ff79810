// Sums over the rows of x, or of `splits` parts of `span` rows, one below another in y. A workgroup takes
// `lanes` packs of neighbouring columns; its `threads`/`lanes` groups, a power of two, take rows in turn, with four
// loads of each lane in flight.
override rows: u32;
override packs: u32; // in a row
override splits: u32;
override span: u32;
override lanes: u32;
override threads: u32;

@group(0) @binding(0) var<storage, read> x: array<source>;
@group(0) @binding(1) var<storage, read_write> y: array<sink>;

var<workgroup> partials: array<wide, threads>;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let across = (packs + lanes - 1u) / lanes;
  let number = flat_workgroup(workgroup, workgroups);
  let part = number / across;
  let col = number % across * lanes + index % lanes;
  let group = index / lanes;
  let groups = threads / lanes;
  let first = part * span;
  let end = select(0u, min(first + span, rows), col < packs && part < splits);

  var a: wide;
  var b: wide;
  var c: wide;
  var d: wide;
  var row = first + group;
  for (; row + 3u * groups < end; row += 4u * groups) {
    a += wide(x[row * packs + col]);
    b += wide(x[(row + groups) * packs + col]);
    c += wide(x[(row + 2u * groups) * packs + col]);
    d += wide(x[(row + 3u * groups) * packs + col]);
  }
  for (; row < end; row += groups) { a += wide(x[row * packs + col]); }

  partials[index] = (a + b) + (c + d);
  for (var half = groups / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (group < half) { partials[index] += partials[index + half * lanes]; }
  }
  if (group == 0u && col < packs && part < splits) { y[part * packs + col] = sink(partials[index]); }
}
