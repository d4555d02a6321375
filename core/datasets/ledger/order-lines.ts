/** Order lines and refunds of a ledger: columns by row, lines of each customer as a chain, refunds by line key. */
import { dayFromMs } from '../../units/business-day.ts';
import type { CustomerColumn } from '../customer-column.ts';
import { orderStatuses } from '../fact.ts';
import { lineFlag, type OrderLineColumns } from '../ledger-columns.ts';
import { textAt } from '../text-column.ts';
import type { ChunkColumns } from '../unpack-columns.ts';
import { grow, trim } from './grow.ts';
import { KeyedRows } from './keyed-rows.ts';
import { NumberTable } from './number-table.ts';
import type { OrderParts } from './order-parts.ts';
import { Refunds } from './refunds.ts';
import { sortRows } from './sort-rows.ts';
import { TextTable } from './text-table.ts';

const status = {
  created: orderStatuses.indexOf('created'),
  closed: orderStatuses.indexOf('closed'),
  partly: orderStatuses.indexOf('partially-refunded'),
  refunded: orderStatuses.indexOf('refunded'),
};

export class OrderLines implements OrderLineColumns {
  live = new Uint8Array(0);
  customer = new Int32Array(0);
  order = new Int32Array(0);
  product = new Int32Array(0);
  atMs = new Float64Array(0);
  day = new Int32Array(0);
  quantityMilli = new Float64Array(0);
  paidFen = new Float64Array(0);
  refundFen = new Float64Array(0);
  channel = new Uint16Array(0);
  flags = new Uint8Array(0);
  /** The customer as the line names it, before merges. */
  raw = new Int32Array(0);
  readonly orders = new TextTable();
  readonly refunds: Refunds;
  #status = new Uint8Array(0);
  #isGift = new Uint8Array(0);
  #exportMs = new Float64Array(0);
  /** Chains of a raw customer's rows, latest row first. */
  #nextOfCustomer = new Int32Array(0);
  #firstOfCustomer = new Int32Array(0);
  #found = new Int32Array(64);
  readonly #keys = new NumberTable();
  readonly #rows: KeyedRows;
  readonly #parts: OrderParts;

