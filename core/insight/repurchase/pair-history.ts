/**
 * Reads one customer's purchases into one slot per product: purchase days, ln gaps (season, stock-up and promotion taken
 * off) and what is counted of them. Two purchases of a product on one day are one. Left out: gifts, lines unpaid, wholly
 * refunded or marked as tests, and days after `asOfDay`. The arrays are reused from customer to customer, so nothing is
 * allocated while a base is read.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { readOwnLines } from '../own-lines.ts';
import { notInCycle } from '../purchase-line.ts';
import { type ProductFactor, isOnPromotion, seasonOf, stockUpRatio } from './gap-factors.ts';

const createSlots = (size: number) => ({
  product: new Int32Array(size),
  firstDay: new Int32Array(size),
  lastDay: new Int32Array(size),
  purchases: new Int32Array(size),
  sum: new Float64Array(size),
  squares: new Float64Array(size),
  lastLogGap: new Float64Array(size),
  previousLogGap: new Float64Array(size),
  leastLogGap: new Float64Array(size),
  mostLogGap: new Float64Array(size),
  /** Each gap halves the weight of those before it. */
  smoothedLogGap: new Float64Array(size),
  /** ln of what the last purchase does to the gap it began. Kept, like all below, only where factors are given. */
  factor: new Float64Array(size),
  /** ln(quantity of the last day / usual quantity before), and whether that day's first line was on promotion. */
  ratio: new Float64Array(size),
  isPromotion: new Uint8Array(size),
  dayQuantity: new Float64Array(size),
  dayPaid: new Float64Array(size),
  earlierQuantity: new Float64Array(size),
  earlierPaid: new Float64Array(size),
});

type Slots = ReturnType<typeof createSlots>;

export class PairHistory {
  /** How many slots hold a product of the customer last read. */
  size = 0;
  slots: Slots = createSlots(64);
  readonly #slotOfProduct: Int32Array;

  constructor(products: number) {
    this.#slotOfProduct = new Int32Array(products).fill(-1);
  }

  /** Forgets the last customer. */
  clear(): void {
    const { product } = this.slots;
    for (let slot = 0; slot < this.size; slot++) this.#slotOfProduct[product[slot] as number] = -1;
    this.size = 0;
  }

  /** Reads all purchases of a customer; `factors` by dense product, null where none has an effect. */
  read(ledger: Ledger, dense: number, asOfDay: BusinessDay, factors: readonly ProductFactor[] | null): void {
    this.clear();
    const { size, product, day, flags, quantityMilli, paidFen } = readOwnLines(ledger, dense);
    for (let at = 0; at < size; at++) {
      const on = day[at] as number;
      if (((flags[at] as number) & notInCycle) !== 0 || on > asOfDay) continue;
      const which = product[at] as number;
      if (factors === null) this.add(which, on);
      else this.add(which, on, factors[which], quantityMilli[at], paidFen[at]);
    }
  }

  /** Adds one purchase, in order of time; answers its slot, or -1 for a second one on the same day. */
  add(product: number, day: BusinessDay, factor?: ProductFactor, quantity = 0, paid = 0): number {
    const slot = this.#slotOfProduct[product] as number;
    if (slot === -1) return this.#open(product, day, factor, quantity, paid);
    const { slots } = this;
    const gap = day - (slots.lastDay[slot] as number);
    if (gap <= 0) {
      if (factor) this.#addToDay(slot, day, factor, quantity, paid);
      return -1;
    }
    let y = Math.log(gap);
    if (factor) y -= (slots.factor[slot] as number) + this.#endDay(slot, day, factor, quantity, paid);
    const purchases = slots.purchases[slot] as number;
    slots.purchases[slot] = purchases + 1;
    slots.sum[slot] = (slots.sum[slot] as number) + y;
    slots.squares[slot] = (slots.squares[slot] as number) + y * y;
    slots.lastDay[slot] = day;
    if (purchases === 1) {
      slots.leastLogGap[slot] = slots.mostLogGap[slot] = slots.smoothedLogGap[slot] = y;
      slots.previousLogGap[slot] = y;
    } else {
      if (y < (slots.leastLogGap[slot] as number)) slots.leastLogGap[slot] = y;
      if (y > (slots.mostLogGap[slot] as number)) slots.mostLogGap[slot] = y;
      slots.smoothedLogGap[slot] = ((slots.smoothedLogGap[slot] as number) + y) / 2;
      slots.previousLogGap[slot] = slots.lastLogGap[slot] as number;
    }
    slots.lastLogGap[slot] = y;
    return slot;
  }

