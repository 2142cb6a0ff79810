// The operands of LayerNorm(x)·w + bias = scale·((x − mean)·(gamma ∘ w)) + (beta·w + bias): x is centred on its
// way into the product, so that nothing cancels, and scaled on its way out of it (store.wgsl).
fn about_row(row: u32) -> vec4f {
  return read_statistics(row, 0u);
}

fn load_a(row: u32, k: u32) -> vec4f {
  return read_x(row, k);
}

fn prepare_a(loaded: vec4f, about: vec4f) -> vec4f {
  return (loaded - about.x) - about.y;
}

fn load_b(k: u32, col: u32) -> vec4f {
  return read_scaled(k, col);
}
