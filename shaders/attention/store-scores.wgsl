// scores = scale · product.
override SCALE: f32;

fn store(row: u32, col: u32, sum: vec4f) {
  write_scores(row, col, SCALE * sum);
}
