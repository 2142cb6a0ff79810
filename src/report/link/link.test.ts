import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type CaseResult, LabError, type RunResult } from '../../core/contract';
import { goldenV1 } from '../../core/contract/golden';
import { integer, rng } from '../../core/stats';
import { LINK_V1 } from '../testing/link-v1';
import { syntheticResult } from '../testing/synthetic';
import { decodeLink, encodeLink, isLink, linkFor } from '.';
import { compress, decompress } from './bytes';
import { DICTIONARY } from './dictionary';

const large = syntheticResult();
/** For tests that do a thing thousands of times, on a busy machine. */
const BULK = 60_000;

function codeOf(fragment: string): string {
  try {
    decodeLink(fragment);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    if (error.message === '' || error.next === '') throw new Error('an error that does not explain itself');
    return error.code;
  }
  return 'ok';
}

const base64url = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

describe('a link', () => {
  it('of 7 batches × 3 engines × 300 samples stays under 8 KB', () => {
    const link = encodeLink(large);
    expect(large.cases).toHaveLength(21);
    expect(link.length).toBeLessThan(8 * 1024);
    expect(link).toMatch(/^1\.[A-Za-z0-9_-]+$/);
  });

  it('keeps what was asked, counted, concluded and warned of exactly', () => {
    const { spec, environment, cases, findings } = goldenV1();
    const decoded = decodeLink(encodeLink(goldenV1()));
    expect(decoded.spec).toEqual(spec);
    expect(decoded.findings).toEqual(findings);
    expect(decoded.environment).toEqual(environment);
    for (const [i, one] of cases.entries()) {
      const { samples: _, histograms: __, metrics, verification, ...exact } = decoded.cases[i]!;
      expect(one).toMatchObject(exact);
      expect(Object.keys(metrics)).toEqual(Object.keys(one.metrics));
      expect(verification?.passed).toBe(one.verification?.passed);
    }
  });

  it('keeps metrics and comparisons to four digits', () => {
    const decoded = decodeLink(`#${encodeLink(large)}`);
    for (const [i, one] of large.cases.entries()) {
      for (const [id, { value, interval, n, withheld }] of Object.entries(one.metrics)) {
        const kept = decoded.cases[i]!.metrics[id]!;
        expect(kept).toMatchObject({ n, ...(withheld ? { withheld } : {}) });
        const pairs = [value, ...(interval ?? [])].map((x, k) => [
          x,
          [kept.value, ...(kept.interval ?? [])][k],
        ]);
        for (const [before, after] of pairs) {
          if (before == null) expect(after).toBeNull();
          else expect(Math.abs(after! / before - 1)).toBeLessThan(5.1e-4);
        }
      }
    }
    for (const [i, one] of large.comparisons.entries()) {
      expect(decoded.comparisons[i]!.ratio / one.ratio).toBeCloseTo(1, 3);
    }
  });

  it('carries histograms of as many samples as there were', () => {
    const { histograms, samples } = decodeLink(encodeLink(large)).cases[0]!;
    expect(samples.wallNs).toEqual([]);
    expect(Object.keys(histograms ?? {})).toEqual(['gpuNs', 'wallNs']);
    expect(histograms?.wallNs?.counts.reduce((a, b) => a + b)).toBe(300);
  });

  it('of a result that came from a link loses nothing more', () => {
    const once = decodeLink(encodeLink(large));
    expect(decodeLink(encodeLink(once))).toEqual(once);
  });

  it('that was shared once can be read for ever', () => {
    const { id, cases, findings } = decodeLink(LINK_V1);
    expect(id).toBe('2031-03-04T10-20-30-golden');
    expect(cases).toHaveLength(9);
    expect(cases[0]?.metrics['wall.median']?.value).toBe(49_600_000);
    expect(findings[1]?.title).toBe('Fusing saves one dispatch');
    // The stream's header with the checksum of the dictionary.
    expect(encodeLink(large).slice(0, 10)).toBe(LINK_V1.slice(0, 10));
  });

  it('is recognised by its version', () => {
    expect(isLink(`#${encodeLink(goldenV1())}`)).toBe(true);
    expect(isLink('#batch')).toBe(false);
  });
});

