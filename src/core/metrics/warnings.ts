import type { Environment, Warning } from '../contract';
import { drift, median, outliers } from '../stats';
import { STEADY_CLOCK } from './comparison';
import { formatDuration, formatShare } from './format';
import { type MeasuredCase, present, timerCoarse } from './metric';

type WarnedCase = Pick<MeasuredCase, 'samples' | 'sampling' | 'counters'>;

/** Share of the samples beyond which flags on samples become a warning of the case; single ones are normal. */
const MANY = 0.1;
/** GPU time beyond this multiple of the wall time, and a step of its own clock, cannot be. */
const GPU_OVER_WALL = 1.05;
/** A step of the wall clock below this share of a run is no matter. */
const WALL_STEP = 0.02;

type Check = (run: WarnedCase, environment: Environment) => Warning | false;

const softwareAdapter: Check = ({ samples }, { adapter }) =>
  adapter?.software === true &&
  present(samples.gpuNs).length > 0 && {
    code: 'software-adapter',
    message: `The GPU is software (${adapter.description || adapter.vendor}): its times describe this CPU.`,
    next: 'Use counters and correctness only; for times, run on a machine with a GPU.',
  };

const coarseTimer: Check = (run, { timer }) =>
  timerCoarse(run, timer) && {
    code: 'timer-coarse',
    message: `GPU time is under two steps of the timer (${formatDuration(timer.quantumNs ?? 0)}): its mean with standard error stands in for the median.`,
    next: 'Enable WebGPU developer features in chrome://flags for finer timestamps, or measure a larger workload.',
  };

const notConverged: Check = ({ sampling: { warmupConverged, warmupRuns } }) =>
  !warmupConverged && {
    code: 'not-converged',
    message: `Warm-up had not settled after ${warmupRuns} runs.`,
    next: 'Allow a longer warm-up (sampling.maxWarmupSeconds), or close other programs.',
  };

const capped: Check = ({ sampling: { stopped } }) =>
  (stopped === 'time-cap' || stopped === 'sample-cap') && {
    code: 'time-cap',
    message: `Sampling ended at the ${stopped === 'time-cap' ? 'time' : 'sample'} cap before the median was as precise as asked.`,
    next: 'Read the interval beside the value, or allow more in the spec (sampling.maxSeconds, sampling.maxSamples).',
  };

const clockFell: Check = ({ samples: { clock } }) => {
  const shares = present(clock);
  const slow = shares.filter((share) => share < STEADY_CLOCK).length;
  return (
    slow > MANY * shares.length && {
      code: 'clock-fell',
      message: `The GPU's clock fell to ${formatShare(Math.min(...shares))} of its best; ${slow} of ${shares.length} samples were taken under ${formatShare(STEADY_CLOCK)}.`,
      next: 'Let the GPU cool, fix its clock where the driver allows it, and run the case again.',
    }
  );
};

const drifts: Check = ({ samples: { wallNs } }) => {
  const { drifting, change } = drift(present(wallNs));
  return (
    drifting && {
      code: 'drift',
      message: `Runs became ${formatShare(Math.abs(change))} ${change > 0 ? 'slower' : 'faster'} from the first third of the samples to the last.`,
      next: 'Something was still changing (heat, clock, other programs): run the case again.',
    }
  );
};

const manyOutliers: Check = ({ samples: { wallNs } }) => {
  const flags = outliers(present(wallNs));
  const count = flags.filter(Boolean).length;
  return (
    count > MANY * flags.length && {
      code: 'outliers',
      message: `${count} of ${flags.length} samples are outliers; all are kept.`,
      next: 'Close other programs and tabs and run again; judge by the median, not the tail.',
    }
  );
};

const gpuExceedsWall: Check = ({ samples: { gpuNs, wallNs }, sampling: { repeats } }, { timer }) => {
  const step = (timer.quantumNs ?? 0) / repeats;
  const over = gpuNs.filter((gpu, i) => (gpu ?? 0) - step > GPU_OVER_WALL * (wallNs[i] ?? Infinity)).length;
  return (
    over > MANY * gpuNs.length && {
      code: 'gpu-exceeds-wall',
      message: `In ${over} of ${gpuNs.length} samples the GPU time is longer than the wall time around it.`,
      next: 'Trust the wall time here, and report the adapter and browser: the two clocks disagree.',
    }
  );
};

const hiddenTab: Check = ({ sampling: { discarded } }) =>
  discarded > 0 && {
    code: 'hidden-tab',
    message: `${discarded} samples were discarded because the page was hidden.`,
    next: 'Keep the page in front while it measures.',
  };

const negativeDelta: Check = ({ sampling: { negativePasses } }) =>
  negativePasses > 0 && {
    code: 'negative-delta',
    message: `${negativePasses} passes ended before they began by the GPU's clock, and were left out.`,
    next: 'Trust the wall time more than the GPU time here, and report the adapter and browser.',
  };

const cpuFallback: Check = ({ counters: { cpuNodes, nodes, cpuOperators = [] } }) =>
  (cpuNodes ?? 0) > 0 && {
    code: 'cpu-fallback',
    message: `${cpuNodes} of ${nodes} nodes ran on the CPU${cpuOperators.length > 0 ? `: ${cpuOperators.join(', ')}` : ''}.`,
    next: 'Each takes its data from the GPU and back, and the GPU waits: export the model without these operators.',
  };

const notIsolated: Check = ({ samples: { wallNs } }, { crossOriginIsolated, timer }) => {
  const walls = present(wallNs);
  return (
    !crossOriginIsolated &&
    walls.length > 0 &&
    timer.wallStepNs > WALL_STEP * median(walls) && {
      code: 'not-isolated',
      message: `Without cross-origin isolation the wall clock steps by ${formatDuration(timer.wallStepNs)}, which is coarse for these runs.`,
      next: 'Serve the page with the COOP and COEP headers.',
    }
  );
};

const CHECKS: readonly Check[] = [
  softwareAdapter,
  coarseTimer,
  notConverged,
  capped,
  clockFell,
  drifts,
  manyOutliers,
  gpuExceedsWall,
  hiddenTab,
  negativeDelta,
  cpuFallback,
  notIsolated,
];

/** What one case says against itself, each with a next step. */
export function caseWarnings(run: WarnedCase, environment: Environment): Warning[] {
  return CHECKS.map((check) => check(run, environment)).filter((w) => w !== false);
}
