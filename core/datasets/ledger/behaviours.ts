/** Behaviour rows of a ledger: what people did and what a broadcast showed. */
import { behaviours, type Behaviour, type BehaviourName } from '../fact.ts';
import type { BehaviourColumns } from '../ledger-columns.ts';
import { textAt } from '../text-column.ts';
import type { ChunkColumns } from '../unpack-columns.ts';
import type { ChunkBook } from './chunk-book.ts';
import type { Customers } from './customers.ts';
import { CustomerRows } from './customer-rows.ts';
import { grow, trim } from './grow.ts';
import { KeyedRows } from './keyed-rows.ts';
import type { Products } from './products.ts';
import { TextTable } from './text-table.ts';
import type { WordList } from './word-list.ts';

export interface BehaviourParts {
  readonly chunks: ChunkBook;
  readonly customers: Customers;
  readonly products: Products;
  readonly sources: WordList;
  readonly campaigns: WordList;
}

export class Behaviours implements BehaviourColumns {
  live = new Uint8Array(0);
  customer = new Int32Array(0);
  product = new Int32Array(0);
  name = new Uint8Array(0);
  atMs = new Float64Array(0);
  value = new Float64Array(0);
  campaign = new Int32Array(0);
  #raw = new Int32Array(0);
  #item = new Int32Array(0);
  readonly #ofCustomer = new CustomerRows((a, b) => this.#compare(a, b));
  readonly #textByRow = new Map<number, string>();
  /** Keys: the event's id within its source. */
  readonly #keys = new TextTable();
  readonly #rows: KeyedRows;
  readonly #parts: BehaviourParts;

