@group(0) @binding(0) var<storage, read> x: array<pack>;
@group(0) @binding(1) var<storage, read> residual: array<pack>;
@group(0) @binding(2) var<storage, read> gamma: array<pack>;
@group(0) @binding(3) var<storage, read> beta: array<pack>;
@group(0) @binding(4) var<storage, read_write> sum: array<pack>;
@group(0) @binding(5) var<storage, read_write> y: array<pack>;

// What is normalised is the sum as stored, so that both outputs belong together in f16 too.
fn first_load(i: u32) -> wide {
  let added = pack(wide(x[i]) + wide(residual[i]));
  sum[i] = added;
  return wide(added);
}
fn load_again(i: u32) -> wide { return wide(sum[i]); }
