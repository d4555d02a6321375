import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { CutIndex } from '#core/insight/rfm/cut-index.ts';
import { type Amounts, createAmounts } from '#core/insight/rfm/derive-amounts.ts';
import { deriveCuts } from '#core/insight/rfm/derive-cuts.ts';
import type { RfmCuts } from '#core/insight/rfm/figure-counts.ts';
import { createRfmColumns, deriveRfmOf, scoreCustomer, scoreCustomers } from '#core/insight/rfm/derive-rfm.ts';
import { readRfmThresholds, writeCategoryThresholds, writeRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import { type RfmThresholds, defaultThresholds } from '#core/insight/rfm/thresholds.ts';
import { quantileDisc } from '#core/statistics/quantile-disc.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const quantile = { mode: 'quantile' } as const;
const thresholds: RfmThresholds = { ...defaultThresholds, recency: quantile };
const asOfDay = 20_000;

test('[RFM12] cuts and scores kept up to date equal fresh ones', () => {
  const random = seededRandom(5);
  const pick = (below: number): number => Math.floor(random() * below);
  for (const [customers, spread] of [
    [3, 4],
    [60, 9],
    [900, 2_000_000],
  ] as const) {
    const amounts = createAmounts(customers);
    const change = (c: number): void => {
      const orders = pick(6);
      amounts.orders[c] = orders;
      amounts.netFen[c] = orders === 0 ? 0 : pick(spread) - (pick(20) === 0 ? spread : 0);
      amounts.lastDay[c] = orders === 0 ? -1 : asOfDay - pick(200);
      amounts.firstDay[c] = orders === 0 ? -1 : asOfDay - 300;
    };
    const index = new CutIndex(thresholds, amounts, customers);
    let before = index.cuts(amounts, asOfDay);
    const kept = createRfmColumns(customers);
    for (let step = 0; step < 60; step++) {
      const changed = Array.from({ length: 1 + pick(4) }, () => pick(customers));
      for (const c of new Set(changed)) {
        index.remove(amounts, c);
        change(c);
        index.add(amounts, c);
      }
      const cuts = index.cuts(amounts, asOfDay);
      expect(cuts).toEqual(deriveCuts(amounts, asOfDay, thresholds));
      expect(cuts).toEqual(plainCuts(amounts));
      const moved = index.visitMoved(amounts, customers, asOfDay, before, cuts, (c) =>
        scoreCustomer(amounts, cuts, asOfDay, thresholds.names, kept, c),
      );
      expect(moved).toBeLessThanOrEqual(customers * 12);
      for (const c of changed) scoreCustomer(amounts, cuts, asOfDay, thresholds.names, kept, c);
      const fresh = createRfmColumns(customers);
      scoreCustomers(amounts, cuts, asOfDay, thresholds.names, fresh);
      expect(kept).toEqual(fresh);
      before = cuts;
    }
  }
});

/** By sorting everybody with an order. */
function plainCuts({ orders, netFen, lastDay }: Amounts): RfmCuts {
  const buyers = [...orders.keys()].filter((c) => orders[c]! > 0);
  const cut = (valueOf: (c: number) => number): number[] => {
    const sorted = buyers.map(valueOf).sort((a, b) => a - b);
    return [0.2, 0.4, 0.6, 0.8].map((share) => quantileDisc(sorted, share));
  };
  return {
    recency: cut((c) => asOfDay - lastDay[c]!),
    frequency: cut((c) => orders[c]!),
    money: cut((c) => netFen[c]!),
  };
}

test('[RFM12] fixed cuts stay what they are', () => {
  const fixed = { mode: 'fixed', values: [1, 2, 3, 4] } as const;
  const amounts = createAmounts(1);
  const index = new CutIndex({ ...thresholds, recency: fixed, frequency: fixed, money: fixed }, amounts, 1);
  expect(index.cuts(amounts, asOfDay)).toEqual({
    recency: fixed.values,
    frequency: fixed.values,
    money: fixed.values,
  });
});

test('[RFM11] a category has its own lines and its own thresholds', () => {
  const doc = new Y.Doc();
  const names = { ...defaultThresholds.names, sleepingAfterDays: 20, lostAfterDays: 40 };
  expect(writeCategoryThresholds(doc, 'milk', { ...defaultThresholds, names })).toEqual({ ok: true, value: 'done' });
  expect(writeCategoryThresholds(doc, 'milk', { ...defaultThresholds, names })).toEqual({
    ok: true,
    value: 'unchanged',
  });
  expect(writeCategoryThresholds(doc, 'oil', { ...defaultThresholds, names: { ...names, newWithinDays: 0 } })).toEqual({
    ok: false,
    error: { kind: 'unusable-name-rules' },
  });
  const chosen = readRfmThresholds(doc);
  const ledger = aFakeLedger(
    [
      anOrderLine({ order: 'a', item: 'm', paidFen: 300, atMs: atDay(0) }),
      anOrderLine({ order: 'b', item: 'o', paidFen: 9000, atMs: atDay(28) }),
      anOrderLine({ customer: aCustomerId(2), order: 'c', item: 'o', atMs: atDay(28) }),
    ],
    [
      { items: ['m'], category: 'milk' },
      { items: ['o'], category: 'oil' },
    ],
  );
  const today = dayFromMs(atDay(30));
  const milk = deriveRfmOf(ledger, today, chosen, 'milk');
  expect([...milk.columns.rfm]).toEqual([4, 0]);
  expect([...milk.amounts.netFen]).toEqual([300, 0]);
  expect(deriveRfmOf(ledger, today, chosen, 'oil').columns.rfm[1]).toBe(3);
  writeRfmThresholds(doc, { ...chosen, money: { mode: 'fixed', values: [1, 2, 3, 4] } });
  expect(Object.keys(readRfmThresholds(doc).categories ?? {})).toEqual(['milk']);
  writeCategoryThresholds(doc, 'milk', null);
  expect(readRfmThresholds(doc).categories).toBeUndefined();
});