  constructor(parts: BehaviourParts) {
    this.#parts = parts;
    this.#rows = new KeyedRows(parts.chunks, {
      compare: () => 0,
      settle: (_, before, after) => {
        for (const row of [before, after]) {
          if (row < 0) continue;
          this.live[row] = row === after ? 1 : 0;
          if (this.#raw[row]! >= 0) parts.customers.touch(this.#raw[row]!);
        }
      },
    });
  }

  get count(): number {
    return this.#rows.count;
  }

  take({ rows, text, number, word, customer }: ChunkColumns, chunk: number): void {
    const { customers, products, sources, campaigns } = this.#parts;
    const who = customer.customer!,
      id = text.id!,
      source = text.source!,
      item = text.item!,
      campaign = text.campaign!,
      said = text.text!;
    const rawOf = Int32Array.from(who.high, (high, place) => customers.intern(high, who.low[place]!));
    const numbersOf = (column: typeof item, intern: (word: string) => number): number[] =>
      Array.from(column.ends, (_, place) => intern(textAt(column, place)));
    const sourceOf = numbersOf(source, (word) => sources.intern(word));
    const itemOf = numbersOf(item, (word) => (word === '' ? -1 : products.intern(word)));
    const campaignOf = numbersOf(campaign, (word) => (word === '' ? -1 : campaigns.intern(word)));
    this.#reserve(this.count + rows);
    for (let at = 0; at < rows; at++) {
      const row = this.count;
      const raw = who.places[at]! < 0 ? -1 : rawOf[who.places[at]!]!;
      const place = id.places[at]!;
      this.#raw[row] = raw;
      this.customer[row] = raw < 0 ? -1 : customers.canonical[raw]!;
      this.#item[row] = itemOf[item.places[at]!]!;
      this.product[row] = this.#item[row]! < 0 ? -1 : products.productOf[this.#item[row]!]!;
      this.name[row] = word.name![at]!;
      this.atMs[row] = number.atMs![at]!;
      this.value[row] = number.value![at]!;
      this.campaign[row] = campaignOf[campaign.places[at]!]!;
      const words = textAt(said, said.places[at]!);
      if (words !== '') this.#textByRow.set(row, words);
      const group = sourceOf[source.places[at]!]!;
      this.#rows.append(
        this.#keys.intern(group, id.bytes, place === 0 ? 0 : id.ends[place - 1]!, id.ends[place]!),
        chunk,
      );
      if (raw >= 0) this.#ofCustomer.link(row, raw);
    }
  }

  settle(firstRow: number, endRow: number): void {
    this.#rows.settle(firstRow, endRow);
  }

  move(raw: number): void {
    const to = this.#parts.customers.canonical[raw]!;
    this.#ofCustomer.visit(raw, (row) => (this.customer[row] = to));
  }

  resettleProducts(changed: ReadonlySet<number>): void {
    for (let row = 0; row < this.count; row++) {
      if (this.#item[row]! < 0) continue;
      const product = this.#parts.products.productOf[this.#item[row]!]!;
      if (product === this.product[row] && !changed.has(product)) continue;
      this.product[row] = product;
      if (this.live[row] === 1 && this.#raw[row]! >= 0) this.#parts.customers.touch(this.#raw[row]!);
    }
  }

  rowsOf(members: readonly number[]): Int32Array {
    return this.#ofCustomer.of(members, this.live);
  }

  named(name: BehaviourName, campaign: string): readonly Behaviour[] {
    const wanted = behaviours.indexOf(name);
    const number = this.#parts.campaigns.find(campaign);
    if (campaign !== '' && number < 0) return [];
    const rows: number[] = [];
    for (let row = 0; row < this.count; row++)
      if (this.live[row] === 1 && this.name[row] === wanted && this.campaign[row] === number) rows.push(row);
    return rows.sort((a, b) => this.#compare(a, b)).map((row) => this.#show(row));
  }

  trim(): void {
    const { count } = this;
    this.live = trim(this.live, count);
    this.customer = trim(this.customer, count);
    this.product = trim(this.product, count);
    this.name = trim(this.name, count);
    this.atMs = trim(this.atMs, count);
    this.value = trim(this.value, count);
    this.campaign = trim(this.campaign, count);
    this.#raw = trim(this.#raw, count);
    this.#item = trim(this.#item, count);
    this.#ofCustomer.trim();
    this.#keys.trim();
    this.#rows.trim();
  }

  get byteLength(): number {
    const columns = [
      this.live,
      this.customer,
      this.product,
      this.name,
      this.atMs,
      this.value,
      this.campaign,
      this.#raw,
      this.#item,
    ];
    return (
      columns.reduce((sum, column) => sum + column.byteLength, 0) +
      this.#ofCustomer.byteLength +
      this.#keys.byteLength +
      this.#rows.byteLength
    );
  }

  #show(row: number): Behaviour {
    const { customers, products, sources, campaigns } = this.#parts;
    const key = this.#rows.keyOf(row);
    return {
      kind: 'behaviour',
      source: sources.text(this.#keys.group(key)),
      id: this.#keys.text(key),
      name: behaviours[this.name[row]!]!,
      atMs: this.atMs[row]!,
      customer: (this.customer[row]! < 0 ? '' : customers.id(this.customer[row]!)) as Behaviour['customer'],
      item: this.#item[row]! < 0 ? '' : products.itemText(this.#item[row]!),
      campaign: (this.campaign[row]! < 0 ? '' : campaigns.text(this.campaign[row]!)) as Behaviour['campaign'],
      value: this.value[row]!,
      text: this.#textByRow.get(row) ?? '',
    };
  }

  #compare(a: number, b: number): number {
    const keyA = this.#rows.keyOf(a),
      keyB = this.#rows.keyOf(b);
    if (this.atMs[a] !== this.atMs[b]) return this.atMs[a]! - this.atMs[b]!;
    const sourceA = this.#parts.sources.text(this.#keys.group(keyA)),
      sourceB = this.#parts.sources.text(this.#keys.group(keyB));
    return sourceA < sourceB ? -1 : sourceA > sourceB ? 1 : this.#keys.compare(keyA, keyB);
  }

  #reserve(count: number): void {
    this.live = grow(this.live, count);
    this.customer = grow(this.customer, count);
    this.product = grow(this.product, count);
    this.name = grow(this.name, count);
    this.atMs = grow(this.atMs, count);
    this.value = grow(this.value, count);
    this.campaign = grow(this.campaign, count);
    this.#raw = grow(this.#raw, count);
    this.#item = grow(this.#item, count);
  }
}
