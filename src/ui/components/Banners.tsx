import { gpuName } from '../environment';
import { useLab } from '../use-lab';
import { useShownEnvironment } from '../use-shown';
import { useCurrentView } from './Nav';
import { Notice } from './Notice';
import { NoWebGpu } from './NoWebGpu';

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** What holds for the whole view: a problem, where a result is from, a software adapter, no WebGPU. */
export function Banners() {
  const { environment } = useShownEnvironment();
  return (
    <>
      <Problem />
      <Elsewhere />
      {environment?.adapter?.software && <Software />}
      {environment && !environment.adapter && <NoWebGpu reason={environment.adapterMissing ?? ''} />}
      <RunNotices />
    </>
  );
}

function Problem() {
  const problem = useLab((s) => s.problem);
  const dismiss = useLab((s) => s.dismiss);
  if (!problem) return null;
  return (
    <Notice
      tone="bad"
      title={problem.message}
      actions={
        <button type="button" className="btn" onClick={dismiss}>
          Dismiss
        </button>
      }
    >
      {problem.next}
    </Notice>
  );
}

function Elsewhere() {
  const view = useCurrentView();
  const experiment = view === 'batch' || view === 'fusion' ? view : null;
  const shown = useLab((s) => (experiment ? s.shown[experiment] : undefined));
  const run = useLab((s) => s.run);
  const adopt = useLab((s) => s.adopt);
  const close = useLab((s) => s.close);
  if (!experiment || (shown?.origin !== 'shared' && shown?.origin !== 'imported')) return null;
  const repeat = () => {
    adopt(experiment);
    void run(experiment);
  };
  const { environment, startedAt } = shown.result;
  return (
    <Notice
      tone="info"
      title={`${shown.origin === 'shared' ? 'Shared' : 'Imported'} result from ${gpuName(environment)}`}
      actions={
        <>
          <button type="button" className="btn" onClick={repeat}>
            Run the same here
          </button>
          <button type="button" className="btn quiet" onClick={close}>
            Close
          </button>
        </>
      }
    >
      {environment.browser} on {environment.os}, {date.format(new Date(startedAt))}. Read-only; what you
      measured yourself is kept in the history.
    </Notice>
  );
}

function Software() {
  return (
    <Notice tone="warn" title="Software adapter: a CPU is pretending to be a GPU">
      Times say nothing about a GPU. Counters and correctness do hold. Use a browser with a hardware adapter
      for numbers to act on.
    </Notice>
  );
}

function RunNotices() {
  const notices = useLab((s) => s.running?.notices);
  return notices?.map((notice) => <Notice key={notice} tone="info" title={notice} />);
}
