/**
 * onnxruntime's log, line by line. Its wasm takes hold of the console's methods when it starts, so the tap must
 * be in place before and stays; lines pass through unless somebody listens.
 */
type Listener = (line: string) => void;

let listener: Listener | null = null;
let tapped = false;

export function tapLog(): void {
  if (tapped) return;
  tapped = true;
  for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    const original = console[method].bind(console);
    console[method] = (...parts: unknown[]) => {
      if (listener) listener(parts.join(' '));
      else original(...parts);
    };
  }
}

/** Gives every line that is logged while `work` runs to `listen`, and to nobody else. */
export async function whileListening<T>(listen: Listener, work: () => Promise<T>): Promise<T> {
  listener = listen;
  try {
    return await work();
  } finally {
    listener = null;
  }
}
