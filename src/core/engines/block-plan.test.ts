import { describe, expect, it } from 'vitest';
import type { BlockConfig } from '../contract';
import type { Program } from '../gpu/program';
import { GUARANTEED_LIMITS } from '../kernels/conformance';
import { blockWeights } from '../models/block';
import { type BlockForm, blockProgram } from './block-plan';

const config: BlockConfig = { hidden: 24, heads: 3, inner: 40, layers: 3, sequence: 7 };
const plan = (form: BlockForm) => blockProgram(config, 'f32', 2, form, GUARANTEED_LIMITS);

/** Buffers that a stage reads before any stage has written them, and inputs that are written. */
function misuse({ buffers, setup, stages }: Program): string[] {
  const roles = new Map(buffers.map(({ name, role }) => [name, role]));
  const filled = new Set(
    buffers.filter(({ role }) => role === 'input' || role === 'weight').map((b) => b.name),
  );
  const found: string[] = [];
  for (const { label, bindings } of [...setup, ...stages]) {
    for (const { buffer, access } of bindings) {
      if (!roles.has(buffer)) found.push(`${label} binds ${buffer}, which is no buffer`);
      if (access === 'read' && !filled.has(buffer)) found.push(`${label} reads ${buffer} too early`);
      const fixed = roles.get(buffer) === 'input' || roles.get(buffer) === 'weight';
      if (access === 'write' && fixed) found.push(`${label} writes ${buffer}`);
    }
    for (const { buffer, access } of bindings) if (access === 'write') filled.add(buffer);
  }
  if (!filled.has('y')) found.push('y is not written');
  return found;
}

describe.each(['unfused', 'fused'] as const)('blockProgram, %s', (form) => {
  it('reads only what was written, and never writes x or a weight', () => {
    expect(misuse(plan(form))).toEqual([]);
  });

  it('has every weight of the block as a buffer, and x and y', () => {
    const ends = plan(form).buffers.filter(({ role }) => role !== 'scratch');
    const weights = blockWeights(config, 'f32', 1).map(({ name, data }) => ({
      name,
      role: 'weight',
      dtype: 'f32',
      length: data.length,
    }));
    const length = 2 * config.sequence * config.hidden;
    const expected = [
      { name: 'x', role: 'input', dtype: 'f32', length },
      ...weights,
      { name: 'y', role: 'output', dtype: 'f32', length },
    ];
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(ends.toSorted(byName)).toEqual(expected.toSorted(byName));
  });

  it('needs no more scratch for more layers, but for what is made of their weights', () => {
    const shared = (layers: number) =>
      blockProgram({ ...config, layers }, 'f32', 2, form, GUARANTEED_LIMITS).buffers.filter(
        ({ name }) => !name.startsWith('layer'),
      );
    expect(shared(12)).toEqual(shared(3));
  });
});

it('saves dispatches by fusing', () => {
  expect(plan('unfused').stages.length / config.layers).toBeGreaterThanOrEqual(12);
  expect(plan('fused').stages.length / config.layers).toBeLessThanOrEqual(7);
});
