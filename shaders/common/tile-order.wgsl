// Position (row, column) of the tile with this number in a grid of tiles. Numbers run down bands of eight
// rows, so that workgroups that run at the same time share rows of A and columns of B in the L2 cache.
fn tile_position(number: u32, rows: u32, columns: u32) -> vec2u {
  let first = number / (8u * columns) * 8u;
  let height = min(8u, rows - first);
  let within = number % (8u * columns);
  return vec2u(first + within % height, within / height);
}
