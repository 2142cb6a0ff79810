import type { Finding } from '../../core';
import { answerOf } from '../answers';
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
  const answer = answerOf(findings);
  return (
    <div className="head">
      <div>
        <h1>{entry?.question}</h1>
        <p className="claim">
          Claim: {entry?.claim} {answer.kind === 'one' && <Verdict verdict={answer.verdict} />}
          {answer.kind === 'several' && (
            <span className="pill" data-tone={answer.confirmed === answer.of ? 'good' : 'warn'}>
              {answer.confirmed} of {answer.of} confirmed here
            </span>
          )}
        </p>
      </div>
      <ResultActions result={shown && shown.origin !== 'running' ? shown.result : null} />
    </div>
  );
}
