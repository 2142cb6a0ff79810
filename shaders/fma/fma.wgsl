// v ← v · decay + pull, `iterations` times: what the arithmetic units can do. Eight independent vec4 chains hide
// the latency of an FMA. Each closes in on the lane's x, so values stay bounded however long it runs, and each
// starts elsewhere, so that no two are the same computation.
override threads: u32;
override invocations: u32;
override iterations: u32;
override decay: f32;
const STARTS = vec4<elem>(0.0, 0.25, 0.5, 0.75);

@group(0) @binding(0) var<storage, read> x: array<elem>;
@group(0) @binding(1) var<storage, read_write> y: array<elem>;

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_workgroup(workgroup, workgroups) * threads + lane;
  if (i >= invocations) { return; }
  let keep = vec4<elem>(elem(decay));
  let pull = vec4<elem>(x[i] * elem(1.0 - decay));
  var a = STARTS;
  var b = STARTS + 1.0;
  var c = STARTS + 2.0;
  var d = STARTS + 3.0;
  var e = STARTS + 4.0;
  var f = STARTS + 5.0;
  var g = STARTS + 6.0;
  var h = STARTS + 7.0;
  for (var n = 0u; n < iterations; n++) {
    a = fma(a, keep, pull);
    b = fma(b, keep, pull);
    c = fma(c, keep, pull);
    d = fma(d, keep, pull);
    e = fma(e, keep, pull);
    f = fma(f, keep, pull);
    g = fma(g, keep, pull);
    h = fma(h, keep, pull);
  }
  let sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
  y[i] = ((sum.x + sum.y) + (sum.z + sum.w)) * (1.0 / 32.0);
}
