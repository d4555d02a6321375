/**
 * Facts that are few enough to stay objects: decisions, outcomes, aliases, consents, tag marks and children. Each kind
 * brings its key and its rank; the best fact of every key is found by customer.
 */
import type { Fact } from '../fact.ts';
import type { ChunkBook } from './chunk-book.ts';
import type { Customers } from './customers.ts';
import { KeyedRows } from './keyed-rows.ts';

export interface RecordRules<Kind extends Fact> {
  keyOf(fact: Kind): string;
  /** Positive when `a` ranks above `b`. */
  compare(a: Kind, b: Kind): number;
}

export class Records<Kind extends Fact & { readonly customer: string }> {
  readonly #facts: Kind[] = [];
  readonly #raw: number[] = [];
  readonly #keyByText = new Map<string, number>();
  readonly #keysOfCustomer = new Map<number, Set<number>>();
  readonly #rows: KeyedRows;
  readonly #rules: RecordRules<Kind>;
  readonly #customers: Customers;

  constructor(chunks: ChunkBook, customers: Customers, rules: RecordRules<Kind>) {
    this.#rules = rules;
    this.#customers = customers;
    this.#rows = new KeyedRows(chunks, {
      compare: (a, b) => rules.compare(this.#facts[a]!, this.#facts[b]!),
      settle: (_, before, after) => {
        if (before >= 0) customers.touch(this.#raw[before]!);
        if (after >= 0) customers.touch(this.#raw[after]!);
      },
    });
  }

  get count(): number {
    return this.#rows.count;
  }

  take(facts: readonly Kind[], chunk: number): void {
    for (const fact of facts) {
      const text = this.#rules.keyOf(fact);
      const key = this.#keyByText.get(text) ?? this.#keyByText.size;
      const raw = this.#customers.intern(
        Number.parseInt(fact.customer.slice(0, 8), 16),
        Number.parseInt(fact.customer.slice(8), 16),
      );
      this.#keyByText.set(text, key);
      const keys = this.#keysOfCustomer.get(raw);
      if (keys === undefined) this.#keysOfCustomer.set(raw, new Set([key]));
      else keys.add(key);
      this.#facts.push(fact);
      this.#raw.push(raw);
      this.#rows.append(key, chunk);
    }
  }

  settle(firstRow: number, endRow: number): void {
    this.#rows.settle(firstRow, endRow);
  }

  /** The best facts of these raw customers, each under its canonical id. */
  of(members: readonly number[]): readonly Kind[] {
    const found: Kind[] = [];
    for (const raw of members)
      for (const key of this.#keysOfCustomer.get(raw) ?? []) {
        const row = this.#rows.bestOf(key);
        if (row >= 0 && this.#raw[row] === raw) found.push(this.#show(row));
      }
    return found;
  }

  all(isWanted: (fact: Kind) => boolean): readonly Kind[] {
    const found: Kind[] = [];
    for (let row = 0; row < this.count; row++)
      if (this.#rows.bestOf(this.#rows.keyOf(row)) === row && isWanted(this.#facts[row]!)) found.push(this.#show(row));
    return found;
  }

  #show(row: number): Kind {
    const raw = this.#raw[row]!;
    const canonical = this.#customers.canonical[raw]!;
    return canonical === raw ? this.#facts[row]! : { ...this.#facts[row]!, customer: this.#customers.id(canonical) };
  }
}
