import type { ReactNode } from 'react';
import type { View } from '../store/route';
import { viewHref } from '../store/route';
import { useLab } from '../use-lab';

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
  const batch = useLab((s) => s.shown.batch?.result.findings.find((f) => f.experiment === 'batch' && f.verdict)?.verdict);
  const fusion = useLab((s) => s.shown.fusion?.result.findings.filter((f) => f.experiment === 'fusion' && f.verdict));
  const confirmed = fusion?.filter((f) => f.verdict === 'confirmed').length;
  return (
    <nav className="nav" aria-label="Views">
      <h3 id="nav-measure">Measure</h3>
      <ul aria-labelledby="nav-measure">
        <Item view="batch" note={batch && VERDICTS[batch]}>
          Batch size
        </Item>
        <Item view="fusion" note={fusion && fusion.length > 0 ? `${confirmed} of ${fusion.length}` : undefined}>
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
