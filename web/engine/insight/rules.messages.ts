import type { BasketKind } from '#core/insight/basket/basket-parameters.ts';
import type { BasketRule } from '#core/insight/basket/read-rule.ts';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';

export interface RuleProduct {
  /** Catalogue id, else the item: what `customers.page` and `rules.list` take as `product`. */
  readonly product: string;
  readonly name: string;
  readonly category: string;
}

export interface RuleRow extends Omit<BasketRule, 'left' | 'right'> {
  /** Names the rule for as long as it is there: its kind and its products. */
  readonly id: string;
  readonly left: readonly RuleProduct[];
  readonly right: RuleProduct;
}

export const ruleSorts = ['gain', 'confidence', 'lift', 'orders'] as const;
export type RuleSort = (typeof ruleSorts)[number];

export interface RuleList {
  /** Rules that match, and the page of them. */
  readonly total: number;
  readonly rows: readonly RuleRow[];
  /** What the rules of this kind were learnt from: orders counted up to `fittedDay`, pairings tried. */
  readonly orders: number;
  readonly tested: number;
  /** The fewest orders asked for; more than the shop's choice, `fewestOrders`, where it has very many. */
  readonly fewest: number;
  readonly fittedDay: number;
  readonly thenDays: number;
  readonly fewestOrders: number;
}

/** Two orders for `then`, one for `together`. */
export interface RuleOrders {
  readonly customer: string;
  readonly alias: string;
  readonly orders: readonly { readonly name: string; readonly atMs: number }[];
}

export interface RulesRequests {
  /** An empty `product` lists all, else the rules with it on either side; `fewest` orders with both sides at least. */
  'rules.list': {
    ask: {
      readonly kind: BasketKind;
      readonly product: string;
      readonly fewest: number;
      readonly sort: RuleSort;
      readonly first: number;
      readonly count: number;
    };
    answer: RuleList;
  };
  /** Who has the left side and not the right, the latest buyers first; null when there is no such rule any more. */
  'rules.customers': {
    ask: { readonly id: string; readonly first: number; readonly count: number };
    answer: { readonly total: number; readonly rows: readonly CustomerRow[] } | null;
  };
  /** The newest of the orders that were counted, and how many there are. */
  'rules.why': {
    ask: { readonly id: string; readonly count: number };
    answer: { readonly total: number; readonly found: readonly RuleOrders[] } | null;
  };
}
