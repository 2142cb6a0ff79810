import { describe, expect, it } from 'vitest';
import { parsePlacement, placement } from './placement';
import type { OrtModule } from './runtime';

const at = (line: number, text: string) =>
  `2026-11-22 02:45:48.787428 [V:onnxruntime:, session_state.cc:${line} VerifyEachNodeIsAssignedToAnEp]  ${text}`;

describe('the runtime’s placement log', () => {
  it('names what was left on the CPU', () => {
    const log = [
      at(1377, 'Node placements'),
      at(1383, 'Node(s) placed on [CPUExecutionProvider]. Number of nodes: 3'),
      at(1385, '  Clip (p2o.Clip.0)'),
      at(1385, '  Clip (p2o.Clip.2)'),
      at(1385, '  NonZero ()'),
      at(1383, 'Node(s) placed on [WebGpuExecutionProvider]. Number of nodes: 175'),
      at(1385, '  Add (p2o.Add.0)'),
    ];
    expect(parsePlacement(log)).toEqual({ nodes: 178, cpuNodes: 3, cpuOperators: ['Clip', 'NonZero'] });
  });

  it('has nothing on the CPU when all nodes are elsewhere', () => {
    const log = [at(1380, 'All nodes placed on [WebGpuExecutionProvider]. Number of nodes: 12')];
    expect(parsePlacement(log)).toEqual({ nodes: 12, cpuNodes: 0, cpuOperators: [] });
  });

  it('is null when a second session cannot be had', async () => {
    const create = () => Promise.reject(new Error('out of memory'));
    const ort = { InferenceSession: { create } } as unknown as OrtModule;
    const model = { bytes: new Uint8Array(), external: [], freeDims: {} };
    expect(await placement(ort, model, {} as GPUDevice)).toBeNull();
  });

  it('is null when nothing was said', () => {
    expect(parsePlacement(['[I:onnxruntime:, inference_session.cc:1 Initialize] Done'])).toBeNull();
  });
});
