/**
 * All purchases that count, by pair (customer, product), in columns: what fitting reads, whether it comes from a ledger
 * or from a file. Pairs and their numbers follow the order in which purchases are given: customer by customer, oldest
 * first. Each purchase day carries what its quantity and price say about stock-up and promotion.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';
import type { ProductFactor } from './gap-factors.ts';
import { PairHistory } from './pair-history.ts';
import { productKey } from './product-priors.ts';

export interface Histories {
  readonly pairs: number;
  readonly customers: number;
  /** By product: its key and the number of its category. */
  readonly keys: readonly string[];
  readonly categoryOf: Int32Array;
  readonly categories: readonly string[];
  /** By pair. */
  readonly customer: Int32Array;
  readonly product: Int32Array;
  /** Purchases of pair p are `start[p]` up to `start[p + 1]`, oldest first. */
  readonly start: Int32Array;
  readonly day: Int32Array;
  /** ln(bought / usually bought before), and 1 where the price was a promotion's. */
  readonly ratio: Float64Array;
  readonly isPromotion: Uint8Array;
  /** By days: how many gaps between two purchase days of one customer, whatever was bought, were so long. */
  readonly dayGaps: Int32Array;
}

export interface HistoryProduct {
  readonly key: string;
  readonly category: string;
}

const plain: ProductFactor = { season: null, stockUp: 0, promotion: 0 };

export class HistoriesBuilder {
  readonly #products: readonly HistoryProduct[];
  readonly #history: PairHistory;
  readonly #pairCustomer: number[] = [];
  readonly #pairProduct: number[] = [];
  #pair: Int32Array;
  #day: Int32Array;
  #ratio: Float64Array;
  #isPromotion: Uint8Array;
  /** Row of each slot's last purchase day. */
  #rowOfSlot: number[] = [];
  #size = 0;
  #firstPair = 0;
  #customers = 0;
  #lastDay = -1;
  #dayGaps = new Int32Array(512);

  constructor(products: readonly HistoryProduct[], mostLines: number) {
    this.#products = products;
    this.#history = new PairHistory(products.length);
    this.#pair = new Int32Array(mostLines);
    this.#day = new Int32Array(mostLines);
    this.#ratio = new Float64Array(mostLines);
    this.#isPromotion = new Uint8Array(mostLines);
  }

  /** All purchases given from now on are another customer's. */
  nextCustomer(): void {
    this.#firstPair += this.#history.size;
    this.#history.clear();
    this.#rowOfSlot = [];
    this.#lastDay = -1;
    this.#customers++;
  }

  /** In order of time. */
  add(product: number, day: BusinessDay, quantity: number, paid: number): void {
    const history = this.#history;
    this.#countDay(day);
    const known = history.size;
    const added = history.add(product, day, plain, quantity, paid);
    const slot = added === -1 ? history.slotOf(product) : added;
    if (slot === known) {
      this.#pairCustomer.push(this.#customers - 1);
      this.#pairProduct.push(product);
    }
    if (added !== -1) {
      this.#rowOfSlot[slot] = this.#size;
      this.#pair[this.#size] = this.#firstPair + slot;
      this.#day[this.#size] = day;
      this.#isPromotion[this.#size++] = known > slot ? (history.slots.isPromotion[slot] as number) : 0;
    }
    this.#ratio[this.#rowOfSlot[slot] as number] = history.slots.ratio[slot] as number;
  }

  #countDay(day: BusinessDay): void {
    const gap = this.#lastDay === -1 ? 0 : day - this.#lastDay;
    this.#lastDay = day;
    if (gap === 0) return;
    if (gap >= this.#dayGaps.length) {
      const gaps = this.#dayGaps;
      this.#dayGaps = new Int32Array(gap * 2);
      this.#dayGaps.set(gaps);
    }
    this.#dayGaps[gap]!++;
  }

  /** Sorted by pair; within a pair they came in order of time. */
  finish(): Histories {
    const pairs = this.#pairCustomer.length;
    const start = new Int32Array(pairs + 1);
    for (let i = 0; i < this.#size; i++) start[(this.#pair[i] as number) + 1]!++;
    for (let p = 0; p < pairs; p++) start[p + 1]! += start[p] as number;
    const next = start.slice();
    const day = new Int32Array(this.#size);
    const ratio = new Float64Array(this.#size);
    const isPromotion = new Uint8Array(this.#size);
    for (let i = 0; i < this.#size; i++) {
      const at = next[this.#pair[i] as number]!++;
      day[at] = this.#day[i] as number;
      ratio[at] = this.#ratio[i] as number;
      isPromotion[at] = this.#isPromotion[i] as number;
    }
    const categories = [...new Set(this.#products.map(({ category }) => category))].sort();
    const numberOf = new Map(categories.map((name, at) => [name, at]));
    return {
      pairs,
      customers: this.#customers,
      keys: this.#products.map(({ key }) => key),
      categoryOf: Int32Array.from(this.#products, ({ category }) => numberOf.get(category) as number),
      categories,
      customer: Int32Array.from(this.#pairCustomer),
      product: Int32Array.from(this.#pairProduct),
      start,
      day,
      ratio,
      isPromotion,
      dayGaps: this.#dayGaps,
    };
  }
}

/** What `customers` (in an order that does not hang on arrival) bought up to a day. */
export const readHistories = (ledger: Ledger, customers: Int32Array, asOfDay: BusinessDay): Histories => {
  const products = Array.from({ length: ledger.productCount }, (_, p) => {
    const product = ledger.product(p);
    return { key: productKey(product), category: product.category };
  });
  const builder = new HistoriesBuilder(products, ledger.orderLines.count);
  const { product, day, flags, quantityMilli, paidFen } = ledger.orderLines;
  for (const c of customers) {
    builder.nextCustomer();
    for (const row of ledger.linesOfCustomer(c)) {
      const at = day[row] as number;
      if (((flags[row] as number) & notInCycle) !== 0 || at > asOfDay) continue;
      builder.add(product[row] as number, at, quantityMilli[row] as number, paidFen[row] as number);
    }
  }
  return builder.finish();
};
