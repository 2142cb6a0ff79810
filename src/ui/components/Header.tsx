import { formatShare } from '../../core';
import { formatTick } from '../charts/scale';
import { clockShare, gpuName } from '../environment';
import { useLab } from '../use-lab';
import { useShownEnvironment } from '../use-shown';
import { Logo } from './Logo';
import { ThemeToggle } from './ThemeToggle';

function Readout({
  label,
  tone,
  children,
}: {
  label: string;
  tone?: 'warn' | 'bad' | undefined;
  children: React.ReactNode;
}) {
  return (
    <div className="readout" data-tone={tone}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Which GPU, its clock and the timer's quantum: always in sight, and of the result that is shown. */
export function Header() {
  const { environment, result } = useShownEnvironment();
  const running = useLab((s) => s.running);
  const share = running?.clock ?? (result ? clockShare(result) : null);
  return (
    <header className="top">
      <div className="top-row">
        <a className="logo" href="#/batch">
          <Logo />
          Rooflab
        </a>
        <dl className="readouts" aria-label="Instrument">
          {environment && (
            <>
              <Readout
                label={environment.adapter?.software ? 'Software adapter' : 'GPU'}
                tone={environment.adapter ? (environment.adapter.software ? 'warn' : undefined) : 'warn'}
              >
                {gpuName(environment)} <small>{environment.browser.replace(/^(\S+ \d+)\..*/, '$1')}</small>
              </Readout>
              <Readout label="Clock" tone={share !== null && share < 0.97 ? 'bad' : undefined}>
                {share === null ? <small>–</small> : formatShare(share)}
              </Readout>
              <Readout label="Timer" tone={(environment.timer.quantumNs ?? 0) > 1000 ? 'warn' : undefined}>
                {environment.timer.quantumNs === null ? (
                  <small>wall only</small>
                ) : (
                  formatTick(environment.timer.quantumNs)
                )}
              </Readout>
              {!environment.crossOriginIsolated && (
                <Readout label="Isolation" tone="warn">
                  <a href="#/environment">off</a>
                </Readout>
              )}
            </>
          )}
        </dl>
        <span className="push" />
        <ThemeToggle />
      </div>
      <div className="run-line">
        <i style={{ transform: `scaleX(${running?.done ?? 0})` }} />
      </div>
    </header>
  );
}
