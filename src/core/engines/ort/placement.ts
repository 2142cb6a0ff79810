import type { OrtModule } from './runtime';
import { createSession } from './session';
import type { OrtSource } from './source';

/**
 * How many nodes of the optimised graph the runtime leaves on the CPU. It falls back silently and has no API
 * to ask, but a session created with verbose logging prints where it placed the nodes.
 */
export async function countCpuNodes(
  ort: OrtModule,
  source: OrtSource,
  device: GPUDevice,
): Promise<number | null> {
  let cpu: number | null = null;
  let gpu = false;
  const read = (...parts: unknown[]) => {
    const line = parts.join(' ');
    const all = /All nodes placed on \[(\w+)\]/.exec(line);
    const some = /Node\(s\) placed on \[(\w+)\]\. Number of nodes: (\d+)/.exec(line);
    const provider = all?.[1] ?? some?.[1];
    if (!provider) return;
    if (provider !== 'CPUExecutionProvider') {
      gpu = true;
      cpu ??= 0;
    } else if (some) {
      cpu = Number(some[2]);
    }
  };
  const methods = ['log', 'debug', 'info', 'warn', 'error'] as const;
  const saved = methods.map((method) => console[method]);
  for (const method of methods) console[method] = read;
  try {
    const session = await createSession(ort, source, {
      executionProviders: [{ name: 'webgpu', device }],
      logSeverityLevel: 0,
      logVerbosityLevel: 1,
    });
    await session.release();
  } finally {
    methods.forEach((method, i) => {
      console[method] = saved[i]!;
    });
  }
  return gpu ? cpu : null;
}
