import type { ReactNode } from 'react';
import type { RunResult } from '../../core';
import { answerOf } from '../answers';
import type { View } from '../store/route';
import { viewHref } from '../store/route';
import type { ExperimentId } from '../store/setup';
import { useLab } from '../use-lab';

/** Beside an experiment's name: what came of its claims. */
function noteOf(result: RunResult | undefined, experiment: ExperimentId): string | undefined {
  const answer = answerOf(result?.findings.filter((finding) => finding.experiment === experiment) ?? []);
  if (answer.kind === 'none') return undefined;
  return answer.kind === 'one' ? VERDICTS[answer.verdict] : `${answer.confirmed} of ${answer.of}`;
}

const VERDICTS = { confirmed: 'confirmed', 'not-confirmed': 'not here', 'not-applicable': '–' } as const;

function Item({ view, note, children }: { view: View; note?: ReactNode; children: ReactNode }) {
  const current = useCurrentView() === view;
  return (
    <li>
      <a href={viewHref(view)} aria-current={current ? 'page' : undefined}>
        {children}
        {note !== undefined && <span>{note}</span>}
      </a>
    </li>
  );
}

/** A shared link opens on the first experiment that its result answers. */
export function useCurrentView(): View {
  return useLab((s) => {
    if (s.route.at === 'view') return s.route.view;
    return s.shown.batch ? 'batch' : 'fusion';
  });
}

export function Nav() {
  const history = useLab((s) => s.history.length);
  const batch = noteOf(
    useLab((s) => s.shown.batch?.result),
    'batch',
  );
  const fusion = noteOf(
    useLab((s) => s.shown.fusion?.result),
    'fusion',
  );
  return (
    <nav className="nav" aria-label="Views">
      <h3 id="nav-measure">Measure</h3>
      <ul aria-labelledby="nav-measure">
        <Item view="batch" note={batch}>
          Batch size
        </Item>
        <Item view="fusion" note={fusion}>
          Fusion
        </Item>
      </ul>
      <h3 id="nav-machine">This machine</h3>
      <ul aria-labelledby="nav-machine">
        <Item view="environment">Environment</Item>
        <Item view="history" note={history > 0 ? history : undefined}>
          History
        </Item>
      </ul>
    </nav>
  );
}
