import { expect, test } from 'vitest';
import { declareMatrices, type Matrix, matrixBindings } from './matrix';

const x: Matrix = { name: 'x', use: 'read', access: 'quads', rows: 'M', cols: 'K' };
const y: Matrix = { name: 'y', buffer: 'result', use: 'write', access: 'singles', rows: 'M', cols: 'N' };

test('declarations are numbered in the order of the bindings', () => {
  const code = declareMatrices([x, y]);
  expect(code).toContain('@binding(0) var<storage, read> x: array<elem4>;');
  expect(code).toContain('@binding(1) var<storage, read_write> y: array<elem>;');
  expect(matrixBindings([x, y])).toEqual([
    { buffer: 'x', access: 'read' },
    { buffer: 'result', access: 'write' },
  ]);
});

test('quads are checked, unless the caller never leaves the matrix', () => {
  expect(declareMatrices([x])).toContain(
    'return select(vec4f(), vec4f(x[(row * K + col) / 4u]), row < M && col < K);',
  );
  expect(declareMatrices([{ ...x, access: 'whole' }])).not.toContain('select');
});

test('single elements are each checked against the end of the row', () => {
  const code = declareMatrices([y]);
  for (const lane of [0, 1, 2, 3]) expect(code).toContain(`if (col + ${lane}u < N)`);
  expect(code).toContain('y[first + 2u] = elem(quad.z);');
});

test('a matrix within another has its own stride and offset', () => {
  const part: Matrix = { ...x, stride: '3u * K', offset: 'start()' };
  expect(declareMatrices([part])).toContain('x[(start() + row * 3u * K + col) / 4u]');
});
