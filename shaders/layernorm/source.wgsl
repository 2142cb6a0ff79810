@group(0) @binding(0) var<storage, read> x: array<pack>;
@group(0) @binding(1) var<storage, read> gamma: array<pack>;
@group(0) @binding(2) var<storage, read> beta: array<pack>;
@group(0) @binding(3) var<storage, read_write> y: array<pack>;

fn first_load(i: u32) -> wide { return wide(x[i]); }
fn load_again(i: u32) -> wide { return wide(x[i]); }
