// A transposition of many planes: for each of `outer`·`inner` planes, rows × cols of x become cols × rows of y.
// Neighbouring columns of x and neighbouring rows of y are neighbours in memory; the strides of all else are given.
override rows: u32;
override cols: u32;
override outer: u32;
override inner: u32;
override row_stride: u32; // in x
override col_stride: u32; // in y
override x_outer: u32;
override x_inner: u32;
override y_outer: u32;
override y_inner: u32;

// A place in a plane, and where the plane starts in x and in y.
struct Place { row: u32, col: u32, x: u32, y: u32 }

// Where the tile of this number begins. Numbers run down the columns of tiles, so that what is written at a time
// lies together. Past the last tile, the row is `rows`.
fn tile_of(number: u32, tile_rows: u32, tile_cols: u32) -> Place {
  let down = (rows + tile_rows - 1u) / tile_rows;
  let across = (cols + tile_cols - 1u) / tile_cols;
  let plane = number / (down * across);
  let i = plane / inner;
  let j = plane % inner;
  let position = number % (down * across);
  let row = select(rows, position % down * tile_rows, i < outer);
  return Place(row, position / down * tile_cols, i * x_outer + j * x_inner, i * y_outer + j * y_inner);
}
