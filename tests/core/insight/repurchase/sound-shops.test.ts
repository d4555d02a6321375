import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { OrderLine } from '#core/datasets/fact.ts';
import { evidences } from '#core/insight/profile/belief-columns.ts';
import { completeParameters } from '#core/insight/profile/complete-parameters.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { explainCustomer } from '#core/insight/profile/explain-customer.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { isSound } from '#core/insight/profile/is-sound.ts';
import { parameterRecordsOf, proposeParameters, readParameters } from '#core/insight/profile/parameters.doc.ts';
import { type Parameters, defaultParameters } from '#core/insight/profile/parameters.ts';
import { chanceAt, dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const today = 800;
const day = dayFromMs(atDay(today));

interface Rhythm {
  readonly item: string;
  readonly times: number;
  readonly gaps: () => number;
  readonly last: number;
}

const linesOf = (rhythms: readonly Rhythm[]): OrderLine[] =>
  rhythms.flatMap(({ item, times, gaps, last }, n) => {
    let at = today - last;
    return Array.from({ length: times }, (_, back) => {
      if (back > 0) at -= gaps();
      return anOrderLine({ customer: aCustomerId(1 + n), order: `o-${n}-${back}`, item, atMs: atDay(at) });
    });
  });

const learn = (lines: readonly OrderLine[]) => {
  const ledger = aFakeLedger(lines);
  const parameters = fitParameters(ledger, day - 1);
  return { ledger, parameters, beliefs: deriveBeliefs(ledger, parameters, day) };
};

/** Every number that is published of a shop, and the ways it may break. */
const faultsOf = ({ ledger, parameters, beliefs }: ReturnType<typeof learn>): string[] => {
  const faults: string[] = [];
  const { rfm: _chosen, ...fitted } = parameters;
  if (!isSound(fitted)) faults.push('unsound parameters');
  const within01 = [beliefs.churn60, beliefs.alive];
  const finite = [beliefs.overdueRatio, beliefs.valueAtRiskFen, beliefs.expectedPurchases90, beliefs.valueFen90];
  for (const column of [...within01, ...finite, beliefs.valueLowFen90, beliefs.valueHighFen90])
    if (!column.every(Number.isFinite)) faults.push('a figure of a customer');
  if (within01.some((column) => !column.every((each) => each >= 0 && each <= 1))) faults.push('a risk');
  for (let c = 0; c < beliefs.customerCount; c++) {
    const products = beliefs.pairProduct.subarray(beliefs.pairStart[c], beliefs.pairEnd[c]);
    if (new Set(products).size < products.length) faults.push('a product twice');
    for (let pair = beliefs.pairStart[c]!; pair < beliefs.pairEnd[c]!; pair++) {
      const chances = [beliefs.pairWithin7, beliefs.pairWithin14, beliefs.pairWithin30].map((column) =>
        chanceAt(column, pair),
      );
      if (!chances.every((each, at) => each >= (chances[at - 1] ?? 0) && each <= 1)) faults.push(`chances ${chances}`);
      if (evidences[beliefs.pairEvidence[pair]!] === 'insufficient-evidence') continue;
      const window = [beliefs.pairP10, beliefs.pairP50, beliefs.pairP90].map((column) => dayAt(column, pair));
      if (!window.every((each, at) => Number.isFinite(each) && each >= (window[at - 1] ?? 0)))
        faults.push(`window ${window}`);
    }
    const { windows } = explainCustomer(ledger, beliefs, parameters, c);
    for (const { evidence, ...window } of windows)
      if (evidence !== 'insufficient-evidence' && JSON.stringify(window) !== JSON.stringify(finiteOnly(window)))
        faults.push('an explanation');
  }
  return faults;
};
/** JSON writes what is not finite as null. */
const finiteOnly = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'number' && !Number.isFinite(each) ? 0 : each)),
  );

test('[CYC8] random, regular and degenerate shops all publish numbers that can be read', () => {
  const random = seededRandom(6);
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const kinds: readonly (() => () => number)[] = [
    () => () => 28,
    () => {
      const own = between(1, 60);
      return () => own;
    },
    () => () => between(1, 90),
    () => () => (random() < 0.5 ? 1 : 300),
    () => () => 1,
    () => () => 0,
    () => () => between(200, 700),
  ];
  for (let shop = 0; shop < 11; shop++) {
    const gapsOf = kinds[shop % kinds.length]!;
    const rhythms = Array.from({ length: between(1, 20) }, () => ({
      item: `i-${random() < 0.5 ? 0 : between(0, shop % 3)}`,
      times: shop < kinds.length ? 9 : between(1, 12),
      gaps: gapsOf(),
      last: between(0, 120),
    }));
    expect({ shop, faults: faultsOf(learn(linesOf(rhythms))) }).toEqual({ shop, faults: [] });
  }
});

test('[CYC8] at the own exact rhythm a purchase is likely, in a shop where nobody ever strays', () => {
  for (const gap of [7, 28]) {
    const shop = learn(
      linesOf(
        Array.from({ length: 24 }, (_, n) => ({
          item: 'milk',
          times: 10,
          gaps: () => gap,
          last: n === 0 ? gap : n % gap,
        })),
      ),
    );
    const { beliefs, ledger } = shop;
    expect(faultsOf(shop)).toEqual([]);
    const pair = beliefs.pairStart[ledger.denseCustomer(aCustomerId(1))]!;
    expect(chanceAt(beliefs.pairWithin7, pair)).toBeGreaterThan(0.5);
    expect(Math.abs(dayAt(beliefs.pairP50, pair) - day)).toBeLessThan(gap * 0.1);
    expect(dayAt(beliefs.pairP90, pair) - dayAt(beliefs.pairP10, pair)).toBeLessThan(gap / 2);
  }
});

test('[CYC8, PAR1] a stored record nobody can compute with is not read, and none is proposed', () => {
  const { rfm: _chosen, ...builtIn } = defaultParameters;
  const spoilt = (of: Partial<Parameters>) => ({ ...builtIn, fittedDay: 100, ...of });
  for (const broken of [
    spoilt({ repurchase: { ...builtIn.repurchase, sigma: 0 } }),
    spoilt({ repurchase: { ...builtIn.repurchase, mu: Number.NaN } }),
    spoilt({ lifecycle: { ...builtIn.lifecycle, shopIntervalDays: 0 } }),
    spoilt({ value: { ...builtIn.value, bgnbd: { r: 1, alpha: Number.NaN, a: 1, b: 1 } } }),
    spoilt({ churn: { ...builtIn.churn, horizons: [{ ...builtIn.churn.horizons[0]!, spread: [0] }] } }),
  ]) {
    const doc = new Y.Doc();
    expect(isSound(broken)).toBe(false);
    expect(completeParameters(JSON.stringify(broken))).toBeNull();
    expect(proposeParameters(doc, { parameters: broken, lines: 9, customers: 1, madeMs: 1, madeBy: 'm' })).toEqual({
      ok: false,
      error: { kind: 'unsound' },
    });
    const body = JSON.stringify(broken);
    parameterRecordsOf(doc).set('x', { lines: 9, customers: 1, madeMs: 1, madeBy: 'm', body });
    expect(readParameters(doc)).toEqual(defaultParameters);
  }
});
