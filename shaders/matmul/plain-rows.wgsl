// For products whose A is used as it is loaded.
fn about_row(row: u32) -> vec4f {
  return vec4f();
}

fn prepare_a(loaded: vec4f, about: vec4f) -> vec4f {
  return loaded;
}
