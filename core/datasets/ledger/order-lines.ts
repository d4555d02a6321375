/** Order lines and refunds of a ledger: columns by row, lines of each customer in order, refunds by line key. */
import { dayFromMs } from '../../units/business-day.ts';
import { type FittedColumn, lineFlag, type OrderLineColumns } from '../ledger-columns.ts';
import { textAt } from '../text-column.ts';
import type { ChunkColumns } from '../unpack-columns.ts';
import { CustomerRows } from './customer-rows.ts';
import { fit, grow, trim } from './grow.ts';
import { KeyedRows } from './keyed-rows.ts';
import { chargesOf, flagsOf, isWhollyRefunded } from './line-flags.ts';
import { NumberTable } from './number-table.ts';
import type { OrderParts } from './order-parts.ts';
import { Refunds } from './refunds.ts';
import { TextTable } from './text-table.ts';
import { WordList } from './word-list.ts';

export class OrderLines implements OrderLineColumns {
  live = new Uint8Array(0);
  /** The customer as the line names it, before merges. */
  raw = new Int32Array(0);
  /** The very same column until somebody is merged. */
  customer = this.raw;
  order = new Int32Array(0);
  product: FittedColumn = new Uint16Array(0);
  atMs = new Float64Array(0);
  day: FittedColumn = new Uint16Array(0);
  quantityMilli: FittedColumn = new Uint16Array(0);
  paidFen: FittedColumn = new Uint16Array(0);
  refundFen: FittedColumn = new Uint8Array(0);
  channel = new Uint16Array(0);
  flags = new Uint8Array(0);
  readonly orders = new TextTable();
  readonly refunds: Refunds;
  #status = new Uint8Array(0);
  /** Of `lineFlag`, what the line itself says: gift, charge. */
  #nature = new Uint8Array(0);
  /** Place in `#exports`: lines of one file share its moment. */
  #export: FittedColumn = new Uint8Array(0);
  readonly #exports = new WordList<number>();
  readonly #ofCustomer = new CustomerRows((a, b) => this.#compareLines(a, b));
  readonly #keys = new NumberTable();
  readonly #rows: KeyedRows;
  readonly #parts: OrderParts;

