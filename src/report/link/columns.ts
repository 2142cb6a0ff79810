/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

type JsonObject = { readonly [key: string]: Json };
/** A cell of a table whose row has no such field. */
const MISSING = Symbol('missing');
type Cell = Json | typeof MISSING;

/** Marks what is ours; text that begins with it gets another one in front. */
const MARK = '#';
const MAX_DEPTH = 24;
/** Rows that one document may unfold into: far above any real result, far below what would hurt. */
const MAX_ROWS = 200_000;

const isObject = (value: Cell): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escapeMark = (text: string) => (text.startsWith(MARK) ? MARK + text : text);

/**
 * Rewrites every list of objects as a table, `["#", {field: column, …}, [[row, value], …]]`, so that field
 * names appear once and like numbers stand together, where deflate finds them. Tables nest: a column of
 * objects is a table again. The pairs hold the rows that are no objects; a missing field is `"#"`.
 */
export function toColumns(value: Json): Json {
  return pack(value);
}

function pack(value: Cell): Json {
  if (value === MISSING) return MARK;
  if (typeof value === 'string') return escapeMark(value);
  if (Array.isArray(value)) return packList(value);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, pack(v)]));
  return value;
}

function packList(list: readonly Cell[]): Json {
  const objects = list.filter(isObject);
  const fields = new Set(objects.flatMap((one) => Object.keys(one)));
  if (fields.size === 0) return list.map(pack);
  const columns = [...fields].map((field): [string, Json] => [
    field,
    packList(objects.map((one) => (Object.hasOwn(one, field) ? (one[field] ?? null) : MISSING))),
  ]);
  const others = list.flatMap((one, row): Json[] => (isObject(one) ? [] : [[row, pack(one)]]));
  const table: Json[] = [MARK, Object.fromEntries(columns)];
  return others.length > 0 ? [...table, others] : table;
}

/**
 * The inverse of `toColumns`. Work and memory are bounded whatever the input.
 * @throws Error when the input was not written by `toColumns`.
 */
export function fromColumns(packed: Json): Json {
  return fromCell(unpack(packed, { rows: 0 }, 0));
}

function fromCell(cell: Cell): Json {
  if (cell === MISSING) throw new Error('a missing field outside a table');
  return cell;
}

function unpack(value: Json, budget: { rows: number }, depth: number): Cell {
  if (depth > MAX_DEPTH) throw new Error('nested too deeply');
  if (typeof value === 'string') {
    if (value === MARK) return MISSING;
    return value.startsWith(MARK) ? value.slice(1) : value;
  }
  if (Array.isArray(value)) return unpackList(value, budget, depth).map(fromCell);
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => [k, fromCell(unpack(v, budget, depth + 1))]),
    );
  }
  return value;
}

function unpackList(list: readonly Json[], budget: { rows: number }, depth: number): readonly Cell[] {
  if (depth > MAX_DEPTH) throw new Error('nested too deeply');
  const [mark, fields, others = []] = list;
  if (mark !== MARK || fields === undefined || !isObject(fields)) {
    return list.map((one) => unpack(one, budget, depth + 1));
  }
  const columns = Object.entries(fields).map(([field, column]): [string, readonly Cell[]] => {
    if (!Array.isArray(column)) throw new Error('a column is no list');
    return [field, unpackList(column, budget, depth + 1)];
  });
  const length = columns[0]?.[1].length ?? 0;
  if (columns.some(([, column]) => column.length !== length)) throw new Error('columns differ in length');
  budget.rows += length;
  if (budget.rows > MAX_ROWS) throw new Error('too many rows');
  const rows = Array.from({ length }, (_, row): Cell => {
    const present = columns.flatMap(([field, column]): [string, Json][] => {
      const cell = column[row] ?? null;
      return cell === MISSING ? [] : [[field, cell]];
    });
    return Object.fromEntries(present);
  });
  return insert(rows, others, budget, depth);
}

/** Puts the rows that are no objects back where they were. */
function insert(rows: Cell[], others: Json, budget: { rows: number }, depth: number): readonly Cell[] {
  if (!Array.isArray(others)) throw new Error('the other rows are no list');
  const byRow = new Map<Json, Cell>();
  for (const other of others) {
    if (!Array.isArray(other) || other.length !== 2) throw new Error('another row is no pair');
    byRow.set(other[0], unpack(other[1], budget, depth + 1));
  }
  let taken = 0;
  return Array.from({ length: rows.length + byRow.size }, (_, row) => {
    const cell = byRow.has(row) ? byRow.get(row) : rows[taken++];
    if (cell === undefined) throw new Error('another row lies outside its table');
    return cell;
  });
}