  /** -1 when the customer never bought it. */
  slotOf(product: number): number {
    return this.#slotOfProduct[product] as number;
  }

  /** Sum of squared deviations from the own mean. */
  scatter(slot: number): number {
    return scatterOf(
      (this.slots.purchases[slot] as number) - 1,
      this.slots.sum[slot] as number,
      this.slots.squares[slot] as number,
    );
  }

  #open(product: number, day: BusinessDay, factor: ProductFactor | undefined, quantity: number, paid: number): number {
    if (this.size === this.slots.product.length) this.#grow();
    const { slots } = this;
    const slot = this.size++;
    this.#slotOfProduct[product] = slot;
    slots.product[slot] = product;
    slots.firstDay[slot] = day;
    slots.lastDay[slot] = day;
    slots.purchases[slot] = 1;
    slots.sum[slot] = 0;
    slots.squares[slot] = 0;
    slots.lastLogGap[slot] = 0;
    slots.factor[slot] = 0;
    if (!factor) return slot;
    slots.earlierQuantity[slot] = 0;
    slots.earlierPaid[slot] = 0;
    slots.dayQuantity[slot] = quantity;
    slots.dayPaid[slot] = paid;
    slots.isPromotion[slot] = 0;
    this.#weigh(slot, day, factor);
    return slot;
  }

  /** Closes the day before and begins another; answers ln of what a promotion did to the gap it ends. */
  #endDay(slot: number, day: BusinessDay, factor: ProductFactor, quantity: number, paid: number): number {
    const { slots } = this;
    const earlierQuantity = (slots.earlierQuantity[slot] as number) + (slots.dayQuantity[slot] as number);
    const earlierPaid = (slots.earlierPaid[slot] as number) + (slots.dayPaid[slot] as number);
    slots.earlierQuantity[slot] = earlierQuantity;
    slots.earlierPaid[slot] = earlierPaid;
    slots.dayQuantity[slot] = quantity;
    slots.dayPaid[slot] = paid;
    const isPromotion = isOnPromotion(quantity, paid, earlierQuantity, earlierPaid);
    slots.isPromotion[slot] = isPromotion ? 1 : 0;
    this.#weigh(slot, day, factor, slots.purchases[slot] as number);
    return isPromotion ? factor.promotion : 0;
  }

  #addToDay(slot: number, day: BusinessDay, factor: ProductFactor, quantity: number, paid: number): void {
    const { slots } = this;
    slots.dayQuantity[slot] = (slots.dayQuantity[slot] as number) + quantity;
    slots.dayPaid[slot] = (slots.dayPaid[slot] as number) + paid;
    this.#weigh(slot, day, factor, (slots.purchases[slot] as number) - 1);
  }

  #weigh(slot: number, day: BusinessDay, factor: ProductFactor, earlier = 0): void {
    const { slots } = this;
    const ratio = stockUpRatio(slots.dayQuantity[slot] as number, slots.earlierQuantity[slot] as number, earlier);
    slots.ratio[slot] = ratio;
    slots.factor[slot] = seasonOf(factor, day) + factor.stockUp * ratio;
  }

  #grow(): void {
    const next = createSlots(this.slots.product.length * 2);
    for (const name of Object.keys(next) as (keyof Slots)[]) next[name].set(this.slots[name]);
    this.slots = next;
  }
}

export const scatterOf = (gaps: number, sum: number, squares: number): number =>
  gaps < 2 ? 0 : Math.max(0, squares - (sum * sum) / gaps);
