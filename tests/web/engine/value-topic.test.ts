import { expect, test } from 'vitest';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';
import type { EngineContext } from '#web/engine/insight/engine-context.ts';
import { valueHandlers } from '#web/engine/insight/value.handlers.ts';

const asOfDay = dayFromMs(atDay(200));
const people = 80;

const aContext = (isFitted = true): EngineContext => {
  const facts = Array.from({ length: people }, (_, c) =>
    Array.from({ length: 1 + (c % 7) }, (__, n) =>
      anOrderLine({
        customer: aCustomerId(c + 1),
        order: `v-${c}-${n}`,
        atMs: atDay(((c * 7) % 60) + n * (6 + (c % 15))),
        paidFen: 2000 + c * 100 + n * 300,
      }),
    ),
  ).flat();
  const ledger = aFakeLedger(facts);
  const parameters = isFitted ? fitParameters(ledger, asOfDay) : defaultParameters;
  const beliefs = deriveBeliefs(ledger, parameters, asOfDay);
  return {
    ledger,
    beliefs: () => beliefs,
    parameters: () => parameters,
    catalogue: () => [],
  } as unknown as EngineContext;
};
const everybody = {
  name: '',
  stage: '',
  rule: '',
  fromFen: 0,
  toFen: null,
  sort: 'value',
  first: 0,
  count: 5,
} as const;

test('value is summed over names, stages, segments and bins, and every sum is the same money', async () => {
  const topic = valueHandlers(aContext());
  for (const horizonDays of [30, 90, 365]) {
    const segments = [
      { id: 's', rule: 'orders >= 3' },
      { id: 'broken', rule: 'orders >=' },
    ];
    const overview = await topic['value.overview']({ horizonDays, segments });
    expect(overview.model.kind).toBe('fitted');
    expect(overview.total).toMatchObject({ customers: people });
    expect(overview.total.fen).toBeGreaterThan(0);
    expect(overview.total.lowFen).toBeLessThan(overview.total.fen);
    expect(overview.total.highFen).toBeGreaterThan(overview.total.fen);
    for (const groups of [overview.byName, overview.byStage, overview.distribution]) {
      expect(groups.reduce((sum, { fen }) => sum + fen, 0)).toBe(overview.total.fen);
      expect(groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(people);
    }
    expect(overview.bySegment.map(({ id }) => id)).toEqual(['s']);
    const named = await topic['value.people']({ ...everybody, horizonDays, rule: 'orders >= 3' });
    expect(named.sum).toMatchObject({ fen: overview.bySegment[0]?.fen, customers: named.total });
    const page = await topic['value.people']({ ...everybody, horizonDays });
    expect(page).toMatchObject({ total: people, sum: { fen: overview.total.fen } });
    expect(page.rows.map(({ fen }) => fen)).toEqual(page.rows.map(({ fen }) => fen).sort((a, b) => b - a));
    const bin = overview.distribution.find(({ customers }) => customers > 0);
    const inBin = await topic['value.people']({
      ...everybody,
      horizonDays,
      fromFen: bin?.fromFen ?? 0,
      toFen: bin?.toFen ?? null,
    });
    expect(inBin.total).toBe(bin?.customers);
  }
  const over = async (horizonDays: number) => (await topic['value.overview']({ horizonDays, segments: [] })).total.fen;
  expect(await over(30)).toBeLessThan(await over(90));
  expect(await over(90)).toBeLessThan(await over(365));
  const risky = await topic['value.people']({ ...everybody, horizonDays: 90, sort: 'risk' });
  expect(risky.rows[0]?.atRiskFen).toBeGreaterThanOrEqual(risky.rows[4]?.atRiskFen ?? 0);
});

test('[VAL15] before anything is learnt the overview says so, and no money is invented', async () => {
  const overview = await valueHandlers(aContext(false))['value.overview']({ horizonDays: 90, segments: [] });
  expect(overview).toMatchObject({
    model: { kind: 'insufficient-evidence', missing: 'fit' },
    total: { customers: people, fen: 0, purchases: 0 },
    topTenthShare: 0,
  });
  expect(overview.total.spentFen).toBeGreaterThan(0);
});

test('[VAL16] without known amounts the likeliest buyers stand first, and nobody has a sum', async () => {
  const context = aContext();
  const parameters = context.parameters();
  const value = { ...parameters.value, amounts: null };
  const beliefs = deriveBeliefs(context.ledger, { ...parameters, value }, asOfDay);
  const shop = { ...context, beliefs: () => beliefs, parameters: () => ({ ...parameters, value }) } as EngineContext;
  const topic = valueHandlers(shop);
  expect((await topic['value.overview']({ horizonDays: 90, segments: [] })).model).toMatchObject({ amounts: null });
  const { rows } = await topic['value.people']({ ...everybody, horizonDays: 90 });
  const purchases = rows.map((row) => row.purchases);
  expect(purchases).toEqual([...purchases].sort((a, b) => b - a));
  expect(purchases[0]).toBeGreaterThan(0);
  expect(rows.every(({ fen }) => fen === 0)).toBe(true);
});