describe('decodeLink', () => {
  const link = encodeLink(goldenV1());
  const json = JSON.stringify(goldenV1());

  it.each<[string, string, string]>([
    ['nothing', '', 'bad-link'],
    ['no version', 'abc', 'bad-link'],
    ['an empty payload', '1.', 'bad-link'],
    ['version 0', link.replace(/^1/, '0'), 'bad-link'],
    ['a newer link', link.replace(/^1/, '2'), 'newer-version'],
    ['a newer result', `1.${compress(json.replaceAll('"version":1', '"version":2'))}`, 'newer-version'],
    ['characters of no alphabet', `${link}%20`, 'bad-link'],
    ['a payload cut in half', link.slice(0, link.length / 2), 'bad-link'],
    ['a payload without its last character', link.slice(0, -1), 'bad-link'],
    ['a payload of an impossible length', '1.A', 'bad-link'],
    [
      'bytes that are not deflate',
      `1.${base64url(Uint8Array.from({ length: 64 }, (_, i) => i))}`,
      'bad-link',
    ],
    ['text that is not JSON', `1.${compress('{')}`, 'bad-link'],
    ['JSON that is no result', `1.${compress('[]')}`, 'bad-link'],
    ['deep nesting', `1.${compress('['.repeat(100_000))}`, 'bad-link'],
    ['a very long payload', `1.${'A'.repeat(70_000)}`, 'bad-link'],
  ])('refuses %s', (_, fragment, code) => {
    expect(codeOf(fragment)).toBe(code);
  });

  it('stops a bomb long before it unfolds', () => {
    const bomb = `1.${base64url(zlibSync(new Uint8Array(8e6), { level: 9, dictionary: DICTIONARY }))}`;
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(() => decodeLink(bomb)).toThrow('unfolds to too much');
  });

  it('throws nothing else, and never shows altered numbers, over 2,000 mutations', { timeout: BULK }, () => {
    const random = rng(7);
    const whole = JSON.stringify(decodeLink(link));
    const alphabet = 'ABCabc0189-_.#%';
    for (let i = 0; i < 2000; i++) {
      const chars = [...link];
      for (let k = integer(random, 3); k >= 0; k--) {
        const at = integer(random, chars.length);
        chars.splice(at, integer(random, 3), alphabet[integer(random, alphabet.length)]!);
      }
      const mutated = chars.join('').slice(0, random() < 0.2 ? integer(random, chars.length) : undefined);
      if (codeOf(mutated) === 'ok') expect(JSON.stringify(decodeLink(mutated))).toBe(whole);
    }
  });

  it('throws nothing else over 500 mutations of the document inside', { timeout: BULK }, () => {
    const random = rng(8);
    const document = decompress(link.slice(2));
    const values = [...document.matchAll(/(?<=[:[,])(\d+|"[^"]*"|null|true)/g)];
    const parts = ['null', '"#"', '["#",{}]', '["#",{"a":[1,2]}]', '-1', '{"__proto__":{}}', '"x"'];
    for (let i = 0; i < 500; i++) {
      const { index, 0: old } = values[integer(random, values.length)]!;
      const changed = document.slice(0, index) + parts[i % parts.length] + document.slice(index + old.length);
      codeOf(`1.${compress(changed)}`);
    }
  });
});

describe('linkFor', () => {
  const [, , , notReached] = goldenV1().cases;
  const padded = (interrupted: number): RunResult => ({
    ...large,
    cases: [
      ...large.cases,
      ...Array.from({ length: interrupted }, (_, i) => ({
        ...notReached!,
        id: `interrupted ${i * 7919}`,
        outcome: { status: 'interrupted' as const, reason: `${i} ${i * i}` },
      })),
    ],
    findings: [{ ...large.findings[0]!, evidence: [large.cases[0]!.id, 'interrupted 0'] }],
  });

  it('is the page with the result for its fragment', () => {
    const { url, note } = linkFor(large, 'https://rooflab.example/lab/?a=1#old');
    expect(note).toBeNull();
    expect(url.startsWith('https://rooflab.example/lab/?a=1#1.')).toBe(true);
    expect(decodeLink(new URL(url).hash)).toEqual(decodeLink(encodeLink(large)));
  });

  it('leaves out distributions first and says so', () => {
    const random = rng(3);
    const scattered = (one: CaseResult) => one.samples.wallNs.map((ns) => ns && ns * 40 ** random());
    const cases = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((copy) =>
      large.cases.map((one) => ({
        ...one,
        id: `${one.id} ${copy}`,
        samples: { ...one.samples, wallNs: scattered(one), gpuNs: scattered(one) },
      })),
    );
    const result = { ...large, cases };
    expect(encodeLink(result).length).toBeGreaterThan(32 * 1024);
    const { url, note } = linkFor(result, 'https://rooflab.example/');
    const decoded = decodeLink(new URL(url).hash);
    expect(note).toContain('distributions');
    expect(decoded.cases).toHaveLength(210);
    expect(decoded.cases.every((one) => one.histograms === undefined)).toBe(true);
  });

  it('then cases that were not attempted, and says how many', () => {
    const { url, note } = linkFor(padded(2000), 'https://rooflab.example/');
    const { cases, findings } = decodeLink(new URL(url).hash);
    expect(note).toContain('2000');
    expect(cases).toHaveLength(21);
    expect(findings[0]?.evidence).toEqual([large.cases[0]!.id]);
  });

  it('refuses what fits into no link', () => {
    const findings = Array.from({ length: 9000 }, (_, i) => ({
      ...large.findings[0]!,
      title: `${i * i * 31}`,
    }));
    expect(() => linkFor({ ...large, findings }, 'https://rooflab.example/')).toThrow(LabError);
  });
});
