import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { notAPurchase } from '#core/datasets/ledger-columns.ts';
import { rfmNames, stages } from '#core/insight/profile/belief-columns.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { deriveRfmNames } from '#core/insight/profile/derive-standings.ts';
import { countMoves } from '#core/insight/rfm/count-moves.ts';
import { addAmounts, deriveAmounts } from '#core/insight/rfm/derive-amounts.ts';
import { deriveCuts } from '#core/insight/rfm/derive-cuts.ts';
import { deriveRfm } from '#core/insight/rfm/derive-rfm.ts';
import { nameIndex } from '#core/insight/rfm/name-index.ts';
import { reversedScore, score } from '#core/insight/rfm/score.ts';
import { readRfmThresholds, writeRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import { defaultThresholds } from '#core/insight/rfm/thresholds.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anAlias, anOrderLine, aRefund, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const day = (n: number): number => dayFromMs(atDay(n));

test('[RFM1, RFM2] a score counts the cut values strictly below; recency is reversed', () => {
  const cuts = [10, 20, 30, 40];
  expect([5, 10, 11, 20, 25, 40, 41].map((value) => score(value, cuts))).toEqual([1, 1, 2, 2, 3, 4, 5]);
  expect([5, 10, 11, 41].map((value) => reversedScore(value, cuts))).toEqual([5, 5, 4, 1]);
});

test('[RFM3] quantile cuts are taken over customers with an order', () => {
  const facts = [1, 2, 3, 4, 5].map((n) =>
    anOrderLine({ customer: aCustomerId(n), order: `o-${n}`, paidFen: n * 100, atMs: atDay(n) }),
  );
  const never = anOrderLine({ customer: aCustomerId(6), order: 'o-6', status: 'closed', paidFen: 9999 });
  const amounts = deriveAmounts(aFakeLedger([...facts, never]), day(10));
  const cuts = deriveCuts(amounts, day(10), { ...defaultThresholds, recency: { mode: 'quantile' } });
  expect(cuts).toEqual({ recency: [5, 6, 7, 8], frequency: [1, 1, 1, 1], money: [100, 200, 300, 400] });
});

test('[RFM4, RFM5, RFM8] amounts: net of refunds, orders not lines, nothing unpaid, nothing later', () => {
  const ledger = aFakeLedger([
    anOrderLine({ order: 'a', item: 'milk', paidFen: 1000, atMs: atDay(1) }),
    anOrderLine({ order: 'a', item: 'eggs', paidFen: 500, atMs: atDay(1) }),
    anOrderLine({ order: 'b', item: 'milk', paidFen: 800, atMs: atDay(4) }),
    aRefund({ order: 'b', item: 'milk', refundFen: 300 }),
    anOrderLine({ order: 'c', item: 'milk', paidFen: 700, status: 'refunded', atMs: atDay(5) }),
    anOrderLine({ order: 'd', item: 'milk', paidFen: 700, status: 'created', atMs: atDay(6) }),
    anOrderLine({ order: 'e', item: 'milk', paidFen: 700, atMs: atDay(30) }),
    anOrderLine({ order: 'a', item: 'sample', paidFen: 0, isGift: true, atMs: atDay(1) }),
    anOrderLine({ order: 'f', item: 'milk', paidFen: 0, isGift: true, atMs: atDay(8) }),
  ]);
  const amounts = deriveAmounts(ledger, day(10));
  expect([amounts.orders[0], amounts.netFen[0], amounts.firstDay[0], amounts.lastDay[0]]).toEqual([
    2,
    2000,
    day(1),
    day(4),
  ]);
  const again = deriveAmounts(ledger, day(40));
  addAmounts(ledger, day(10), 0, again);
  expect(again).toEqual(amounts);
});

test('[RFM4] a gift somebody paid for is a purchase of who paid, one for nothing is none anywhere', () => {
  const gift = (order: string, customer: number, paidFen: number) =>
    anOrderLine({ order, customer: aCustomerId(customer), paidFen, isGift: true, atMs: atDay(3) });
  const ledger = aFakeLedger([gift('a', 1, 900), gift('b', 2, 0)]);
  const beliefs = deriveBeliefs(ledger, defaultParameters, day(10));
  expect([...beliefs.orders]).toEqual([1, 0]);
  expect([...beliefs.stage].map((at) => stages[at])).toEqual(['first-purchase', 'aware']);
  expect([...beliefs.rfm].map((at) => rfmNames[at])).toEqual(['new', 'none']);
  expect([...beliefs.lastDay]).toEqual([day(3), -1]);
});

test('[RFM4, RFM5, RFM8] the amounts of scattered lines are those of plain adding', () => {
  const random = seededRandom(8);
  const pick = (below: number): number => Math.floor(random() * below);
  const count = 5000;
  const column = (value: () => number): Int32Array => Int32Array.from({ length: count }, value);
  const orderLines = {
    count,
    live: Uint8Array.from({ length: count }, () => pick(9) && 1),
    customer: column(() => pick(40)),
    order: column(() => pick(900)),
    product: column(() => pick(5)),
    day: column(() => 100 + pick(30)),
    paidFen: column(() => pick(10_000)),
    refundFen: column(() => pick(50)),
    flags: Uint8Array.from({ length: count }, () => (pick(2) === 0 ? 0 : pick(64))),
  };
  const products = Uint8Array.of(1, 0, 1, 1, 1);
  for (const customers of [40, 90]) {
    const { orders, netFen, firstDay, lastDay } = deriveAmounts(
      { orderLines, customerCount: customers, orderCount: 900 },
      120,
      products,
    );
    const plain = Array.from({ length: customers }, (_, who) => {
      const rows = [...orderLines.customer.keys()].filter(
        (row) =>
          orderLines.customer[row] === who &&
          orderLines.live[row] === 1 &&
          (orderLines.flags[row]! & notAPurchase) === 0 &&
          orderLines.day[row]! <= 120 &&
          products[orderLines.product[row]!] === 1,
      );
      const days = rows.map((row) => orderLines.day[row]!);
      const net = rows.reduce((sum, row) => sum + orderLines.paidFen[row]! - orderLines.refundFen[row]!, 0);
      const ends = days.length === 0 ? [-1, -1] : [Math.min(...days), Math.max(...days)];
      return [new Set(rows.map((row) => orderLines.order[row])).size, net, ...ends];
    });
    const found = [...orders.keys()].map((c) => [orders[c], netFen[c], firstDay[c], lastDay[c]]);
    expect(found).toEqual(plain);
  }
});

test('[RFM6] everybody has exactly one name; without an order none and zeros', () => {
  const ledger = aFakeLedger([
    anOrderLine({ customer: aCustomerId(1), order: 'a', atMs: atDay(0) }),
    anOrderLine({ customer: aCustomerId(2), order: 'b', status: 'closed' }),
  ]);
  const { columns } = deriveRfm(ledger, day(200), defaultThresholds);
  expect([...columns.rfm].map((at) => rfmNames[at])).toEqual(['lost', 'none']);
  expect([columns.recencyScore[1], columns.frequencyScore[1], columns.moneyScore[1]]).toEqual([0, 0, 0]);
});

test('[RFM7] the first rule that fits gives the name', () => {
  const base = { orders: 5, recencyDays: 3, ageDays: 100, recencyScore: 5, moneyScore: 5 };
  const nameOf = (given: Partial<typeof base>) => {
    const { orders, recencyDays, ageDays, recencyScore, moneyScore } = { ...base, ...given };
    return rfmNames[nameIndex(orders, recencyDays, ageDays, recencyScore, moneyScore, defaultThresholds.names)];
  };
  expect(nameOf({ recencyDays: 121 })).toBe('lost');
  expect(nameOf({ recencyDays: 120 })).toBe('sleeping');
  expect(nameOf({ orders: 1, ageDays: 30 })).toBe('new');
  expect(nameOf({})).toBe('vip');
  expect(nameOf({ moneyScore: 3 })).toBe('active');
});

test('[RFM9] moves count each present person once', () => {
  const moves = countMoves(Uint8Array.of(1, 2, 2, 0), Uint8Array.of(1, 4, 2, 3), Uint8Array.of(1, 1, 1, 0));
  expect(moves.moves[2]?.[4]).toBe(1);
  expect(moves.before.reduce((sum, n) => sum + n, 0)).toBe(3);
  expect(moves.after).toEqual([0, 1, 1, 0, 1, 0]);
});

test('[RFM9] who was not there yet had no name before, not even that of no order', () => {
  const order = (customer: number, at: number) =>
    anOrderLine({ customer: aCustomerId(customer), order: `o-${customer}`, atMs: atDay(at) });
  const ledger = aFakeLedger([order(1, 0), order(2, 9), anAlias({ customer: aCustomerId(3) })]);
  const before = deriveRfmNames(ledger, defaultThresholds, day(3));
  const { columns } = deriveRfm(ledger, day(10), defaultThresholds);
  const moves = countMoves(before, columns.rfm, new Uint8Array(3).fill(1));
  expect([moves.before[0], moves.after[0]]).toEqual([1, 1]);
  expect(moves.before.reduce((sum, n) => sum + n, 0)).toBe(2);
  expect(moves.moves.at(-1)?.reduce((sum, n) => sum + n, 0)).toBe(1);
});

test('[RFM10] thresholds: unusable ones are refused, unreadable ones read as the default, reading writes nothing', () => {
  const doc = new Y.Doc();
  expect(readRfmThresholds(doc)).toEqual(defaultThresholds);
  expect(Y.encodeStateAsUpdate(doc).length).toBe(2);
  const fixed = { ...defaultThresholds, recency: { mode: 'fixed', values: [7, 14, 28, 56] } } as const;
  expect(writeRfmThresholds(doc, fixed)).toEqual({ ok: true, value: 'done' });
  expect(writeRfmThresholds(doc, fixed)).toEqual({ ok: true, value: 'unchanged' });
  expect(readRfmThresholds(doc)).toEqual(fixed);
  expect(writeRfmThresholds(doc, { ...fixed, money: { mode: 'fixed', values: [1, 1, 2, 3] } })).toMatchObject({
    error: { kind: 'cuts-must-rise' },
  });
  expect(writeRfmThresholds(doc, { ...fixed, names: { ...fixed.names, sleepingAfterDays: 300 } })).toMatchObject({
    error: { kind: 'unusable-name-rules' },
  });
  doc.getMap('rfmThresholds').set('recency', ['x', 2, 3, 4]);
  doc.getMap('rfmThresholds').set('names', 'nonsense');
  expect(readRfmThresholds(doc)).toEqual(defaultThresholds);
});
