import type { Finding } from '../../core';

const WORDS = {
  confirmed: { text: 'confirmed here', sign: '✓', tone: 'good' },
  'not-confirmed': { text: 'not confirmed here', sign: '✗', tone: 'warn' },
  'not-applicable': { text: 'not applicable here', sign: '–', tone: 'mute' },
} as const;

export function Verdict({ verdict }: { verdict: NonNullable<Finding['verdict']> }) {
  const { text, sign, tone } = WORDS[verdict];
  return (
    <span className="pill" data-tone={tone}>
      <span aria-hidden="true">{sign}</span> {text}
    </span>
  );
}
