/**
 * The orders of a ledger up to a day as baskets of dense products, those of one customer together, oldest first (ties by
 * the order's number in the ledger). Gifts, unpaid, refunded and test lines are left out, and with them orders that hold
 * nothing else; a product counts once an order.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';
import type { Baskets } from './baskets.ts';

export interface OwnedBaskets extends Baskets {
  /** By basket: dense customer, day, and dense order. Baskets of one owner stand side by side. */
  readonly owner: Int32Array;
  readonly day: Int32Array;
  readonly order: Int32Array;
}

export const collectOrders = (ledger: Ledger, asOfDay: BusinessDay): OwnedBaskets => {
  const { orderCount, productCount, orderLines } = ledger;
  const { count, order, product, customer, day } = orderLines;
  const owner = new Int32Array(orderCount).fill(-1);
  const firstDay = new Int32Array(orderCount);
  const ends = new Int32Array(orderCount + 1);
  const isCounted = (row: number): boolean =>
    orderLines.live[row] === 1 && (orderLines.flags[row]! & notInCycle) === 0 && day[row]! <= asOfDay;
  for (let row = 0; row < count; row++) {
    if (!isCounted(row)) continue;
    const at = order[row]!;
    if (owner[at] === -1 || day[row]! < firstDay[at]!) firstDay[at] = day[row]!;
    owner[at] = customer[row]!;
    ends[at + 1]!++;
  }
  for (let at = 0; at < orderCount; at++) ends[at + 1]! += ends[at]!;
  const lines = new Int32Array(ends[orderCount]!);
  const next = ends.slice(0, orderCount);
  for (let row = 0; row < count; row++) if (isCounted(row)) lines[next[order[row]!]!++] = product[row]!;
  const counted = Int32Array.from(owner.keys()).filter((at) => owner[at]! >= 0);
  const inTurn = sortStably(sortStably(counted, firstDay), owner);
  const items = new Int32Array(lines.length);
  const starts = new Int32Array(inTurn.length + 1);
  const seen = new Int32Array(productCount).fill(-1);
  let size = 0;
  inTurn.forEach((at, basket) => {
    for (let line = ends[at]!; line < ends[at + 1]!; line++) {
      const item = lines[line]!;
      if (seen[item] === basket) continue;
      seen[item] = basket;
      items[size++] = item;
    }
    starts[basket + 1] = size;
  });
  return {
    count: inTurn.length,
    itemCount: productCount,
    starts,
    items: items.subarray(0, size),
    owner: inTurn.map((at) => owner[at]!),
    day: inTurn.map((at) => firstDay[at]!),
    order: inTurn,
  };
};

/** By whole numbers from 0 on; equal ones stay as they stand. */
function sortStably(orders: Int32Array, by: Int32Array): Int32Array {
  const most = orders.reduce((highest, at) => Math.max(highest, by[at]!), 0);
  const next = new Int32Array(most + 2);
  for (const at of orders) next[by[at]! + 1]!++;
  for (let value = 0; value <= most; value++) next[value + 1]! += next[value]!;
  const sorted = new Int32Array(orders.length);
  for (const at of orders) sorted[next[by[at]!]!++] = at;
  return sorted;
}
