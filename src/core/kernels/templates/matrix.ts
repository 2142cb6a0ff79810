import type { Binding } from '../../gpu/program';
import { LANES } from './text';

/**
 * How a matrix is touched, four neighbours of a row at a time:
 * - `whole`: 16-byte (f16: 8-byte) accesses; the caller never asks outside the matrix,
 * - `quads`: the same accesses, with a check: outside reads as zero and is not written,
 * - `singles`: element by element, each with a check, for rows that are not whole quads.
 */
export type Access = 'whole' | 'quads' | 'singles';

/** A row-major matrix in a storage buffer. Sizes are WGSL expressions. */
export interface Matrix {
  /** Name of the WGSL variable… */
  readonly name: string;
  /** …and of the program's buffer, where that differs. */
  readonly buffer?: string;
  readonly use: Binding['access'];
  readonly access: Access;
  /** `elem` (the default) for the shader's storage type. */
  readonly element?: 'elem' | 'f32';
  readonly rows: string;
  readonly cols: string;
  /** Elements from a row to the next; `cols` unless given. */
  readonly stride?: string;
  /** Index of the first element; 0 unless given. */
  readonly offset?: string;
}

/** Bindings of a stage that declares these matrices, in the order in which the declarations number them. */
export function matrixBindings(matrices: readonly Matrix[]): Binding[] {
  return matrices.map(({ name, buffer = name, use }) => ({ buffer, access: use }));
}

/**
 * WGSL that declares the buffers and, for a matrix `x`, one function:
 * `read_x(row, col) -> vec4f` or `write_x(row, col, quad: vec4f)`, where `col` is a multiple of 4.
 */
export function declareMatrices(matrices: readonly Matrix[]): string {
  return matrices
    .map((matrix, binding) => `${declaration(matrix, binding)}\n${accessor(matrix)}\n`)
    .join('\n');
}

function declaration({ name, use, access, element = 'elem' }: Matrix, binding: number): string {
  const quad = element === 'elem' ? 'elem4' : 'vec4f';
  const type = access === 'singles' ? element : quad;
  return `@group(0) @binding(${binding}) var<storage, ${use === 'read' ? 'read' : 'read_write'}> ${name}: array<${type}>;`;
}

function accessor(matrix: Matrix): string {
  const { name, use } = matrix;
  return use === 'read'
    ? `fn read_${name}(row: u32, col: u32) -> vec4f {\n${readBody(matrix)}\n}`
    : `fn write_${name}(row: u32, col: u32, quad: vec4f) {\n${writeBody(matrix)}\n}`;
}

/**
 * Without branches: where loads sit in one, compilers wait for them at its end. WGSL lets no index leave the
 * buffer, so what is read outside of the matrix is some number that `select` drops.
 */
function readBody(matrix: Matrix): string {
  const { name, access, rows, cols } = matrix;
  const quad = `vec4f(${name}[(${first(matrix)}) / 4u])`;
  if (access === 'whole') return `  return ${quad};`;
  if (access === 'quads') return `  return select(vec4f(), ${quad}, row < ${rows} && col < ${cols});`;
  const elements = LANES.map((_, i) => `f32(${name}[first + ${i}u])`).join(', ');
  return `  let first = ${first(matrix)};
  let inside = vec4u(col) + vec4u(0u, 1u, 2u, 3u) < vec4u(select(0u, ${cols}, row < ${rows}));
  return select(vec4f(), vec4f(${elements}), inside);`;
}

function writeBody(matrix: Matrix): string {
  const { name, access, rows, cols, element = 'elem' } = matrix;
  const quad = `${name}[(${first(matrix)}) / 4u] = ${element === 'elem' ? 'elem4' : 'vec4f'}(quad);`;
  if (access === 'whole') return `  ${quad}`;
  if (access === 'quads') return `  if (row < ${rows} && col < ${cols}) { ${quad} }`;
  const elements = LANES.map(
    (lane, i) => `    if (col + ${i}u < ${cols}) { ${name}[first + ${i}u] = ${element}(quad.${lane}); }`,
  );
  return [`  if (row < ${rows}) {`, `    let first = ${first(matrix)};`, ...elements, '  }'].join('\n');
}

function first({ offset, stride, cols }: Matrix): string {
  return `${offset ? `${offset} + ` : ''}row * ${stride ?? cols} + col`;
}
