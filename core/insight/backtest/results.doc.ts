/**
 * The newest back-test as a whole, so that its errors and reliability outlive the device that made it. In room `settings`,
 * top-level `backTest`: Y.Map with `latest`, one plain record { tookMs, lines, atMs, member, body: the test as JSON }; the
 * last writing wins. Version 1; owner and operator write. What cannot be read is as if there were none; opening and
 * reading write nothing.
 */
import type * as Y from 'yjs';
import { fitsPattern, parseTable } from '../profile/fits-pattern.ts';
import {
  type BackTest,
  type BeliefTest,
  baselineCodes,
  figureCodes,
  measures,
  missingKinds,
  testedBeliefs,
} from './back-test.ts';
import { keepVerdicts } from './verdicts.doc.ts';

export interface KeptBackTest {
  readonly test: BackTest;
  readonly tookMs: number;
  /** Order lines it was made from (`countSample` of its day): tells whether facts have come since. */
  readonly lines: number;
  readonly atMs: number;
  readonly member: string;
}

export const backTestType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('backTest');

/** Keeps the test, and what it says of every belief. */
export const keepBackTest = (doc: Y.Doc, { test, ...about }: KeptBackTest): void => {
  doc.transact(() => {
    keepVerdicts(doc, test, { member: about.member, atMs: about.atMs });
    backTestType(doc).set('latest', { ...about, body: JSON.stringify(test) });
  }, 'keep-back-test');
};

export const readBackTest = (doc: Y.Doc): KeptBackTest | null => {
  const found = backTestType(doc).get('latest');
  if (!fitsPattern({ tookMs: 0, lines: 0, atMs: 0, member: '', body: '' }, found)) return null;
  const { body, ...about } = found as Omit<KeptBackTest, 'test'> & { readonly body: string };
  const test = parseTable(body);
  return isBackTest(test) ? Object.freeze({ ...about, test: Object.freeze(test) }) : null;
};

const pattern = {
  asOfDay: 0,
  tests: [
    {
      belief: '',
      measure: '',
      origins: [0],
      cases: 0,
      cameTrue: 0,
      error: 0,
      baselines: [{ code: '', error: 0 }],
      verdict: { kind: '' },
      reliability: [{ forecast: 0, observed: 0, n: 0 }],
      figures: [{ code: '', value: 0, baseline: null }],
      averages: [0],
    },
  ],
};

function isBackTest(value: unknown): value is BackTest {
  return fitsPattern(pattern, value) && (value as BackTest).tests.every(hasKnownCodes);
}

function hasKnownCodes({ belief, measure, baselines, verdict, figures }: BeliefTest): boolean {
  const isVerdict =
    verdict.kind === 'insufficient-evidence'
      ? missingKinds.includes(verdict.missing) && fitsPattern({ needed: 0, have: 0 }, verdict)
      : ['better', 'not-better'].includes(verdict.kind) &&
        baselineCodes.includes(verdict.than) &&
        fitsPattern({ percent: 0 }, verdict);
  return (
    isVerdict &&
    testedBeliefs.includes(belief) &&
    measures.includes(measure) &&
    baselines.every(({ code }) => baselineCodes.includes(code)) &&
    figures.every(({ code }) => figureCodes.includes(code))
  );
}
