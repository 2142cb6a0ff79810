import { whileListening } from './log';
import type { OrtModule } from './runtime';
import { createSession, type SessionModel } from './session';

/** Execution provider → nodes of the optimised graph that it was given. */
export type Placement = ReadonlyMap<string, number>;

/**
 * What onnxruntime says of where it placed the nodes, or null when the line is about something else.
 * Both forms are in its `session_state.cc`, `VerifyEachNodeIsAssignedToAnEp`.
 */
export function parsePlacement(line: string): readonly [provider: string, nodes: number] | null {
  const match = /(?:All nodes|Node\(s\)) placed on \[(\w+)\]\. Number of nodes: (\d+)/.exec(line);
  return match ? [match[1]!, Number(match[2])] : null;
}

/**
 * Where the runtime runs the nodes of a model. It falls back to the CPU silently and has no API to ask, but a
 * session created with verbose logging tells. Null when nothing was said.
 */
export async function placement(
  ort: OrtModule,
  model: SessionModel,
  device: GPUDevice,
): Promise<Placement | null> {
  const placed = new Map<string, number>();
  const listen = (line: string) => {
    const said = parsePlacement(line);
    if (said) placed.set(...said);
  };
  const session = await whileListening(listen, () =>
    createSession(ort, model, {
      executionProviders: [{ name: 'webgpu', device }],
      logSeverityLevel: 0,
      logVerbosityLevel: 1,
    }),
  );
  await session.release();
  return placed.size > 0 ? placed : null;
}
