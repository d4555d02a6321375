/**
 * Reads one customer's purchases into one slot per product: purchase days, ln gaps and their sums. Two purchases of a
 * product on one day are one. Left out: gifts, lines unpaid, wholly refunded or marked as tests, and days after
 * `asOfDay`. The arrays are reused from customer to customer, so nothing is allocated while a base is read.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';

export class PairHistory {
  /** How many slots hold a product of the customer last read. */
  size = 0;
  product = new Int32Array(64);
  firstDay = new Int32Array(64);
  lastDay = new Int32Array(64);
  purchases = new Int32Array(64);
  sum = new Float64Array(64);
  squares = new Float64Array(64);
  lastLogGap = new Float64Array(64);
  readonly #slotOfProduct: Int32Array;

  constructor(products: number) {
    this.#slotOfProduct = new Int32Array(products).fill(-1);
  }

  /** Forgets the last customer. */
  clear(): void {
    for (let slot = 0; slot < this.size; slot++) this.#slotOfProduct[this.product[slot] as number] = -1;
    this.size = 0;
  }

  /** Reads all purchases of a customer. */
  read(ledger: Ledger, dense: number, asOfDay: BusinessDay): void {
    this.clear();
    const { product, day, flags } = ledger.orderLines;
    const rows = ledger.linesOfCustomer(dense);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const at = day[row] as number;
      if (((flags[row] as number) & notInCycle) === 0 && at <= asOfDay) this.add(product[row] as number, at);
    }
  }

  /** Adds one purchase, in order of time; answers its slot, or -1 for a second one on the same day. */
  add(product: number, day: BusinessDay): number {
    let slot = this.#slotOfProduct[product] as number;
    if (slot === -1) {
      slot = this.#open(product, day);
      return slot;
    }
    const gap = day - (this.lastDay[slot] as number);
    if (gap <= 0) return -1;
    const y = Math.log(gap);
    this.purchases[slot] = (this.purchases[slot] as number) + 1;
    this.sum[slot] = (this.sum[slot] as number) + y;
    this.squares[slot] = (this.squares[slot] as number) + y * y;
    this.lastLogGap[slot] = y;
    this.lastDay[slot] = day;
    return slot;
  }

  /** -1 when the customer never bought it. */
  slotOf(product: number): number {
    return this.#slotOfProduct[product] as number;
  }

  /** Sum of squared deviations from the own mean. */
  scatter(slot: number): number {
    const gaps = (this.purchases[slot] as number) - 1;
    if (gaps < 2) return 0;
    const sum = this.sum[slot] as number;
    return Math.max(0, (this.squares[slot] as number) - (sum * sum) / gaps);
  }

  #open(product: number, day: BusinessDay): number {
    if (this.size === this.product.length) this.#grow();
    const slot = this.size++;
    this.#slotOfProduct[product] = slot;
    this.product[slot] = product;
    this.firstDay[slot] = day;
    this.lastDay[slot] = day;
    this.purchases[slot] = 1;
    this.sum[slot] = 0;
    this.squares[slot] = 0;
    this.lastLogGap[slot] = 0;
    return slot;
  }

  #grow(): void {
    const size = this.product.length * 2;
    const int = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(size);
      next.set(old);
      return next;
    };
    const float = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(size);
      next.set(old);
      return next;
    };
    this.product = int(this.product);
    this.firstDay = int(this.firstDay);
    this.lastDay = int(this.lastDay);
    this.purchases = int(this.purchases);
    this.sum = float(this.sum);
    this.squares = float(this.squares);
    this.lastLogGap = float(this.lastLogGap);
  }
}
