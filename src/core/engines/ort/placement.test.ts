import { expect, it } from 'vitest';
import { parsePlacement } from './placement';

it('reads both forms of the placement line and nothing else', () => {
  const at = '2026-11-22 [V:onnxruntime:, session_state.cc:1380 VerifyEachNodeIsAssignedToAnEp]';
  expect(parsePlacement(`${at}  All nodes placed on [WebGpuExecutionProvider]. Number of nodes: 12`)).toEqual(
    ['WebGpuExecutionProvider', 12],
  );
  expect(parsePlacement(`${at}  Node(s) placed on [CPUExecutionProvider]. Number of nodes: 18`)).toEqual([
    'CPUExecutionProvider',
    18,
  ]);
  expect(parsePlacement(`${at} Node placements`)).toBeNull();
});
