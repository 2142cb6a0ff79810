import type { Finding } from '../../core';
import { Verdict } from './Verdict';

interface FindingsProps {
  readonly findings: readonly Finding[];
  /** The experiment's own claim, which stands above already. */
  readonly claim: string;
  /** The questions that a run will answer, shown in the findings' places until then. */
  readonly questions: readonly string[];
}

/** What was found, in words, before any chart. */
export function Findings({ findings, claim, questions }: FindingsProps) {
  return (
    <section aria-label="Findings">
      <ul className="findings">
        {findings.length > 0
          ? findings.map((finding, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two findings may have one title, and none moves.
              <li key={i} className="panel finding">
                <h2>{finding.title}</h2>
                <p>{finding.text}</p>
                {finding.verdict && finding.claim && finding.claim !== claim && (
                  <p className="answers">
                    <Verdict verdict={finding.verdict} /> <span>claim: {finding.claim}</span>
                  </p>
                )}
              </li>
            ))
          : questions.map((question) => (
              <li key={question} className="panel finding waiting">
                <h2>{question}</h2>
                <i aria-hidden="true" />
                <i aria-hidden="true" />
              </li>
            ))}
      </ul>
    </section>
  );
}
