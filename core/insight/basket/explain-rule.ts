/**
 * Why a rule: the orders it was counted in, newest first (ties by customer). One order for `together`; for `then` the
 * first of the day on which the left side was bought and the first of the day that followed. As many as the rule says,
 * as long as the facts are those it was learnt from.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { collectOrders } from './collect-orders.ts';
import { endOfDay, followOrders } from './follow-orders.ts';
import type { BasketRule } from './read-rule.ts';

export interface CountedOrders {
  /** Dense in the ledger. */
  readonly customer: number;
  readonly day: BusinessDay;
  readonly orders: readonly number[];
}

/** `learntDay`: the day whose evening's facts the rule was learnt from. */
export const explainRule = (
  ledger: Ledger,
  rule: BasketRule,
  thenDays: number,
  learntDay: BusinessDay,
): readonly CountedOrders[] => {
  const left = rule.left.map((key) => ledger.denseProduct(key));
  const right = ledger.denseProduct(rule.right);
  if (right < 0 || left.includes(-1)) return [];
  const orders = collectOrders(ledger, learntDay);
  const isThen = rule.kind === 'then';
  const baskets = isThen ? followOrders(orders, thenDays, learntDay) : orders;
  const sides = [...left, isThen ? right + ledger.productCount : right];
  const placeOfOrder = new Map(isThen ? Array.from(orders.order, (order, at) => [order, at]) : []);
  const found: CountedOrders[] = [];
  for (let at = 0; at < baskets.count; at++) {
    const items = baskets.items.subarray(baskets.starts[at], baskets.starts[at + 1]);
    if (!sides.every((item) => items.includes(item))) continue;
    const order = baskets.order[at]!;
    const next = isThen ? [orders.order[endOfDay(orders, placeOfOrder.get(order)!)]!] : [];
    found.push({ customer: baskets.owner[at]!, day: baskets.day[at]!, orders: [order, ...next] });
  }
  const id = (dense: number): string => ledger.customer(dense).id;
  return found.sort((a, b) => b.day - a.day || (id(a.customer) < id(b.customer) ? -1 : 1));
};
