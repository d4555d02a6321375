/**
 * Orders, net amount, first and last day of every customer: one pass over the order lines, in whatever order they
 * stand. Lines that were not paid, were wholly refunded or are tests count nowhere; partial refunds are taken off.
 * Net amounts are integers of fen. `addAmounts` does the same for one customer, with the same answer.
 *
 * Customers come in any order, and a figure that is not in the cache costs more than all the adding: so lines are first
 * dealt out to blocks of customers, whose figures fit into the cache, and added up block by block (radix partitioning).
 */
import { type Ledger, type OrderLineColumns, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
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
export const deriveAmounts = (ledger: PurchaseLines, asOfDay: BusinessDay, products?: Uint8Array): Amounts => {
  const { start, end, customer, dayAndOrder, net } = dealOut(ledger, asOfDay, products);
  const amounts = createAmounts(ledger.customerCount);
  const figures = new Float64Array(figuresEach << blockBits);
  for (let block = 0; block < start.length; block++) {
    const first = block << blockBits;
    figures.fill(0);
    for (let at = start[block] as number; at < (end[block] as number); at++) {
      const base = ((customer[at] as number) - first) * figuresEach;
      const day = (dayAndOrder[at] as number) >> 1;
      const visits = figures[base] as number;
      if (visits === 0 || day < (figures[base + 3] as number)) figures[base + 3] = day;
      if (visits === 0 || day > (figures[base + 4] as number)) figures[base + 4] = day;
      figures[base] = visits + 1;
      figures[base + 1] = (figures[base + 1] as number) + ((dayAndOrder[at] as number) & 1);
      figures[base + 2] = (figures[base + 2] as number) + (net[at] as number);
    }
    const last = Math.min(ledger.customerCount, first + (1 << blockBits));
    for (let c = first, base = 0; c < last; c++, base += figuresEach) {
      if ((figures[base] as number) === 0) continue;
      amounts.orders[c] = figures[base + 1] as number;
      amounts.netFen[c] = figures[base + 2] as number;
      amounts.firstDay[c] = figures[base + 3] as number;
      amounts.lastDay[c] = figures[base + 4] as number;
    }
  }
  return amounts;
};

/** So many customers a block: 2 to the power of this. */
const blockBits = 12;
/** Visits, orders, net, first and last day, side by side. */
const figuresEach = 5;

/** Visits: what a customer bought of one order on one day; those of a block stand from its start up to its end. */
interface Visits {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly customer: Int32Array;
  /** Twice the day, and one more for the first visit of an order. */
  readonly dayAndOrder: Int32Array;
  readonly net: Float64Array;
}

function dealOut(ledger: PurchaseLines, asOfDay: BusinessDay, products: Uint8Array | undefined): Visits {
  const { count, live, customer, order, product, day, paidFen, refundFen, flags } = ledger.orderLines;
  const { start, size } = roomOfBlocks(ledger);
  const end = start.slice();
  const visits = { customer: new Int32Array(size), dayAndOrder: new Int32Array(size), net: new Float64Array(size) };
  // An order belongs to one customer; should a file say otherwise, the others are remembered apart.
  const ownerOfOrder = new Int32Array(ledger.orderCount).fill(-1);
  const others = new Set<number>();
  for (let row = 0; row < count;) {
    const who = customer[row] as number;
    const which = order[row] as number;
    const on = day[row] as number;
    let isCounted = false;
    let net = 0;
    for (; row < count && order[row] === which && customer[row] === who && day[row] === on; row++) {
      if (live[row] !== 1 || ((flags[row] as number) & notAPurchase) !== 0 || on > asOfDay) continue;
      if (products && products[product[row] as number] !== 1) continue;
      isCounted = true;
      net += (paidFen[row] as number) - (refundFen[row] as number);
    }
    if (!isCounted) continue;
    const owner = ownerOfOrder[which] as number;
    let isNew = owner === -1;
    if (isNew) ownerOfOrder[which] = who;
    else if (owner !== who) {
      const key = which * ledger.customerCount + who;
      isNew = !others.has(key);
      others.add(key);
    }
    const block = who >> blockBits;
    const at = end[block] as number;
    end[block] = at + 1;
    visits.customer[at] = who;
    visits.dayAndOrder[at] = on * 2 + (isNew ? 1 : 0);
    visits.net[at] = net;
  }
  return { start, end, ...visits };
}

/** Lines of one order mostly stand side by side: room for each stretch of them. */
function roomOfBlocks({ orderLines, customerCount }: PurchaseLines): { start: Int32Array; size: number } {
  const { count, customer, order, day } = orderLines;
  const start = new Int32Array((customerCount >> blockBits) + 1);
  let [who, which, on] = [-1, -1, -1];
  for (let row = 0; row < count; row++) {
    if (order[row] === which && customer[row] === who && day[row] === on) continue;
    who = customer[row] as number;
    which = order[row] as number;
    on = day[row] as number;
    start[who >> blockBits] = (start[who >> blockBits] as number) + 1;
  }
  let size = 0;
  for (let block = 0; block < start.length; block++) {
    const own = start[block] as number;
    start[block] = size;
    size += own;
  }
  return { start, size };
}

/** Recomputes one customer's amounts in place. */
export const addAmounts = (ledger: Ledger, asOfDay: BusinessDay, dense: number, into: Amounts): void => {
  const { order, day, paidFen, refundFen, flags } = ledger.orderLines;
  const rows = ledger.linesOfCustomer(dense);
  orders.clear();
  let net = 0;
  let first = -1;
  let last = -1;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const on = day[row] as number;
    if (((flags[row] as number) & notAPurchase) !== 0 || on > asOfDay) continue;
    orders.add(order[row] as number);
    net += (paidFen[row] as number) - (refundFen[row] as number);
    if (first === -1) first = on;
    last = on;
  }
  into.orders[dense] = orders.size;
  into.netFen[dense] = net;
  into.firstDay[dense] = first;
  into.lastDay[dense] = last;
};

const orders = new DistinctNumbers();
