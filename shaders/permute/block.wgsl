// Blocks turned in registers: an invocation loads a block's rows as moves of one pack each and stores its columns,
// with no workgroup memory. 32 neighbouring lanes take `lane_rows` rows of blocks, at 4 so that they read and write
// runs of 128 and 64 bytes. A workgroup has eight such groups, `tall` of them one above the other. All sizes and
// strides count blocks or packs.
override lane_rows: u32;
override tall: u32;

fn block_of(number: u32, lane: u32) -> Place {
  let lane_cols = 32u / lane_rows;
  let wide = 8u / tall;
  let group = lane / 32u;
  var at = tile_of(number, lane_rows * tall, lane_cols * wide);
  at.row += group / wide * lane_rows + lane % lane_rows;
  at.col += group % wide * lane_cols + lane % 32u / lane_rows;
  return at;
}
