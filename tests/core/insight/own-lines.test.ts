import { expect, test } from 'vitest';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { readOwnLines } from '#core/insight/own-lines.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, aRefund, atDay } from '#tests/makers/facts.ts';
import { aLedger, takeFacts } from '#tests/makers/ledger.ts';

const paid = (ledger: Ledger, customer: number): number[] => {
  const { size, paidFen } = readOwnLines(ledger, ledger.denseCustomer(aCustomerId(customer)));
  return [...paidFen.subarray(0, size)];
};

test('[PRO1] the lines of one customer are read anew when they, the ledger or the customer are others', () => {
  const line = (customer: number, order: string, at: number, paidFen: number) =>
    anOrderLine({ customer: aCustomerId(customer), order, atMs: atDay(at), paidFen });
  const ledger = aLedger([line(1, 'b', 5, 70_000), line(1, 'a', 2, 300), line(2, 'c', 3, 40)]);
  expect(paid(ledger, 1)).toEqual([300, 70_000]);
  expect(paid(ledger, 2)).toEqual([40]);
  expect(paid(aLedger([line(2, 'c', 3, 50)]), 2)).toEqual([50]);
  expect(paid(ledger, 2)).toEqual([40]);
  const many = Array.from({ length: 300 }, (_, at) => line(2, `m-${at}`, 10 + at, at));
  takeFacts(ledger, [...many, aRefund({ order: 'c', refundFen: 15 })]);
  const { size, day, refundFen } = readOwnLines(ledger, ledger.denseCustomer(aCustomerId(2)));
  expect([size, refundFen[0]]).toEqual([301, 15]);
  expect([...day.subarray(0, 3)]).toEqual([3, 10, 11].map((at) => dayFromMs(atDay(at))));
});
