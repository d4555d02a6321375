/**
 * What came next: a basket for each day on which a customer ordered. Items below `itemCount / 2` are what was bought that
 * day; the same product plus `itemCount / 2` stands for it in the customer's next order on a later day, when that was at
 * most `thenDays` on. Days whose time is not over yet are left out, whether or not something followed, because those
 * that were followed quickly would be counted and the others not.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { OwnedBaskets } from './collect-orders.ts';
import { IntList } from './int-list.ts';

export const followOrders = (orders: OwnedBaskets, thenDays: number, asOfDay: BusinessDay): OwnedBaskets => {
  const half = orders.itemCount;
  const items = new IntList();
  const starts = new IntList();
  const first = new IntList();
  const seen = new Int32Array(2 * half).fill(-1);
  const take = (from: number, to: number, shift: number): void => {
    for (let at = orders.starts[from]!; at < orders.starts[to]!; at++) {
      const item = orders.items[at]! + shift;
      if (seen[item] === starts.size) continue;
      seen[item] = starts.size;
      items.push(item);
    }
  };
  starts.push(0);
  for (let from = 0; from < orders.count;) {
    const to = endOfDay(orders, from);
    if (orders.day[from]! + thenDays <= asOfDay) {
      take(from, to, 0);
      const isSame = to < orders.count && orders.owner[to] === orders.owner[from];
      if (isSame && orders.day[to]! - orders.day[from]! <= thenDays) take(to, endOfDay(orders, to), half);
      starts.push(items.size);
      first.push(from);
    }
    from = to;
  }
  return {
    count: first.size,
    itemCount: 2 * half,
    starts: starts.view(),
    items: items.view(),
    owner: first.view().map((from) => orders.owner[from]!),
    day: first.view().map((from) => orders.day[from]!),
    order: first.view().map((from) => orders.order[from]!),
  };
};

/** Where the orders of this customer on this day end. */
export const endOfDay = (orders: OwnedBaskets, from: number): number => {
  let to = from + 1;
  while (to < orders.count && orders.owner[to] === orders.owner[from] && orders.day[to] === orders.day[from]) to++;
  return to;
};
