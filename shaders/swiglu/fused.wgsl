// y = SiLU(x·wGate) ∘ (x·wUp), on the register tile: both products share the slices of x, and a thread holds
// the same elements of both, so that neither is ever stored.
fn load_a(row: u32, k: u32) -> vec4f {
  return read_x(row, k);
}

fn load_b(k: u32, col: u32) -> vec4f {
  return read_wGate(k, col);
}

fn load_b2(k: u32, col: u32) -> vec4f {
  return read_wUp(k, col);
}

fn store(row: u32, col: u32, gate: vec4f, up: vec4f) {
  write_y(row, col, silu(gate) * up);
}
