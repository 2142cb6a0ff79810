// y = SiLU(x·wGate) ∘ (x·wUp): a thread holds the same elements of both products.
fn store(row: u32, col: u32, gate: vec4f, up: vec4f) {
  write_y(row, col, silu(gate) * up);
}
