import { expect, test } from 'vitest';
import { checkId, editDistance, suggest } from './suggest';

test.each([
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['flaw', 'lawn', 2],
  ['same', 'same', 0],
])('editDistance(%s, %s) is %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

const engines = ['wgsl', 'ort-webgpu', 'ort-wasm'];

test('suggests what is near, nearest first', () => {
  expect(suggest('ort-webpgu', engines)).toEqual(['ort-webgpu']);
  expect(suggest('ort', engines)).toEqual(['ort-webgpu', 'ort-wasm']);
  expect(suggest('cuda', engines)).toEqual([]);
});

test('an unknown id is refused with what was meant, or else with all there are', () => {
  expect(() => checkId('engine', 'wgls', engines)).toThrow(
    expect.objectContaining({ code: 'bad-spec', next: 'Did you mean wgsl?' }),
  );
  expect(() => checkId('engine', 'cuda', engines)).toThrow(
    expect.objectContaining({ next: 'There are: wgsl, ort-webgpu, ort-wasm.' }),
  );
  expect(() => checkId('engine', 'wgsl', engines)).not.toThrow();
});