  constructor(parts: OrderParts) {
    this.#parts = parts;
    this.#rows = new KeyedRows(parts.chunks, {
      compare: (a, b) => this.#status[a]! - this.#status[b]! || this.#exportMs(a) - this.#exportMs(b),
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
    const { channels, customers, products } = this.#parts;
    const { high, low, places } = customer.customer!;
    const rawOf = Int32Array.from(high, (word, place) => customers.intern(word, low[place]!));
    const channelOf = Array.from(text.channel!.ends, (_, place) => channels.intern(textAt(text.channel!, place)));
    const chargeOf = chargesOf(text.itemName!);
    const days = number.atMs!.map((atMs) => dayFromMs(atMs));
    const exports = number.exportMs!.map((atMs) => this.#exports.intern(atMs));
    this.product = fit(this.product, [products.count]);
    this.day = fit(this.day, days);
    this.quantityMilli = fit(this.quantityMilli, number.quantityMilli!);
    this.paidFen = fit(this.paidFen, number.paidFen!);
    this.#export = fit(this.#export, exports);
    this.#reserve(this.count + rows);
    for (let at = 0; at < rows; at++) {
      const row = this.count;
      const raw = rawOf[places[at]!]!;
      this.raw[row] = raw;
      this.#put(row, customers.canonical[raw]!);
      this.order[row] = this.#keys.a[keys[at]!]!;
      this.product[row] = products.productOf[this.#keys.b[keys[at]!]!]!;
      this.atMs[row] = number.atMs![at]!;
      this.day[row] = days[at]!;
      this.quantityMilli[row] = number.quantityMilli![at]!;
      this.paidFen[row] = number.paidFen![at]!;
      this.channel[row] = channelOf[text.channel!.places[at]!]!;
      this.#status[row] = word.status![at]!;
      this.#nature[row] = (number.isGift![at] === 1 ? lineFlag.gift : 0) | chargeOf[text.itemName!.places[at]!]!;
      this.#export[row] = exports[at]!;
      this.#rows.append(keys[at]!, chunk);
      this.#ofCustomer.link(row, raw);
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
    this.#ofCustomer.visit(raw, (row) => this.#put(row, to));
  }

  /** A raw customer is excluded now, or no longer. */
  remark(raw: number): void {
    this.#ofCustomer.visit(raw, (row) => this.#markTest(row));
  }

  /** The items' products are others, or mean something else. */
  resettleProducts(changed: ReadonlySet<number>): void {
    const { products, customers } = this.#parts;
    this.product = fit(this.product, [products.count]);
    for (let row = 0; row < this.count; row++) {
      const product = products.productOf[this.#keys.b[this.#rows.keyOf(row)]!]!;
      if (product !== this.product[row] || changed.has(product)) {
        this.product[row] = product;
        if (this.live[row] === 1) customers.touch(this.raw[row]!);
      }
    }
  }

  linesOf(members: readonly number[]): Int32Array {
    return this.#ofCustomer.of(members, this.live);
  }

  /** Gives back the room that growing has left. */
  trim(): void {
    const { count } = this;
    this.live = trim(this.live, count);
    this.order = trim(this.order, count);
    this.product = trim(this.product, count);
    this.atMs = trim(this.atMs, count);
    this.day = trim(this.day, count);
    this.quantityMilli = trim(this.quantityMilli, count);
    this.paidFen = trim(this.paidFen, count);
    this.refundFen = trim(this.refundFen, count);
    this.channel = trim(this.channel, count);
    this.flags = trim(this.flags, count);
    this.#replaceRaw((column) => trim(column, count));
    this.#status = trim(this.#status, count);
    this.#nature = trim(this.#nature, count);
    this.#export = trim(this.#export, count);
    this.#ofCustomer.trim();
    this.orders.trim();
    this.#keys.trim();
    this.#rows.trim();
  }

  get byteLength(): number {
    const columns = [
      this.live,
      ...(this.customer === this.raw ? [] : [this.customer]),
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
      this.#nature,
      this.#export,
    ];
    return (
      columns.reduce((sum, column) => sum + column.byteLength, 0) +
      this.orders.byteLength +
      this.#keys.byteLength +
      this.#rows.byteLength +
      this.#ofCustomer.byteLength +
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
    const back = isWhollyRefunded(state) ? Math.max(0, paid) : known;
    if (back > 0) this.refundFen = fit(this.refundFen, [back]);
    this.refundFen[row] = back;
    this.flags[row] = flagsOf(state, paid, back, this.#nature[row]!);
    this.#markTest(row);
    this.#parts.customers.touch(this.raw[row]!);
  }

  #markTest(row: number): void {
    const rest = this.flags[row]! & ~lineFlag.test;
    this.flags[row] = this.#parts.customers.excluded.has(this.raw[row]!) ? rest | lineFlag.test : rest;
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

  #exportMs(row: number): number {
    return this.#exports.text(this.#export[row]!);
  }

  #put(row: number, customer: number): void {
    if (this.customer === this.raw && this.raw[row] !== customer) this.customer = this.raw.slice();
    this.customer[row] = customer;
  }

  #replaceRaw(change: (column: Int32Array<ArrayBuffer>) => Int32Array<ArrayBuffer>): void {
    const isOne = this.customer === this.raw;
    this.raw = change(this.raw);
    this.customer = isOne ? this.raw : change(this.customer);
  }

  #compareLines(a: number, b: number): number {
    return (
      this.atMs[a]! - this.atMs[b]! ||
      this.orders.compare(this.order[a]!, this.order[b]!) ||
      this.#compareKeys(this.#rows.keyOf(a), this.#rows.keyOf(b))
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
    this.order = grow(this.order, count);
    this.product = grow(this.product, count);
    this.atMs = grow(this.atMs, count);
    this.day = grow(this.day, count);
    this.quantityMilli = grow(this.quantityMilli, count);
    this.paidFen = grow(this.paidFen, count);
    this.refundFen = grow(this.refundFen, count);
    this.channel = grow(this.channel, count);
    this.flags = grow(this.flags, count);
    this.#replaceRaw((column) => grow(column, count));
    this.#status = grow(this.#status, count);
    this.#nature = grow(this.#nature, count);
    this.#export = grow(this.#export, count);
  }
}
