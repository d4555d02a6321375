/**
 * Orders, net amount, first and last day of every customer: one pass over the order lines, in whatever order they
 * stand. Lines that were not paid, were wholly refunded or are tests count nowhere; partial refunds are taken off.
 * Net amounts are integers of fen. `addAmounts` does the same for one customer, with the same answer.
 */
import { type Ledger, type OrderLineColumns, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';

export interface Amounts {
  readonly orders: Int32Array;
  readonly netFen: Float64Array;
  readonly firstDay: Int32Array;
  /** -1 without a purchase. */
  readonly lastDay: Int32Array;
}

export const createAmounts = (customers: number): Amounts => ({
  orders: new Int32Array(customers),
  netFen: new Float64Array(customers),
  firstDay: new Int32Array(customers).fill(-1),
  lastDay: new Int32Array(customers).fill(-1),
});

/** What is read of a ledger: order lines in columns, wherever they come from. */
export interface PurchaseLines {
  readonly orderLines: Pick<
    OrderLineColumns,
    'count' | 'live' | 'customer' | 'order' | 'product' | 'day' | 'paidFen' | 'refundFen' | 'flags'
  >;
  readonly customerCount: number;
  readonly orderCount: number;
}

/** `products`: 1 for each dense product whose lines count; everything without it. */
export const deriveAmounts = (ledger: PurchaseLines, asOfDay: BusinessDay, products?: Uint8Array): Amounts => {
  const amounts = createAmounts(ledger.customerCount);
  const { orders, netFen, firstDay, lastDay } = amounts;
  const { count, live, customer, order, product, day, paidFen, refundFen, flags } = ledger.orderLines;
  // An order belongs to one customer; should a file say otherwise, the others are remembered apart.
  const ownerOfOrder = new Int32Array(ledger.orderCount).fill(-1);
  let others: Set<number> | null = null;
  for (let row = 0; row < count; row++) {
    const at = day[row] as number;
    if (live[row] !== 1 || ((flags[row] as number) & notAPurchase) !== 0 || at > asOfDay) continue;
    if (products && products[product[row] as number] !== 1) continue;
    const who = customer[row] as number;
    const which = order[row] as number;
    const owner = ownerOfOrder[which] as number;
    if (owner !== who) {
      if (owner === -1) {
        ownerOfOrder[which] = who;
        orders[who] = (orders[who] as number) + 1;
      } else {
        others ??= new Set();
        const key = which * ledger.customerCount + who;
        if (!others.has(key)) orders[who] = (orders[who] as number) + 1;
        others.add(key);
      }
    }
    netFen[who] = (netFen[who] as number) + (paidFen[row] as number) - (refundFen[row] as number);
    const first = firstDay[who] as number;
    if (first === -1 || at < first) firstDay[who] = at;
    if (at > (lastDay[who] as number)) lastDay[who] = at;
  }
  return amounts;
};

/** Recomputes one customer's amounts in place. */
export const addAmounts = (ledger: Ledger, asOfDay: BusinessDay, dense: number, into: Amounts): void => {
  const { order, day, paidFen, refundFen, flags } = ledger.orderLines;
  const rows = ledger.linesOfCustomer(dense);
  let net = 0;
  let first = -1;
  let last = -1;
  let size = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const on = day[row] as number;
    if (((flags[row] as number) & notAPurchase) !== 0 || on > asOfDay) continue;
    if (size === orders.length) orders = widened(orders);
    orders[size++] = order[row] as number;
    net += (paidFen[row] as number) - (refundFen[row] as number);
    if (first === -1 || on < first) first = on;
    if (on > last) last = on;
  }
  into.orders[dense] = countDistinct(size);
  into.netFen[dense] = net;
  into.firstDay[dense] = first;
  into.lastDay[dense] = last;
};

let orders = new Int32Array(64);

/** Lines of an order mostly stand side by side; what is left of repeats is looked for among the few. */
function countDistinct(size: number): number {
  let count = 0;
  for (let at = 0; at < size; at++) {
    const order = orders[at] as number;
    if (at > 0 && order === orders[count - 1]) continue;
    if (count > mostLookedThrough) return new Set(orders.subarray(0, size)).size;
    if (!isAmong(order, count)) orders[count++] = order;
  }
  return count;
}

const mostLookedThrough = 64;

function isAmong(order: number, count: number): boolean {
  for (let at = 0; at < count; at++) if (orders[at] === order) return true;
  return false;
}

function widened(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(column.length * 2);
  next.set(column);
  return next;
}
