import { whileListening } from './log';
import type { OrtModule } from './runtime';
import { createSession, type SessionModel } from './session';

/** Where the runtime put the nodes of the optimised graph. */
export interface Placement {
  readonly nodes: number;
  readonly cpuNodes: number;
  /** Types of the operators left on the CPU, each once. */
  readonly cpuOperators: string[];
}

/**
 * Reads the placement from the runtime's verbose log: a line for each execution provider, then one for each of
 * its nodes unless it has them all (onnxruntime's `session_state.cc`, `VerifyEachNodeIsAssignedToAnEp`).
 * Null when the log says nothing of it.
 */
export function parsePlacement(log: readonly string[]): Placement | null {
  let provider = '';
  let nodes = 0;
  let cpuNodes = 0;
  const cpuOperators = new Set<string>();
  for (const line of log) {
    const said = /VerifyEachNodeIsAssignedToAnEp]\s+(.*)/.exec(line)?.[1];
    if (!said) continue;
    const head = /^(?:All nodes|Node\(s\)) placed on \[(\w+)\]\. Number of nodes: (\d+)/.exec(said);
    if (head) {
      provider = head[1]!;
      nodes += Number(head[2]);
      if (provider === CPU) cpuNodes += Number(head[2]);
    } else if (provider === CPU) {
      const operator = /^(\w+) \(/.exec(said)?.[1];
      if (operator) cpuOperators.add(operator);
    }
  }
  return nodes === 0 ? null : { nodes, cpuNodes, cpuOperators: [...cpuOperators] };
}

const CPU = 'CPUExecutionProvider';

/**
 * Where the runtime runs the nodes of a model. It falls back to the CPU silently and has no API to ask, but a
 * session created with verbose logging tells. Null when it did not, or could not be created: that takes the
 * model's memory a second time, and what was measured does not depend on it.
 */
export async function placement(
  ort: OrtModule,
  model: SessionModel,
  device: GPUDevice,
): Promise<Placement | null> {
  const log: string[] = [];
  const create = () =>
    createSession(ort, model, {
      executionProviders: [{ name: 'webgpu', device }],
      logSeverityLevel: 0,
      logVerbosityLevel: 1,
    });
  try {
    const session = await whileListening((line) => log.push(line), create);
    await session.release();
    return parsePlacement(log);
  } catch {
    return null;
  }
}
