/**
 * What the shop's own back-tests said. In room `settings`, top-level `verdicts`: Y.Map of belief → one plain record
 * { kind, than, percent, averages, testedDay, atMs, member }; the last writing of a belief wins. Version 1; owner and
 * operator write. Unreadable records are not read; opening and reading write nothing.
 */
import type * as Y from 'yjs';
import { type BackTest, type BaselineCode, type TestedBelief, baselineCodes, testedBeliefs } from './back-test.ts';
import type { KeptVerdict } from './with-verdicts.ts';

export interface VerdictRecord extends KeptVerdict {
  readonly percent: number;
  readonly testedDay: number;
  readonly atMs: number;
  readonly member: string;
}

export type VerdictRecords = Readonly<Partial<Record<TestedBelief, VerdictRecord>>>;

const kinds = ['better', 'not-better', 'insufficient-evidence'] as const;
const codes: readonly (BaselineCode | '')[] = ['', ...baselineCodes];

export const verdictsType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('verdicts');

export const readVerdicts = (doc: Y.Doc): VerdictRecords => {
  const map = verdictsType(doc);
  const found: Partial<Record<TestedBelief, VerdictRecord>> = {};
  for (const belief of testedBeliefs) {
    const record = readRecord(map.get(belief));
    if (record) found[belief] = record;
  }
  return Object.freeze(found);
};

/** Keeps what a back-test said of every belief. */
export const keepVerdicts = (
  doc: Y.Doc,
  { asOfDay, tests }: BackTest,
  by: { readonly member: string; readonly atMs: number },
): void => {
  doc.transact(() => {
    for (const { belief, verdict, averages } of tests) {
      const told = verdict.kind === 'insufficient-evidence' ? { than: '', percent: 0 } : verdict;
      const { than, percent } = told;
      verdictsType(doc).set(belief, {
        kind: verdict.kind,
        than,
        percent,
        averages: [...averages],
        testedDay: asOfDay,
        ...by,
      });
    }
  }, 'keep-verdicts');
};

/** The belief is used again, whatever the test said. */
export const takeBackVerdict = (doc: Y.Doc, belief: TestedBelief): 'done' | 'unchanged' => {
  if (!verdictsType(doc).has(belief)) return 'unchanged';
  doc.transact(() => verdictsType(doc).delete(belief), 'take-back-verdict');
  return 'done';
};

function readRecord(value: unknown): VerdictRecord | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, than, percent, averages, testedDay, atMs, member } = value as Readonly<Record<string, unknown>>;
  const readKind = kinds.find((one) => one === kind);
  const readThan = codes.find((one) => one === than);
  if (readKind === undefined || readThan === undefined || !Array.isArray(averages)) return null;
  const isShare = (one: unknown): one is number => typeof one === 'number' && one >= 0 && one <= 1;
  if (!averages.every(isShare) || ![percent, testedDay, atMs].every(Number.isFinite)) return null;
  if (typeof member !== 'string') return null;
  return Object.freeze({
    kind: readKind,
    than: readThan,
    percent: percent as number,
    averages: Object.freeze([...averages]),
    testedDay: testedDay as number,
    atMs: atMs as number,
    member,
  });
}
