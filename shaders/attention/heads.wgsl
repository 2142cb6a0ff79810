// Heads side by side in rows of tokens, as a projection writes them: a row of qkv is the queries of every
// head, then the keys, then the values; a row of y is the results of every head.
override SEQUENCE: u32;
override HEADS: u32;
override DIM: u32;

// First element of a head in its sequence, where a row has `parts` × HEADS × DIM elements. `batch` counts
// sequences × heads.
fn head_offset(parts: u32, part: u32) -> u32 {
  let first_token = batch / HEADS * SEQUENCE;
  return (first_token * parts * HEADS + part * HEADS + batch % HEADS) * DIM;
}
