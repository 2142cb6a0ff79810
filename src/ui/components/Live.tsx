import { useLab } from '../use-lab';
import { timeLeft } from './RunBar';

/** Tells screen readers how a run goes, in quarters, and that it ended. */
export function Live() {
  const running = useLab((s) => s.running);
  const ended = useLab((s) => Object.values(s.shown).some((shown) => shown.origin === 'run'));
  const quarter = running ? Math.floor(running.done * 4) * 25 : 0;
  const text = running
    ? `Running, ${quarter} %${running.etaS !== null && quarter > 0 ? `, ${timeLeft(Math.ceil(running.etaS / 10) * 10)}` : ''}`
    : ended
      ? 'The run has ended.'
      : '';
  return (
    <p className="hidden" role="status" aria-live="polite">
      {text}
    </p>
  );
}
