import { lazy, Suspense, useMemo, useState } from 'react';
import { isSoftware } from '../../report/environment';
import { KERNEL_COLUMNS } from '../case-columns';
import { CaseDrawer } from '../components/CaseDrawer';
import { CaseTable } from '../components/CaseTable';
import { Findings } from '../components/Findings';
import { FusionSetup } from '../components/FusionSetup';
import { Headline } from '../components/Headline';
import { KernelRatios } from '../components/KernelRatios';
import { useFindings } from '../findings';
import { kernelGroups } from '../kernel-groups';
import { useLab } from '../use-lab';
import { useShown } from '../use-shown';

const KernelBars = lazy(() => import('../charts/KernelBars'));

const QUESTIONS = [
  'Is the fused kernel faster, and by how much?',
  'How many bytes and dispatches does fusing save?',
  'How close to the machine’s ceiling does it come?',
];

export default function FusionView() {
  const shown = useShown('fusion');
  const planned = useLab((s) => (s.running?.experiment === 'fusion' ? s.running.planned.length : 0));
  const kernels = useLab((s) => s.registry.kernels);
  const claim = useLab((s) => s.registry.experiments.find(({ id }) => id === 'fusion')?.claim ?? '');
  const [opened, setOpened] = useState<string | null>(null);
  const result = shown?.result ?? null;
  const cases = useMemo(() => result?.cases.filter((c) => c.experiment === 'fusion') ?? [], [result]);
  const findings = useFindings('fusion', result, null);
  const groups = useMemo(
    () => kernelGroups(cases, result?.comparisons ?? [], kernels),
    [cases, result, kernels],
  );
  const software = result !== null && isSoftware(result);
  const open = cases.find((c) => c.id === opened);
  return (
    <>
      <Headline experiment="fusion" shown={shown} findings={findings} />
      <FusionSetup />
      <Findings findings={findings} claim={claim} questions={QUESTIONS} />
      <section className="panel" aria-labelledby="bars-title" data-watermark={software || undefined}>
        <div className="panel-head">
          <div>
            <h2 id="bars-title">Kernels against their ceilings</h2>
            <p>
              longer is better; 100 % is what the measured bandwidth and arithmetic allow; GPU time beside the
              bar
            </p>
          </div>
        </div>
        {groups.length === 0 && (
          <p className="empty">
            <b>Nothing measured yet</b>
            Run the kernels above: every variant is verified against a float64 reference before it is timed.
          </p>
        )}
        {groups.map((group, i) => (
          <div key={group.key} className="kernel">
            <h3>
              {group.title}{' '}
              <span>
                {group.shape} · {group.dtype}
              </span>
            </h3>
            {group.missing === null ? (
              <Suspense fallback={<div className="plot bars" />}>
                <KernelBars
                  bars={group.bars}
                  ceiling={group.ceiling}
                  axis={i === groups.length - 1}
                  summary={`${group.title} ${group.shape}`}
                />
              </Suspense>
            ) : (
              <p className="mute small">{group.missing}</p>
            )}
            <KernelRatios group={group} />
          </div>
        ))}
      </section>
      <CaseTable
        caption="Cases by kernel and variant"
        columns={KERNEL_COLUMNS}
        cases={cases}
        waiting={Math.max(0, planned - cases.length)}
        best={new Set()}
        software={software}
        onOpen={setOpened}
      />
      {open && <CaseDrawer case={open} onClose={() => setOpened(null)} />}
    </>
  );
}
