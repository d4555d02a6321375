/** Identity links of a ledger: which strong key belongs to which customer, handed on to the graph that joins people. */
import { isStrongKey } from '#core/identity/key-kind.ts';
import { identityKeyKinds, type IdentityKeyKind } from '../fact.ts';
import type { IdentityKey } from '../ledger-columns.ts';
import type { ChunkColumns } from '../unpack-columns.ts';
import type { ChunkBook } from './chunk-book.ts';
import type { Customers } from './customers.ts';
import { KeyedRows } from './keyed-rows.ts';
import { NumberTable } from './number-table.ts';
import { TextTable } from './text-table.ts';

export class IdentityLinks {
  /** Identity keys, grouped by their kind. */
  readonly #keys = new TextTable();
  readonly #links = new NumberTable();
  readonly #rows: KeyedRows;
  readonly #customers: Customers;
  /** Links by raw customer, made when somebody asks for them; null after every change. */
  #linksOf: ReadonlyMap<number, readonly number[]> | null = null;

  constructor(chunks: ChunkBook, customers: Customers) {
    this.#customers = customers;
    this.#rows = new KeyedRows(chunks, {
      compare: () => 0,
      settle: (link, before, after) => {
        if (before >= 0 === after >= 0) return;
        this.#linksOf = null;
        const key = this.#links.a[link]!;
        const customer = this.#links.b[link]!;
        customers.touch(customer);
        if (!isStrongKey(identityKeyKinds[this.#keys.group(key)]!)) return;
        if (after >= 0) customers.graph.connect(key, customer);
        else customers.graph.disconnect(key, customer);
      },
    });
  }

  get count(): number {
    return this.#rows.count;
  }

  take({ rows, text, word, customer }: ChunkColumns, chunk: number): void {
    const key = text.key!,
      who = customer.customer!;
    const rawOf = Int32Array.from(who.high, (high, place) => this.#customers.intern(high, who.low[place]!));
    for (let at = 0; at < rows; at++) {
      const place = key.places[at]!;
      const dense = this.#keys.intern(
        word.keyKind![at]!,
        key.bytes,
        place === 0 ? 0 : key.ends[place - 1]!,
        key.ends[place]!,
      );
      this.#rows.append(this.#links.intern(dense, rawOf[who.places[at]!]!, 0), chunk);
    }
  }

  settle(firstRow: number, endRow: number): void {
    this.#rows.settle(firstRow, endRow);
  }

  /** -1 when nobody carries it. */
  customerOf(keyKind: IdentityKeyKind, key: string): number {
    const dense = this.#keys.find(identityKeyKinds.indexOf(keyKind), key);
    return dense < 0 ? -1 : this.#customers.graph.customerOfKey(dense);
  }

  /** What ids of one person carry: each key once. */
  keysOf(members: readonly number[]): readonly IdentityKey[] {
    this.#linksOf ??= this.#group();
    const keys = new Set(members.flatMap((raw) => this.#linksOf?.get(raw) ?? []).map((link) => this.#links.a[link]!));
    return Array.from(keys, (key) => ({
      keyKind: identityKeyKinds[this.#keys.group(key)]!,
      key: this.#keys.text(key),
    }));
  }

  #group(): ReadonlyMap<number, readonly number[]> {
    const found = new Map<number, number[]>();
    for (let link = 0; link < this.#links.count; link++) {
      if (this.#rows.bestOf(link) < 0) continue;
      const own = found.get(this.#links.b[link]!);
      if (own) own.push(link);
      else found.set(this.#links.b[link]!, [link]);
    }
    return found;
  }

  get byteLength(): number {
    return this.#keys.byteLength + this.#links.byteLength + this.#rows.byteLength;
  }
}
