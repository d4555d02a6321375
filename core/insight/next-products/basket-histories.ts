/**
 * Who had what in which basket, oldest basket first: what next products are told by, from a ledger or a file. Baskets
 * of customer c are `basketStart[c]` up to `basketStart[c + 1]`, products of basket b `itemStart[b]` up to
 * `itemStart[b + 1]` of `item`, each once.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';

export interface BasketHistories {
  readonly itemCount: number;
  readonly basketStart: Int32Array;
  readonly itemStart: Int32Array;
  readonly item: Int32Array;
  /** Business day of each basket. */
  readonly day: Int32Array;
}

/** The baskets of `customers`, in that order; a basket is what one customer bought on one day. */
export const readBasketHistories = (ledger: Ledger, customers: Int32Array, asOfDay: BusinessDay): BasketHistories => {
  const { product, day, flags } = ledger.orderLines;
  const builder = new BasketHistoriesBuilder(ledger.productCount);
  for (const customer of customers) {
    builder.startCustomer();
    for (const row of ledger.linesOfCustomer(customer)) {
      const at = day[row]!;
      if ((flags[row]! & notInCycle) === 0 && at <= asOfDay) builder.add(at, product[row]!);
    }
  }
  return builder.finish();
};

export class BasketHistoriesBuilder {
  readonly #itemCount: number;
  readonly #basketStart: number[] = [];
  readonly #itemStart: number[] = [];
  readonly #item: number[] = [];
  readonly #day: number[] = [];
  /** In which basket each product was seen last. */
  readonly #seenIn: Int32Array;

  constructor(itemCount: number) {
    this.#itemCount = itemCount;
    this.#seenIn = new Int32Array(itemCount).fill(-1);
  }

  startCustomer(): void {
    this.#basketStart.push(this.#day.length);
  }

  /** In order of time; the same day is the same basket. */
  add(day: number, item: number): void {
    const begun = this.#day.length - 1;
    if (begun < this.#basketStart.at(-1)! || this.#day[begun] !== day) {
      this.#itemStart.push(this.#item.length);
      this.#day.push(day);
    }
    const basket = this.#day.length - 1;
    if (this.#seenIn[item] === basket) return;
    this.#seenIn[item] = basket;
    this.#item.push(item);
  }

  finish(): BasketHistories {
    return {
      itemCount: this.#itemCount,
      basketStart: Int32Array.from([...this.#basketStart, this.#day.length]),
      itemStart: Int32Array.from([...this.#itemStart, this.#item.length]),
      item: Int32Array.from(this.#item),
      day: Int32Array.from(this.#day),
    };
  }
}
