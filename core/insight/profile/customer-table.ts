/** The per-customer columns with room for more: new customers cost nothing until the room is used up. */
import { type CustomerColumns, createColumns } from './create-columns.ts';

export class CustomerTable {
  /** As long as there is room; what is behind `count` belongs to nobody. */
  columns: CustomerColumns;
  count: number;
  #room: number;
  readonly #tagWords: number;

  constructor(customers: number, tagWords: number) {
    this.#tagWords = tagWords;
    this.#room = withRoom(customers);
    this.count = customers;
    this.columns = createColumns(this.#room, tagWords);
  }

  grow(customers: number): void {
    this.count = customers;
    if (customers <= this.#room) return;
    this.#room = withRoom(customers);
    const next = createColumns(this.#room, this.#tagWords);
    for (const name of Object.keys(next) as (keyof CustomerColumns)[]) next[name].set(this.columns[name]);
    this.columns = next;
  }

  /** The same columns cut to length; nothing is copied. */
  view(): CustomerColumns {
    const cut = Object.entries(this.columns).map(([name, column]) => [
      name,
      column.subarray(0, this.count * (column.length / this.#room)),
    ]);
    return Object.fromEntries(cut) as CustomerColumns;
  }
}

/** A sixteenth more than asked for. */
function withRoom(customers: number): number {
  return customers + (customers >> 4) + 16;
}
