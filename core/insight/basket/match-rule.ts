/**
 * Whom a rule speaks of: people with its left side and without its right, the latest buyers first (ties by id).
 * `together`: they have bought all of the left side at some time, and the right side never. `then`: the left side was in
 * their latest order (of that day), at most `thenDays` ago, and the right side was not.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';
import type { BasketRule } from './read-rule.ts';

export const matchRule = (ledger: Ledger, rule: BasketRule, thenDays: number, asOfDay: BusinessDay): Int32Array => {
  const left = rule.left.map((key) => ledger.denseProduct(key));
  const right = ledger.denseProduct(rule.right);
  if (right < 0 || left.includes(-1)) return new Int32Array(0);
  const { count, live, flags, day, customer, product } = ledger.orderLines;
  const isCounted = (row: number): boolean =>
    live[row] === 1 && (flags[row]! & notInCycle) === 0 && day[row]! <= asOfDay;
  const lastDay = new Int32Array(ledger.customerCount).fill(-1);
  for (let row = 0; row < count; row++)
    if (isCounted(row) && day[row]! > lastDay[customer[row]!]!) lastDay[customer[row]!] = day[row]!;
  const isLatestOnly = rule.kind === 'then';
  const all = (1 << left.length) - 1;
  const has = new Uint8Array(ledger.customerCount);
  for (let row = 0; row < count; row++) {
    if (!isCounted(row)) continue;
    const owner = customer[row]!;
    if (isLatestOnly && day[row] !== lastDay[owner]) continue;
    const side = left.indexOf(product[row]!);
    if (side >= 0) has[owner]! |= 1 << side;
    else if (product[row] === right) has[owner]! |= 1 << left.length;
  }
  return Int32Array.from(has.keys())
    .filter((c) => has[c] === all && (!isLatestOnly || asOfDay - lastDay[c]! <= thenDays))
    .sort((a, b) => lastDay[b]! - lastDay[a]! || (ledger.customer(a).id < ledger.customer(b).id ? -1 : 1));
};
