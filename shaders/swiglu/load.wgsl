// The operands of x·wGate and x·wUp: both products share the slices of x.
fn load_a(row: u32, k: u32) -> vec4f {
  return read_x(row, k);
}

fn load_b(k: u32, col: u32) -> vec4f {
  return read_wGate(k, col);
}

fn load_b2(k: u32, col: u32) -> vec4f {
  return read_wUp(k, col);
}
