/**
 * Reads a table of order lines (`customer_id,order_id,ts,sku,category,qty,amount,channel`; ts in epoch seconds, amount in
 * minor units) from bytes as they come into columns: no text is made of a line, so that ten million take seconds. Ids
 * become dense numbers in order of first appearance. Lines that cannot be read end the reading, with their number.
 */
import { TextTable } from '#core/datasets/ledger/text-table.ts';
import { BadInput } from './evaluate-task.ts';

const [comma, newline, minus, zero, nine, quote, carriageReturn] = [44, 10, 45, 48, 57, 34, 13] as const;
const names = ['customer_id', 'order_id', 'ts', 'sku', 'category', 'qty', 'amount', 'channel'] as const;
type Name = (typeof names)[number];

const growing = { customer: Int32Array, order: Int32Array, seconds: Float64Array, amount: Float64Array } as const;
const described = { sku: Int32Array, category: Int32Array, quantity: Int32Array, channel: Int32Array } as const;

export class OrderLineReader {
  count = 0;
  customer = new Int32Array(0);
  order = new Int32Array(0);
  seconds = new Float64Array(0);
  amount = new Float64Array(0);
  /** Only with `isWhole`. */
  sku = new Int32Array(0);
  category = new Int32Array(0);
  quantity = new Int32Array(0);
  channel = new Int32Array(0);
  readonly customers = new TextTable();
  readonly orders = new TextTable();
  readonly skus = new TextTable();
  readonly categories = new TextTable();
  readonly channels = new TextTable();
  readonly #path: string;
  readonly #isWhole: boolean;
  /** Place of each column in a line; null until the header was read. */
  #places: Int32Array | null = null;
  #from = new Int32Array(64);
  #to = new Int32Array(64);
  #rest = new Uint8Array(0);
  #line = 1;

  constructor(path: string, isWhole = false) {
    this.#path = path;
    this.#isWhole = isWhole;
  }

  /** The next bytes of the file, cut anywhere. */
  take(bytes: Uint8Array): void {
    const all = this.#rest.length === 0 ? bytes : joined(this.#rest, bytes);
    const end = all.lastIndexOf(newline) + 1;
    this.#rest = all.slice(end);
    for (let at = 0; at < end;) at = this.#readLine(all, at);
  }

  /** After the last bytes. */
  finish(): this {
    if (this.#rest.length > 0) this.take(Uint8Array.of(newline));
    if (this.#places === null) throw new BadInput(`${this.#path} is empty`);
    return this;
  }

  #readLine(bytes: Uint8Array, start: number): number {
    let cells = 0;
    let at = start;
    this.#from[0] = start;
    for (; ; at++) {
      const byte = bytes[at] as number;
      if (byte !== comma && byte !== newline) continue;
      this.#to[cells++] = at;
      if (byte === newline) break;
      if (cells === this.#from.length) this.#refuse('has too many cells');
      this.#from[cells] = at + 1;
    }
    const last = cells - 1;
    if (at > start && bytes[at - 1] === carriageReturn) this.#to[last] = at - 1;
    if (this.#to[last] === start) this.#line++;
    else if (this.#places === null) this.#readHeader(bytes, cells);
    else this.#keepLine(bytes, cells);
    return at + 1;
  }

  #readHeader(bytes: Uint8Array, cells: number): void {
    const found = Array.from({ length: cells }, (_, cell) =>
      String.fromCharCode(...bytes.subarray(this.#from[cell], this.#to[cell]))
        .replace(/^\u00EF\u00BB\u00BF|"/g, '')
        .trim(),
    );
    const needed: readonly Name[] = this.#isWhole ? names : ['customer_id', 'order_id', 'ts', 'amount'];
    for (const name of needed) if (!found.includes(name)) throw new BadInput(`${this.#path} has no column "${name}"`);
    this.#places = Int32Array.from(names, (name) => found.indexOf(name));
    this.#line++;
  }

  #keepLine(bytes: Uint8Array, cells: number): void {
    const places = this.#places as Int32Array;
    if (cells <= Math.max(...[places[0]!, places[1]!, places[2]!, places[6]!])) this.#refuse('has too few cells');
    const row = this.count;
    if (row >= this.customer.length) this.#grow();
    this.customer[row] = this.#intern(this.customers, bytes, 0);
    this.order[row] = this.#intern(this.orders, bytes, 1);
    this.seconds[row] = this.#number(bytes, 2);
    this.amount[row] = this.#number(bytes, 6);
    if (this.#isWhole) {
      this.sku[row] = this.#intern(this.skus, bytes, 3);
      this.category[row] = this.#intern(this.categories, bytes, 4);
      this.quantity[row] = this.#number(bytes, 5);
      this.channel[row] = this.#intern(this.channels, bytes, 7);
    }
    this.count++;
    this.#line++;
  }

  #intern(table: TextTable, bytes: Uint8Array, which: number): number {
    const cell = (this.#places as Int32Array)[which] as number;
    let from = this.#from[cell] as number;
    let to = this.#to[cell] as number;
    if (bytes[from] === quote && bytes[to - 1] === quote && to - from >= 2) {
      from++;
      to--;
    }
    if (from === to && which < 2) this.#refuse(`has no ${names[which]}`);
    return table.intern(0, bytes, from, to);
  }

  #number(bytes: Uint8Array, which: number): number {
    const cell = (this.#places as Int32Array)[which] as number;
    const to = this.#to[cell] as number;
    let at = this.#from[cell] as number;
    const isNegative = bytes[at] === minus;
    if (isNegative) at++;
    if (at >= to || to - at > 15) this.#refuse(`has no whole number as ${names[which]}`);
    let value = 0;
    for (; at < to; at++) {
      const digit = bytes[at] as number;
      if (digit < zero || digit > nine) this.#refuse(`has no whole number as ${names[which]}`);
      value = value * 10 + digit - zero;
    }
    return isNegative ? -value : value;
  }

  #grow(): void {
    const room = Math.max(1 << 16, Math.ceil(this.customer.length * 1.6));
    const widen = <Kind extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(old: Kind): Kind => {
      const next = new (old.constructor as new (length: number) => Kind)(room);
      next.set(old);
      return next;
    };
    for (const name of Object.keys(growing) as (keyof typeof growing)[]) this[name] = widen(this[name]) as never;
    if (!this.#isWhole) return;
    for (const name of Object.keys(described) as (keyof typeof described)[]) this[name] = widen(this[name]) as never;
  }

  #refuse(what: string): never {
    throw new BadInput(`${this.#path}, line ${this.#line}: ${what}`);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
