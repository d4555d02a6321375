/**
 * Orders, net amount, first and last day of every customer, from order lines in whatever order they stand. Lines that
 * were not paid, were wholly refunded, given for nothing or are tests count nowhere; partial refunds are taken off. Net
 * amounts are integers of fen. `addAmounts` does the same for one customer, with the same answer.
 *
 * Each figure has a loop of its own over the few columns it needs, and lines that do not count go to a place after the
 * last customer instead of round a branch: such a loop stays in registers, and its figures in the cache.
 */
import { type Ledger, type OrderLineColumns, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { readOwnLines } from '../own-lines.ts';
import { DistinctNumbers } from './distinct-numbers.ts';

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
export const deriveAmounts = (lines: PurchaseLines, asOfDay: BusinessDay, products?: Uint8Array): Amounts => {
  const nobody = lines.customerCount;
  const buyers = findBuyers(lines, asOfDay, products);
  const { orders, netFen, firstDay, lastDay } = createAmounts(nobody + 1);
  addNet(lines, buyers, netFen);
  addDays(lines, buyers, firstDay, lastDay);
  countOrders(lines, buyers, orders);
  return {
    orders: orders.subarray(0, nobody),
    netFen: netFen.subarray(0, nobody),
    firstDay: firstDay.subarray(0, nobody),
    lastDay: lastDay.subarray(0, nobody),
  };
};

/** The customer of each line; the number after the last customer where it does not count. */
function findBuyers({ orderLines, customerCount }: PurchaseLines, asOfDay: BusinessDay, products?: Uint8Array) {
  const { count, live, customer, product, day, flags } = orderLines;
  const buyers = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const isLater = (asOfDay - (day[row] as number)) >>> 31;
    const out = -(((live[row] as number) ^ 1) | ((flags[row] as number) & notAPurchase) | isLater) >> 31;
    buyers[row] = ((customer[row] as number) & ~out) | (customerCount & out);
  }
  if (products)
    for (let row = 0; row < count; row++) if (products[product[row] as number] !== 1) buyers[row] = customerCount;
  return buyers;
}

function addNet({ orderLines: { paidFen, refundFen } }: PurchaseLines, buyers: Int32Array, netFen: Float64Array): void {
  for (let row = 0; row < buyers.length; row++) {
    const who = buyers[row] as number;
    netFen[who] = (netFen[who] as number) + (paidFen[row] as number) - (refundFen[row] as number);
  }
}

function addDays(
  { orderLines: { day } }: PurchaseLines,
  buyers: Int32Array,
  firstDay: Int32Array,
  lastDay: Int32Array,
): void {
  for (let row = 0; row < buyers.length; row++) {
    const who = buyers[row] as number;
    const on = day[row] as number;
    const first = firstDay[who] as number;
    if (first === -1 || on < first) firstDay[who] = on;
    if (on >= (lastDay[who] as number)) lastDay[who] = on;
  }
}

/** An order belongs to one customer; should a file say otherwise, the others are counted apart. */
function countOrders({ orderLines, customerCount, orderCount }: PurchaseLines, buyers: Int32Array, orders: Int32Array) {
  const { order } = orderLines;
  const owner = new Int32Array(orderCount).fill(customerCount);
  for (let row = 0; row < buyers.length; row++) {
    const which = order[row] as number;
    owner[which] = Math.min(owner[which] as number, buyers[row] as number);
  }
  for (let which = 0; which < orderCount; which++) {
    const who = owner[which] as number;
    orders[who] = (orders[who] as number) + 1;
  }
  // Not zero when a line that counts is somebody else's than its order.
  let strays = 0;
  for (let row = 0; row < buyers.length; row++) {
    const who = buyers[row] as number;
    strays |= (who ^ (owner[order[row] as number] as number)) & ((who - customerCount) >> 31);
  }
  if (strays !== 0) countStrays(order, owner, buyers, orders);
}

function countStrays(order: Int32Array, owner: Int32Array, buyers: Int32Array, orders: Int32Array): void {
  const nobody = orders.length - 1;
  const counted = new Set<number>();
  for (let row = 0; row < buyers.length; row++) {
    const who = buyers[row] as number;
    const which = order[row] as number;
    const key = which * nobody + who;
    if (who === nobody || who === owner[which] || counted.has(key)) continue;
    counted.add(key);
    orders[who] = (orders[who] as number) + 1;
  }
}

/** Recomputes one customer's amounts in place. */
export const addAmounts = (ledger: Ledger, asOfDay: BusinessDay, dense: number, into: Amounts): void => {
  const { size, order, day, paidFen, refundFen, flags } = readOwnLines(ledger, dense);
  orders.clear();
  let net = 0;
  let first = -1;
  let last = -1;
  for (let at = 0; at < size; at++) {
    const on = day[at] as number;
    if (((flags[at] as number) & notAPurchase) !== 0 || on > asOfDay) continue;
    orders.add(order[at] as number);
    net += (paidFen[at] as number) - (refundFen[at] as number);
    if (first === -1) first = on;
    last = on;
  }
  into.orders[dense] = orders.size;
  into.netFen[dense] = net;
  into.firstDay[dense] = first;
  into.lastDay[dense] = last;
};

const orders = new DistinctNumbers();
