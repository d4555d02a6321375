import { expect, test } from 'vitest';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { isDue } from '#core/insight/repurchase/is-due.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anAlias, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';
import { dueHandlers } from '#web/engine/insight/due.handlers.ts';
import type { EngineContext } from '#web/engine/insight/engine-context.ts';
import { stagesHandlers } from '#web/engine/insight/stages.handlers.ts';

const parameters = { ...defaultParameters, repurchase: { ...defaultParameters.repurchase, gaps: 100 } };
const today = dayFromMs(atDay(80));

const aContext = (more: readonly Fact[] = []) => {
  const every14 = [0, 14, 28, 42, 56, 70].map((at) =>
    anOrderLine({ order: `o-${at}`, item: 'flour', paidFen: 9000, atMs: atDay(at) }),
  );
  const once = anOrderLine({ customer: aCustomerId(2), order: 'x', item: 'milk', atMs: atDay(77) });
  const ledger = aFakeLedger([...every14, once, ...more]);
  const beliefs = deriveBeliefs(ledger, parameters, today);
  const context = {
    ledger,
    beliefs: () => beliefs,
    parameters: () => parameters,
    asOfDay: () => today,
  } as unknown as EngineContext;
  return { context, beliefs, ledger };
};

test('[STG8, RFM9] flows between two days, the people of a cell, and one customer’s way', async () => {
  const { context, beliefs } = aContext([anAlias({ customer: aCustomerId(4) })]);
  const topic = stagesHandlers(context);
  const days = { kind: 'stage', fromDay: today - 7, toDay: today + 9 } as const;
  const flows = await topic['stages.flows'](days);
  const place = (name: string): number => flows.standings.indexOf(name as never);
  expect(flows.toDay).toBe(today);
  expect(flows.flows[place('loyal')]?.[place('loyal')]).toBe(1);
  expect(flows.flows[place('absent')]?.[place('first-purchase')]).toBe(1);
  const people = await topic['stages.people']({ ...days, from: 'absent', to: 'any', first: 0, count: 5 });
  expect(people).toMatchObject({ total: 1, rows: [{ id: aCustomerId(2) }] });
  const everybody = await topic['stages.people']({ ...days, from: 'any', to: 'any', first: 1, count: 5 });
  expect([everybody.total, everybody.rows.map(({ id }) => id)]).toEqual([3, [aCustomerId(2), aCustomerId(4)]]);
  // Nobody knows since when the one without an order or act is known, and the belief of today is the same.
  expect(flows.flows[place('aware')]?.[place('aware')]).toBe(1);
  expect(flows.after[place('aware')]).toBe(beliefs.stage.filter((stage) => stage === place('aware')).length);
  const names = await topic['stages.flows']({ ...days, kind: 'rfm' });
  expect(names.after.reduce((sum, n) => sum + n, 0)).toBe(3);
  // Who came within the week was not there before: that is another thing than no order.
  const named = (name: string): number => names.standings.indexOf(name as never);
  expect(names.before[named('none')]).toBe(1);
  expect(names.flows[named('absent')]?.[named('new')]).toBe(1);
  expect((await topic['stages.history']({ id: aCustomerId(1) }))?.map(({ stage }) => stage)).toEqual([
    'first-purchase',
    'repurchasing',
    'loyal',
  ]);
  expect(await topic['stages.history']({ id: 'nobody' })).toBeNull();
});

test('[CYC23] the due calendar agrees with what is due today, and opens its people', async () => {
  const weekly = [50, 57, 64, 71].map((at) =>
    anOrderLine({ customer: aCustomerId(3), order: `w-${at}`, item: 'eggs', atMs: atDay(at) }),
  );
  const { context, beliefs } = aContext(weekly);
  const topic = dueHandlers(context);
  const calendar = await topic['due.calendar']({ days: 30, products: 1 });
  let due = 0;
  for (let c = 0; c < 3; c++)
    for (let pair = beliefs.pairStart[c]!; pair < beliefs.pairEnd[c]!; pair++) due += isDue(beliefs, pair) ? 1 : 0;
  expect(due).toBeGreaterThan(0);
  expect(calendar.all.open[0]).toBe(due);
  expect(calendar).toMatchObject({ firstDay: today, days: 30, more: 1 });
  const both = await topic['due.calendar']({ days: 30, products: Infinity });
  expect(both.more).toBe(0);
  const flour = both.products.find(({ product }) => product === 'flour');
  expect(flour?.likeliest.reduce((sum, n) => sum + n, 0)).toBe(1);
  const day = flour!.likeliest.indexOf(1) + today;
  const people = await topic['due.people']({ product: 'flour', day, by: 'likeliest', first: 0, count: 9 });
  expect(people).toMatchObject({ total: 1, rows: [{ id: aCustomerId(1), next: { product: 'flour' } }] });
  for (let at = 0; at < 30; at++) {
    const open = await topic['due.people']({ product: '', day: today + at, by: 'open', first: 0, count: 9 });
    expect(open.total).toBe(both.all.open[at]);
  }
  expect((await topic['due.people']({ product: 'no', day, by: 'open', first: 0, count: 9 })).total).toBe(0);
});
