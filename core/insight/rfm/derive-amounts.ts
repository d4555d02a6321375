/**
 * Orders, net amount, first and last day of every customer: one pass over the order lines, in whatever order they
 * stand. Lines that were not paid, were wholly refunded, given for nothing or are tests count nowhere; partial refunds are taken off.
 * Net amounts are integers of fen. `addAmounts` does the same for one customer, with the same answer.
 *
 * Customers come in any order, and a figure that is not in the cache costs more than all the adding. So the lines of
 * more customers than the cache holds are first dealt out to blocks of customers, and added up block by block (radix
 * partitioning).
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
  const amounts = createAmounts(ledger.customerCount);
  if (ledger.customerCount <= mostInCache)
    collectVisits(ledger, asOfDay, products, (visits, size) => addVisits(amounts, visits, 0, size));
  else {
    const { start, end, visits } = dealOut(ledger, asOfDay, products);
    for (let block = 0; block < start.length; block++)
      addVisits(amounts, visits, start[block] as number, end[block] as number);
  }
  return amounts;
};

/** The figures of so many customers fit into the cache: theirs are added up as their lines come. */
const mostInCache = 1 << 18;
/** So many customers a block: 2 to the power of this. */
const blockBits = 12;
/** So many visits are handed on at once. */
const batch = 2048;

/** Visits: what a customer bought of one order on one day. */
interface Visits {
  readonly customer: Int32Array;
  /** Twice the day, and one more for the first visit of an order. */
  readonly dayAndOrder: Int32Array;
  readonly net: Float64Array;
}

const createVisits = (size: number): Visits => ({
  customer: new Int32Array(size),
  dayAndOrder: new Int32Array(size),
  net: new Float64Array(size),
});

function addVisits(
  { orders, netFen, firstDay, lastDay }: Amounts,
  { customer, dayAndOrder, net }: Visits,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) {
    const who = customer[at] as number;
    const on = (dayAndOrder[at] as number) >> 1;
    orders[who] = (orders[who] as number) + ((dayAndOrder[at] as number) & 1);
    netFen[who] = (netFen[who] as number) + (net[at] as number);
    const first = firstDay[who] as number;
    if (first === -1 || on < first) firstDay[who] = on;
    if (on > (lastDay[who] as number)) lastDay[who] = on;
  }
}

/** Those of a block of customers stand from its start up to its end. */
function dealOut(
  ledger: PurchaseLines,
  asOfDay: BusinessDay,
  products: Uint8Array | undefined,
): { readonly start: Int32Array; readonly end: Int32Array; readonly visits: Visits } {
  const { start, size } = roomOfBlocks(ledger);
  const end = start.slice();
  const visits = createVisits(size);
  collectVisits(ledger, asOfDay, products, ({ customer, dayAndOrder, net }, count) => {
    for (let from = 0; from < count; from++) {
      const who = customer[from] as number;
      const block = who >> blockBits;
      const at = end[block] as number;
      end[block] = at + 1;
      visits.customer[at] = who;
      visits.dayAndOrder[at] = dayAndOrder[from] as number;
      visits.net[at] = net[from] as number;
    }
  });
  return { start, end, visits };
}

function collectVisits(
  ledger: PurchaseLines,
  asOfDay: BusinessDay,
  products: Uint8Array | undefined,
  take: (visits: Visits, size: number) => void,
): void {
  const { count, live, customer, order, product, day, paidFen, refundFen, flags } = ledger.orderLines;
  const visits = createVisits(batch);
  let size = 0;
  // An order belongs to one customer; should a file say otherwise, the others are remembered apart.
  const ownerOfOrder = new Int32Array(ledger.orderCount).fill(-1);
  const others = new Set<number>();
  for (let row = 0; row < count;) {
    const who = customer[row] as number;
    const which = order[row] as number;
    const on = day[row] as number;
    let isCounted = false;
    let net = 0;
    do {
      if (live[row] !== 1 || ((flags[row] as number) & notAPurchase) !== 0 || on > asOfDay) continue;
      if (products && products[product[row] as number] !== 1) continue;
      isCounted = true;
      net += (paidFen[row] as number) - (refundFen[row] as number);
    } while (++row < count && order[row] === which && customer[row] === who && day[row] === on);
    if (!isCounted) continue;
    const owner = ownerOfOrder[which] as number;
    let isNew = owner === -1;
    if (isNew) ownerOfOrder[which] = who;
    else if (owner !== who) {
      const key = which * ledger.customerCount + who;
      isNew = !others.has(key);
      others.add(key);
    }
    visits.customer[size] = who;
    visits.dayAndOrder[size] = on * 2 + (isNew ? 1 : 0);
    visits.net[size++] = net;
    if (size < batch) continue;
    take(visits, size);
    size = 0;
  }
  take(visits, size);
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
