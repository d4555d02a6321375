/**
 * A ranker over a ledger on one business day. What everybody bought is read from at most about `mostLines` lines, those
 * of customers chosen by a hash of their id, so that every device chooses the same and a large shop costs a moment;
 * the customer asked about is always read whole. Says `insufficient-evidence` for whoever has no basket.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { productKey } from '../product-key.ts';
import { type BasketHistories, readBasketHistories } from './basket-histories.ts';
import type { NextProductsParameters } from './next-products-parameters.ts';
import type { NextProduct, NextProductsRanker, NextReason } from './next-products-ranker.ts';

export type NextProducts =
  | { readonly kind: 'insufficient-evidence'; readonly basketsNeeded: 1; readonly baskets: 0 }
  | {
      readonly kind: 'ranked';
      /** `built-in`: habit and popularity as they are, because the shop has shown too little to learn from. */
      readonly basis: 'learnt' | 'built-in';
      readonly baskets: number;
      readonly products: readonly (NextProduct & { readonly reason: NextReason })[];
    };

export interface ShopBaskets {
  readonly histories: BasketHistories;
  /** Place of each product among all by key. */
  readonly rank: Int32Array;
}

const mostLines = 300_000;
/** Enough to learn the weights from. */
export const learnLines = 100_000;

/** Reads what everybody bought; keep the answer while the ledger's version and the day stay the same. */
export const readShopBaskets = (ledger: Ledger, asOfDay: BusinessDay, most = mostLines): ShopBaskets => {
  const customers = someCustomers(ledger, Math.ceil(countLines(ledger, asOfDay) / most));
  return { histories: readBasketHistories(ledger, customers, asOfDay), rank: rankByKey(ledger) };
};

export const rankNextProducts = (
  ranker: NextProductsRanker,
  ledger: Ledger,
  asOfDay: BusinessDay,
  parameters: NextProductsParameters,
  customer: number,
  most: number,
): NextProducts => {
  const histories = readBasketHistories(ledger, Int32Array.of(customer), asOfDay);
  const products = ranker.rank(histories, 0, most).map((next) => ({ ...next, reason: ranker.reasonOf(next.product) }));
  const baskets = histories.day.length;
  if (baskets === 0) return { kind: 'insufficient-evidence', basketsNeeded: 1, baskets: 0 };
  return { kind: 'ranked', basis: parameters.customers > 0 ? 'learnt' : 'built-in', baskets, products };
};

export const rankByKey = (ledger: Ledger): Int32Array => {
  const keys = Array.from({ length: ledger.productCount }, (_, p) => productKey(ledger.product(p)));
  const rank = new Int32Array(keys.length);
  [...keys.keys()]
    .sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a] === keys[b] ? a - b : 1))
    .forEach((product, at) => (rank[product] = at));
  return rank;
};

/** Every `stride`-th by the hash of their id, in order of id. */
function someCustomers(ledger: Ledger, stride: number): Int32Array {
  const chosen: { c: number; id: string }[] = [];
  for (let c = 0; c < ledger.customerCount; c++) {
    if (ledger.canonical(c) !== c) continue;
    const { id } = ledger.customer(c);
    if (stride <= 1 || hashOf(id) % stride === 0) chosen.push({ c, id });
  }
  return Int32Array.from(
    chosen.sort((a, b) => (a.id < b.id ? -1 : 1)),
    ({ c }) => c,
  );
}

function countLines({ orderLines: { count, live, day } }: Ledger, asOfDay: BusinessDay): number {
  let lines = 0;
  for (let row = 0; row < count; row++) if (live[row] === 1 && day[row]! <= asOfDay) lines++;
  return lines;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
