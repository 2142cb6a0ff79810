/** How long a cancelled run may take to hand over what it has. */
const GRACE_MS = 10_000;

/**
 * Ctrl-C: the first asks `cancel` to end the run and gives it ten seconds; the second, or the end of the ten
 * seconds, ends the program (and with it Chrome). Returns a function that takes the handler away.
 */
export function onInterrupt(cancel: () => void, note: (message: string) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const handler = () => {
    if (timer) process.exit(130);
    note('Stopping: keeping what is done. Press Ctrl-C again to stop at once.');
    timer = setTimeout(() => {
      note('The page does not answer; `rooflab run --resume` goes on from the cases saved.');
      process.exit(130);
    }, GRACE_MS);
    cancel();
  };
  process.on('SIGINT', handler);
  process.on('SIGTERM', handler);
  return () => {
    clearTimeout(timer);
    process.off('SIGINT', handler);
    process.off('SIGTERM', handler);
  };
}
