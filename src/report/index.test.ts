import { expect, it } from 'vitest';
import { parseResult } from '../core/contract';
import { goldenV1 } from '../core/contract/golden';
import { REPORTS } from '.';

it.each(REPORTS.map((format) => [format.id, format] as const))(
  '%s names the run, its engines and a software adapter',
  (_, format) => {
    const text = format.render(goldenV1());
    for (const part of ['ort-webgpu', 'ort-wasm', 'wgsl', 'layernorm-linear', 'shader-f16', 'oftware']) {
      expect(text).toContain(part);
    }
  },
);

it('JSON gives the result back', () => {
  expect(parseResult(JSON.parse(REPORTS[0].render(goldenV1())))).toEqual(goldenV1());
});
