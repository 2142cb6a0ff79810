import { Presets, SingleBar } from 'cli-progress';
import { type CaseResult, type RunEvent, type Stage, workloadLabel } from '../core/contract';
import { engineLabel } from '../report';
import { formatSeconds } from './format';

/** Tells on stderr how a run goes. */
export interface Progress {
  event(event: RunEvent): void;
  note(message: string): void;
  stop(): void;
}

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  prepare: 'preparing',
  verify: 'verifying',
  'warm-up': 'warming up',
  sample: 'sampling',
  're-verify': 'verifying again',
};

function caseLine(one: CaseResult): string {
  const { outcome, workload } = one;
  const reason = 'reason' in outcome ? `: ${outcome.reason}` : '';
  return `${outcome.status.padEnd(11)} ${workloadLabel(workload)} · ${engineLabel(one)}${reason}`;
}

/** One line a finished case: for logs. */
function lines(stream: NodeJS.WritableStream, doneBefore: readonly string[]): Progress {
  let planned = 0;
  const finished = new Set(doneBefore);
  return {
    event(event) {
      if (event.type === 'planned') planned = event.caseIds.length;
      if (event.type !== 'case') return;
      finished.add(event.result.id);
      const count = `${finished.size}`.padStart(`${planned}`.length);
      stream.write(`[${count}/${planned}] ${caseLine(event.result)}\n`);
    },
    note: (message) => void stream.write(`${message}\n`),
    stop() {},
  };
}

/** A bar with the share done and the time left: for people. */
function bar(stream: NodeJS.WritableStream): Progress {
  const single = new SingleBar(
    {
      stream,
      format: '{bar} {percentage} %  {left}  {now}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      forceRedraw: true,
    },
    Presets.shades_classic,
  );
  const state = { left: '', now: 'starting Chrome' };
  single.start(100, 0, state);
  return {
    event(event) {
      if (event.type === 'progress') {
        state.left = event.etaS === null ? '' : `${formatSeconds(event.etaS)} left`;
        single.update(Math.floor(event.done * 100), { ...state });
      } else if (event.type === 'stage') {
        state.now = `${STAGE_WORDS[event.stage]} ${event.caseIds[0] ?? ''}`;
        single.update({ ...state });
      }
    },
    note(message) {
      single.stop();
      stream.write(`${message}\n`);
      single.start(100, 0, state);
    },
    stop: () => single.stop(),
  };
}

/** @param doneBefore ids of the cases that an earlier attempt has finished. */
export function progressOn(stream: NodeJS.WriteStream, doneBefore: readonly string[]): Progress {
  return stream.isTTY ? bar(stream) : lines(stream, doneBefore);
}
