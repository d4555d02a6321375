/**
 * Purchase histories as BG/NBD sees them, equal ones counted once, in an order that is theirs whatever order the
 * customers came in: sums over them are the same to the last bit. *Repeats* (x): purchase days after the first.
 * *Recency* (tx): time from the first to the last of them. *Age* (T): time from the first to now. Any unit of time,
 * the same for all. Customers without a repeat need only their age.
 */
export interface Repeats {
  readonly repeats: ArrayLike<number>;
  readonly recency: ArrayLike<number>;
  readonly age: ArrayLike<number>;
}

export interface GroupedRepeats {
  readonly customers: number;
  /** Customers with at least one repeat. */
  readonly returners: number;
  /** Distinct histories with repeats, and how many customers have each. */
  readonly repeats: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  readonly count: Float64Array;
  /** Distinct ages of customers without a repeat, and how many have each. */
  readonly onceAge: Float64Array;
  readonly onceCount: Float64Array;
  /** `beyond[k]`: customers with more than k repeats. */
  readonly beyond: Float64Array;
}

export const groupRepeats = ({ repeats, recency, age }: Repeats): GroupedRepeats => {
  const customers = repeats.length;
  const again = new RowTable(customers);
  const once = new RowTable(customers);
  let most = 0;
  for (let c = 0; c < customers; c++) {
    const x = repeats[c] as number;
    if (x > most) most = x;
    if (x === 0) once.add(0, 0, age[c] as number);
    else again.add(x, recency[c] as number, age[c] as number);
  }
  const beyond = new Float64Array(most);
  const { x, tx, t, count } = again.rows();
  let returners = 0;
  for (let row = 0; row < x.length; row++) {
    returners += count[row] as number;
    const last = (x[row] as number) - 1;
    beyond[last] = (beyond[last] as number) + (count[row] as number);
  }
  for (let k = most - 2; k >= 0; k--) beyond[k] = (beyond[k] as number) + (beyond[k + 1] as number);
  const without = once.rows();
  return {
    customers,
    returners,
    repeats: x,
    recency: tx,
    age: t,
    count,
    onceAge: without.t,
    onceCount: without.count,
    beyond,
  };
};

/**
 * Open addressing over the bits of the three numbers, each run of taken slots in order: what stands where does not
 * depend on what came first (O. Amble, D. Knuth, Ordered hash tables, Computer Journal 17, 1974).
 */
class RowTable {
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #rows: Float64Array;
  readonly #bits = new Float64Array(3);
  readonly #words = new Uint32Array(this.#bits.buffer);
  #size = 0;

  constructor(atMost: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(8, atMost * 2)));
    this.#slots = new Int32Array(slots).fill(-1);
    this.#mask = slots - 1;
    this.#rows = new Float64Array(atMost * 4);
  }

  add(x: number, tx: number, t: number): void {
    const rows = this.#rows;
    let slot = this.#hash(x, tx, t);
    for (; ; slot = (slot + 1) & this.#mask) {
      const row = this.#slots[slot] as number;
      const order = row === -1 ? 1 : this.#compare(row, x, tx, t);
      if (order > 0) break;
      if (order < 0) continue;
      rows[row * 4 + 3] = (rows[row * 4 + 3] as number) + 1;
      return;
    }
    rows.set([x, tx, t, 1], this.#size * 4);
    let carried = this.#size++;
    for (; carried !== -1; slot = (slot + 1) & this.#mask) {
      const row = this.#slots[slot] as number;
      const at = carried * 4;
      if (row !== -1 && this.#compare(row, rows[at] as number, rows[at + 1] as number, rows[at + 2] as number) < 0)
        continue;
      this.#slots[slot] = carried;
      carried = row;
    }
  }

  rows() {
    const order = this.#slots.filter((row) => row !== -1);
    const column = (at: number): Float64Array => {
      const values = new Float64Array(order.length);
      for (let place = 0; place < order.length; place++)
        values[place] = this.#rows[(order[place] as number) * 4 + at] as number;
      return values;
    };
    return { x: column(0), tx: column(1), t: column(2), count: column(3) };
  }

  #compare(row: number, x: number, tx: number, t: number): number {
    const at = row * 4;
    const rows = this.#rows;
    return (rows[at] as number) - x || (rows[at + 1] as number) - tx || (rows[at + 2] as number) - t;
  }

  #hash(x: number, tx: number, t: number): number {
    this.#bits[0] = x;
    this.#bits[1] = tx;
    this.#bits[2] = t;
    let hash = 0;
    for (let word = 0; word < 6; word++)
      hash = Math.imul(hash ^ (this.#words[word] as number), 0x9e3779b1) ^ (hash >>> 15);
    return (hash ^ (hash >>> 13)) & this.#mask;
  }
}
