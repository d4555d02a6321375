import { expect, test } from 'vitest';
import { type Household, type RunOut, predictRunOut } from '#core/insight/repurchase/predict-run-out.ts';

const birthDay = 20_000;
const household = (fields: Partial<Household> = {}): Household => ({
  birthDay,
  feeding: 'formula',
  tinGrams: 800,
  purchases: [{ day: birthDay + 100, tins: 2 }],
  ...fields,
});
const runOut = (fields: Partial<Household> = {}): RunOut => {
  const found = predictRunOut(household(fields));
  if (found.kind !== 'run-out') throw new Error(found.missing.join());
  return found;
};
const lasts = (found: RunOut, from = birthDay + 100): number => found.p50 - from;

test('[RUN1] tins last as long as a child of that age takes to use them', () => {
  // The fourth month: 124 g a day; 2 x 800 g less 5 % is 12.3 days.
  const found = runOut();
  expect(found).toMatchObject({
    tableGramsADay: 124,
    gramsADay: 124,
    evidence: 'prior',
    reorders: 0,
    reorderWeight: 0,
  });
  expect(lasts(found)).toBeCloseTo(12.3, 1);
  expect(found.remindDay).toBe(Math.round(found.p50) - 3);
  expect(found.p10 < found.p50 && found.p50 < found.p90).toBe(true);
  expect(lasts(runOut({ purchases: [{ day: birthDay + 100, tins: 4 }] }))).toBeGreaterThan(lasts(found) * 1.9);
  expect(lasts(runOut({ feeding: 'mixed' }))).toBeGreaterThan(lasts(found) * 1.8);
  const toddler = birthDay + 500;
  expect(lasts(runOut({ purchases: [{ day: toddler, tins: 2 }] }), toddler)).toBeGreaterThan(lasts(found) * 1.5);
});

test('[RUN2] reorders move the rate and narrow the window', () => {
  const every = (days: number, times: number): Household['purchases'] =>
    Array.from({ length: times }, (_, at) => ({ day: birthDay + 100 - (times - 1 - at) * days, tins: 2 }));
  const table = runOut();
  const twice = runOut({ purchases: every(20, 2) });
  const often = runOut({ purchases: every(20, 5) });
  expect(lasts(twice)).toBeGreaterThan(lasts(table));
  expect(lasts(often)).toBeGreaterThan(lasts(twice));
  expect([twice.evidence, runOut({ purchases: every(6, 14) }).evidence]).toEqual(['blend', 'own']);
  const width = ({ p10, p90 }: RunOut): number => Math.log(p90 - birthDay - 100) - Math.log(p10 - birthDay - 100);
  expect(width(often)).toBeLessThan(width(twice));
  expect(often.reorderWeight).toBeGreaterThan(twice.reorderWeight);
  expect(runOut({ purchases: [...every(20, 5)].reverse() })).toEqual(often);
});

test('[RUN3] the window counts from the day the tin was opened', () => {
  const found = runOut();
  expect(runOut({ openedDay: birthDay + 104 }).p50 - found.p50).toBeCloseTo(4, 0);
});

test('[RUN1] what earlier tins left is used up first', () => {
  const at = birthDay + 500;
  const both = runOut({ purchases: [1, 0].map((ago) => ({ day: at - ago, tins: 1 })) });
  const together = runOut({ purchases: [{ day: at - 1, tins: 2 }] });
  expect(Math.abs(both.p50 - together.p50)).toBeLessThan(1);
  // 68 g a day: of 760 g, ten days leave 80 g.
  const { leftGrams, p50 } = runOut({ purchases: [10, 0].map((ago) => ({ day: at - ago, tins: 1 })) });
  expect(leftGrams).toBeGreaterThan(30);
  expect(leftGrams).toBeLessThan(80);
  expect(p50 - runOut({ purchases: [{ day: at, tins: 1 }] }).p50).toBeGreaterThan(0);
  expect(runOut({ purchases: [30, 0].map((ago) => ({ day: at - ago, tins: 1 })) }).leftGrams).toBe(0);
  const inTime = Array.from({ length: 7 }, (_, n) => ({ day: at - n * 10, tins: 1 }));
  expect(runOut({ purchases: inTime }).leftGrams).toBeLessThan(0.15 * 800);
});

test('[RUN2] a purchase a day after another says nearly nothing of the rate', () => {
  const { gramsADay, tableGramsADay, reorderWeight } = runOut({
    purchases: [99, 100].map((day) => ({ day: birthDay + day, tins: 1 })),
  });
  expect(gramsADay).toBeLessThan(tableGramsADay * 1.05);
  expect(reorderWeight).toBeLessThan(0.05);
});

test('[RUN4] says what is missing', () => {
  expect(predictRunOut(household({ birthDay: null, tinGrams: 0, purchases: [] }))).toEqual({
    kind: 'insufficient-evidence',
    missing: ['birth-day', 'tin-size', 'purchase'],
  });
  expect(predictRunOut(household({ purchases: [{ day: birthDay + 2000, tins: 1 }] }))).toEqual({
    kind: 'insufficient-evidence',
    missing: ['fed-age'],
  });
});