  constructor(parts: OrderParts) {
    this.#parts = parts;
    this.#rows = new KeyedRows(parts.chunks, {
      compare: (a, b) => this.#status[a]! - this.#status[b]! || this.#exportMs[a]! - this.#exportMs[b]!,
      settle: (key, before, after) => this.#settleKey(key, before, after),
    });
    this.refunds = new Refunds(parts.chunks, (key) => {
      const row = this.#rows.bestOf(key);
      if (row >= 0) this.#settleRefunds(key, row);
    });
  }

  get count(): number {
    return this.#rows.count;
  }

  take(columns: ChunkColumns, chunk: number): void {
    const { rows, number, text, word, customer } = columns;
    const keys = this.#internKeys(columns);
    const customers = this.#internCustomers(customer.customer!);
    const { channels } = this.#parts;
    const channelOf = Array.from(text.channel!.ends, (_, place) => channels.intern(textAt(text.channel!, place)));
    this.#reserve(this.count + rows);
    for (let at = 0; at < rows; at++) {
      const row = this.count;
      const place = customer.customer!.places[at]!;
      const raw = customers[place]!;
      this.raw[row] = raw;
      this.customer[row] = this.#parts.customers.canonical[raw]!;
      this.order[row] = this.#keys.a[keys[at]!]!;
      this.product[row] = this.#parts.products.productOf[this.#keys.b[keys[at]!]!]!;
      this.atMs[row] = number.atMs![at]!;
      this.day[row] = dayFromMs(number.atMs![at]!);
      this.quantityMilli[row] = number.quantityMilli![at]!;
      this.paidFen[row] = number.paidFen![at]!;
      this.channel[row] = channelOf[text.channel!.places[at]!]!;
      this.#status[row] = word.status![at]!;
      this.#isGift[row] = number.isGift![at]!;
      this.#exportMs[row] = number.exportMs![at]!;
      this.#nextOfCustomer[row] = this.#firstOfCustomer[raw]!;
      this.#firstOfCustomer[raw] = row;
      this.#rows.append(keys[at]!, chunk);
    }
    this.#nameItems(columns, keys);
  }

  takeRefunds(columns: ChunkColumns, chunk: number): void {
    this.refunds.take(columns, this.#internKeys(columns), chunk);
  }

  settle(firstRow: number, endRow: number): void {
    this.#rows.settle(firstRow, endRow);
  }

  /** A raw customer belongs to another person now. */
  move(raw: number): void {
    const to = this.#parts.customers.canonical[raw]!;
    for (let row = this.#firstOf(raw); row >= 0; row = this.#nextOfCustomer[row]!) this.customer[row] = to;
  }

  /** The items' products are others, or mean something else. */
  resettleProducts(changed: ReadonlySet<number>): void {
    const { products, customers } = this.#parts;
    for (let row = 0; row < this.count; row++) {
      const product = products.productOf[this.#keys.b[this.#rows.key[row]!]!]!;
      if (product !== this.product[row] || changed.has(product)) {
        this.product[row] = product;
        if (this.live[row] === 1) customers.touch(this.raw[row]!);
      }
    }
  }

  linesOf(members: readonly number[]): Int32Array {
    let count = 0;
    for (const raw of members) {
      for (let row = this.#firstOf(raw); row >= 0; row = this.#nextOfCustomer[row]!) {
        if (this.live[row] === 0) continue;
        if (count === this.#found.length) this.#found = grow(this.#found, count + 1);
        this.#found[count++] = row;
      }
    }
    const lines = this.#found.subarray(0, count);
    return sortRows(lines, (a, b) => this.#compareLines(a, b));
  }

  /** Gives back the room that growing has left. */
  trim(): void {
    const { count } = this;
    this.live = trim(this.live, count);
    this.customer = trim(this.customer, count);
    this.order = trim(this.order, count);
    this.product = trim(this.product, count);
    this.atMs = trim(this.atMs, count);
    this.day = trim(this.day, count);
    this.quantityMilli = trim(this.quantityMilli, count);
    this.paidFen = trim(this.paidFen, count);
    this.refundFen = trim(this.refundFen, count);
    this.channel = trim(this.channel, count);
    this.flags = trim(this.flags, count);
    this.raw = trim(this.raw, count);
    this.#status = trim(this.#status, count);
    this.#isGift = trim(this.#isGift, count);
    this.#exportMs = trim(this.#exportMs, count);
    this.#nextOfCustomer = trim(this.#nextOfCustomer, count);
    this.orders.trim();
    this.#keys.trim();
    this.#rows.trim();
  }

  get byteLength(): number {
    const columns = [
      this.live,
      this.customer,
      this.order,
      this.product,
      this.atMs,
      this.day,
      this.quantityMilli,
      this.paidFen,
      this.refundFen,
      this.channel,
      this.flags,
      this.raw,
      this.#status,
      this.#isGift,
      this.#exportMs,
      this.#nextOfCustomer,
      this.#firstOfCustomer,
    ];
    return (
      columns.reduce((sum, column) => sum + column.byteLength, 0) +
      this.orders.byteLength +
      this.#keys.byteLength +
      this.#rows.byteLength +
      this.refunds.byteLength
    );
  }

  #settleKey(key: number, before: number, after: number): void {
    if (before >= 0) {
      this.live[before] = 0;
      this.#parts.customers.touch(this.raw[before]!);
    }
    if (after < 0) return;
    this.live[after] = 1;
    this.#settleRefunds(key, after);
  }

  /** What came back of a line, at most what was paid; its flags follow. */
  #settleRefunds(key: number, row: number): void {
    const paid = this.paidFen[row]!;
    const known = Math.min(this.refunds.sumOf(key), Math.max(0, paid));
    const state = this.#status[row]!;
    const back = state === status.refunded ? Math.max(0, paid) : known;
    const isRefunded = state === status.refunded || (back > 0 && back >= paid);
    this.refundFen[row] = back;
    this.flags[row] =
      (this.#isGift[row] === 1 ? lineFlag.gift : 0) |
      (state === status.created || state === status.closed ? lineFlag.unpaid : 0) |
      (isRefunded ? lineFlag.refunded : back > 0 || state === status.partly ? lineFlag.partlyRefunded : 0);
    this.#parts.customers.touch(this.raw[row]!);
  }

  #internKeys({ rows, text, number }: ChunkColumns): Int32Array {
    const { shops, products } = this.#parts;
    const shop = text.shop!,
      order = text.order!,
      item = text.item!;
    const shopOf = Array.from(shop.ends, (_, place) => shops.intern(textAt(shop, place)));
    const itemOf = Array.from(item.ends, (_, place) => products.intern(textAt(item, place)));
    const orderOf = new Int32Array(order.ends.length).fill(-1);
    const keys = new Int32Array(rows);
    for (let at = 0; at < rows; at++) {
      const group = shopOf[shop.places[at]!]!;
      const place = order.places[at]!;
      let dense = orderOf[place]!;
      // The same number in two shops of one chunk is two orders.
      if (dense < 0 || this.orders.group(dense) !== group) {
        dense = this.orders.intern(group, order.bytes, place === 0 ? 0 : order.ends[place - 1]!, order.ends[place]!);
        orderOf[place] = dense;
      }
      keys[at] = this.#keys.intern(dense, itemOf[item.places[at]!]!, number.nth![at]!);
    }
    return keys;
  }

  #internCustomers({ high, low }: CustomerColumn): Int32Array {
    const customers = new Int32Array(high.length);
    for (let place = 0; place < high.length; place++)
      customers[place] = this.#parts.customers.intern(high[place]!, low[place]!);
    this.#firstOfCustomer = grow(this.#firstOfCustomer, this.#parts.customers.count, -1);
    return customers;
  }

  #nameItems({ rows, number, text }: ChunkColumns, keys: Int32Array): void {
    const { products } = this.#parts;
    const atMs = number.atMs!;
    const latest = new Map<number, number>();
    for (let at = 0; at < rows; at++) {
      const item = this.#keys.b[keys[at]!]!;
      if (!products.isNewerName(item, atMs[at]!)) continue;
      const best = latest.get(item);
      if (best === undefined || atMs[at]! > atMs[best]!) latest.set(item, at);
      else if (atMs[at] === atMs[best])
        products.nameItem(item, textAt(text.itemName!, text.itemName!.places[at]!), atMs[at]!);
    }
    for (const [item, at] of latest)
      products.nameItem(item, textAt(text.itemName!, text.itemName!.places[at]!), atMs[at]!);
  }

  #firstOf(raw: number): number {
    return raw < this.#firstOfCustomer.length ? this.#firstOfCustomer[raw]! : -1;
  }

  #compareLines(a: number, b: number): number {
    return (
      this.atMs[a]! - this.atMs[b]! ||
      this.orders.compare(this.order[a]!, this.order[b]!) ||
      this.#compareKeys(this.#rows.key[a]!, this.#rows.key[b]!)
    );
  }

  #compareKeys(a: number, b: number): number {
    const { products, shops } = this.#parts;
    const itemA = products.itemText(this.#keys.b[a]!),
      itemB = products.itemText(this.#keys.b[b]!);
    if (itemA !== itemB) return itemA < itemB ? -1 : 1;
    if (this.#keys.c[a] !== this.#keys.c[b]) return this.#keys.c[a]! - this.#keys.c[b]!;
    return shops.text(this.orders.group(this.#keys.a[a]!)) < shops.text(this.orders.group(this.#keys.a[b]!)) ? -1 : 1;
  }

  #reserve(count: number): void {
    this.live = grow(this.live, count);
    this.customer = grow(this.customer, count);
    this.order = grow(this.order, count);
    this.product = grow(this.product, count);
    this.atMs = grow(this.atMs, count);
    this.day = grow(this.day, count);
    this.quantityMilli = grow(this.quantityMilli, count);
    this.paidFen = grow(this.paidFen, count);
    this.refundFen = grow(this.refundFen, count);
    this.channel = grow(this.channel, count);
    this.flags = grow(this.flags, count);
    this.raw = grow(this.raw, count);
    this.#status = grow(this.#status, count);
    this.#isGift = grow(this.#isGift, count);
    this.#exportMs = grow(this.#exportMs, count);
    this.#nextOfCustomer = grow(this.#nextOfCustomer, count);
  }
}
