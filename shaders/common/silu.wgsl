// SiLU(x) = x·σ(x). The clamp keeps exp finite in f32; below it the result is under 1e-33 anyway.
fn silu(x: vec4f) -> vec4f {
  return x / (1.0 + exp(-max(x, vec4f(-80.0))));
}
