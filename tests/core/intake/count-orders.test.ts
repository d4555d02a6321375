import { expect, test } from 'vitest';
import type { Fact, OrderLine } from '#core/datasets/fact.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import { deriveAmounts } from '#core/insight/rfm/derive-amounts.ts';
import { refundsOfLines } from '#core/intake/gather-columns.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { takeFacts } from '#tests/makers/demo-ledger.ts';
import { aCustomerId } from '#tests/makers/facts.ts';
import { intakeOf, nowMs } from './intake-of.ts';

const heads = '订单号,买家ID,支付时间,商品编码,数量,商品实付金额,订单状态,退款金额';
const file = [
  heads,
  '1,c1,2026-01-01 10:00,A,1,40.00,已完成,0',
  '1,c1,2026-01-01 10:00,B,1,10.00,已完成,4.00',
  '2,c2,2026-01-02 10:00,A,1,40.00,待付款,0',
  '3,c2,2026-01-03 10:00,A,1,40.00,测试,0',
  '4,c1,2026-01-04 10:00,A,1,40.00,退款成功,40.00',
  '5,c1,2026-01-05 10:00,A,1,40.00,已完成,40.00',
  '6,c3,2026-01-06 10:00,A,1,0,已完成,0',
  '7,c3,2026-01-07 10:00,A,1,40.00,已完成,0',
  '8,c4,2026-01-08 10:00,A,1,30.00,已完成,0',
  '9,c4,2026-01-09 10:00,A,1,30.00,已完成,0',
  // Takes back order 9 whole and a part of order 8; then all that order 7 was.
  'C10,c4,2026-01-10 10:00,A,-2,-45.00,已完成,0',
  'C11,c3,2026-01-11 10:00,A,-1,-40.00,已完成,0',
].join('\n');

test('[IMP15, IMP23] what is said of a file before it is written is what the ledger counts of it after', () => {
  const { verdict, lines, returns } = intakeOf(file, undefined, true);
  const { summary } = verdict;
  expect(summary).toMatchObject({
    orders: 2,
    unpaidOrders: 2,
    refundedOrders: 4,
    giftOrders: 1,
    netFen: 4000 + 600 + 1500,
    returns: 2,
    refunds: 6,
    hasMatchedReturns: true,
  });
  const ledger = createLedger();
  const refunds = [...refundsOfLines(lines, nowMs), ...returns];
  expect(refunds).toHaveLength(summary.refunds);
  const facts: Fact[] = [
    ...lines.map(
      ({
        shop,
        order,
        item,
        nth,
        itemName,
        keys,
        atMs,
        quantityMilli,
        paidFen,
        status,
        channel,
        isGift,
      }): OrderLine => ({
        ...{
          kind: 'order-line',
          shop,
          order,
          item,
          nth,
          itemName,
          atMs,
          quantityMilli,
          paidFen,
          status,
          channel,
          isGift,
        },
        customer: aCustomerId(Number(keys[0]?.key.at(-1))),
        exportMs: nowMs,
      }),
    ),
    ...refunds.map(({ shop, order, item, nth, refund, atMs, refundFen }): Fact => ({
      ...{ kind: 'refund', shop, order, item, nth, refund, atMs, refundFen },
      exportMs: nowMs,
    })),
  ];
  takeFacts(ledger, facts, 'file');
  const amounts = deriveAmounts(ledger, dayFromMs(nowMs));
  const sum = (column: ArrayLike<number>): number => Array.from(column).reduce((all, value) => all + value, 0);
  expect([sum(amounts.orders), sum(amounts.netFen)]).toEqual([summary.orders, summary.netFen]);
});
