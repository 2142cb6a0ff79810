import type { Finding } from '../../core';
import type { ExperimentId } from '../store/state';
import { useLab } from '../use-lab';
import type { ShownResult } from '../use-shown';
import { ResultActions } from './ResultActions';
import { Verdict } from './Verdict';

interface HeadlineProps {
  readonly experiment: ExperimentId;
  readonly shown: ShownResult | null;
  readonly findings: readonly Finding[];
}

/** The question, the claim it tests, and what came of it here. */
export function Headline({ experiment, shown, findings }: HeadlineProps) {
  const entry = useLab((s) => s.registry.experiments.find(({ id }) => id === experiment));
  const answers = findings.filter((f) => f.verdict !== null);
  const confirmed = answers.filter((f) => f.verdict === 'confirmed').length;
  const [only] = answers;
  return (
    <div className="head">
      <div>
        <h1>{entry?.question}</h1>
        <p className="claim">
          Claim: {entry?.claim}{' '}
          {answers.length === 1 && only?.verdict ? (
            <Verdict verdict={only.verdict} />
          ) : (
            answers.length > 1 && (
              <span className="pill" data-tone={confirmed === answers.length ? 'good' : 'warn'}>
                {confirmed} of {answers.length} confirmed here
              </span>
            )
          )}
        </p>
      </div>
      <ResultActions result={shown && shown.origin !== 'running' ? shown.result : null} />
    </div>
  );
}
