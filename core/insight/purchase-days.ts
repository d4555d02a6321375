/**
 * The days on which customers bought, oldest first, several orders of one day counted once: what churn and value are
 * told by. Unpaid, refunded, free and test lines are no purchases; a partial refund comes off the amount.
 */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../units/business-day.ts';
import { readOwnLines } from './own-lines.ts';

export interface PurchaseDays {
  readonly day: Int32Array;
  /** Order lines (kinds of things bought) on that day. */
  readonly lines: Int32Array;
  /** Paid less refunded. */
  readonly amountFen: Float64Array;
}

/** Days of customer c are `start[c]` up to `start[c + 1]`. */
export interface PurchaseDayColumns extends PurchaseDays {
  readonly start: Int32Array;
}

/** The days of one customer at a time; the next reading overwrites them. */
export class PurchaseDayBuffer implements PurchaseDays {
  day = new Int32Array(256);
  lines = new Int32Array(256);
  amountFen = new Float64Array(256);
  size = 0;

  read(ledger: Ledger, dense: number, asOfDay: BusinessDay): this {
    const own = readOwnLines(ledger, dense);
    if (own.size > this.day.length) this.#grow(own.size);
    let size = 0;
    for (let at = 0; at < own.size; at++) {
      const on = own.day[at] as number;
      if (((own.flags[at] as number) & notAPurchase) !== 0 || on > asOfDay) continue;
      if (size === 0 || this.day[size - 1] !== on) {
        this.day[size] = on;
        this.lines[size] = 0;
        this.amountFen[size++] = 0;
      }
      this.lines[size - 1] = (this.lines[size - 1] as number) + 1;
      this.amountFen[size - 1] =
        (this.amountFen[size - 1] as number) + (own.paidFen[at] as number) - (own.refundFen[at] as number);
    }
    this.size = size;
    return this;
  }

  #grow(atLeast: number): void {
    this.day = new Int32Array(atLeast * 2);
    this.lines = new Int32Array(atLeast * 2);
    this.amountFen = new Float64Array(atLeast * 2);
  }
}

/** The days of `customers`, in that order. */
export const readPurchaseDays = (ledger: Ledger, customers: Int32Array, asOfDay: BusinessDay): PurchaseDayColumns => {
  const buffer = new PurchaseDayBuffer();
  const start = new Int32Array(customers.length + 1);
  let columns = { day: new Int32Array(1024), lines: new Int32Array(1024), amountFen: new Float64Array(1024) };
  customers.forEach((customer, at) => {
    const from = start[at] as number;
    const to = from + buffer.read(ledger, customer, asOfDay).size;
    if (to > columns.day.length) {
      const { day, lines, amountFen } = columns;
      const wider = { day: new Int32Array(to * 2), lines: new Int32Array(to * 2), amountFen: new Float64Array(to * 2) };
      wider.day.set(day);
      wider.lines.set(lines);
      wider.amountFen.set(amountFen);
      columns = wider;
    }
    columns.day.set(buffer.day.subarray(0, buffer.size), from);
    columns.lines.set(buffer.lines.subarray(0, buffer.size), from);
    columns.amountFen.set(buffer.amountFen.subarray(0, buffer.size), from);
    start[at + 1] = to;
  });
  return { start, ...columns };
};

/** The first place in [from, to) whose day is after `day`; `to` when there is none. */
export const firstAfter = ({ day: days }: PurchaseDays, from: number, to: number, day: BusinessDay): number => {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as number) > day) high = middle;
    else low = middle + 1;
  }
  return low;
};
