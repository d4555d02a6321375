/** Triples of whole numbers as dense numbers: open addressing over typed arrays, every hit verified. */
import type { FittedColumn } from '../ledger-columns.ts';
import { fit, grow, growSlots, mix, trim } from './grow.ts';

export class NumberTable {
  count = 0;
  a = new Int32Array(0);
  b: FittedColumn = new Uint16Array(0);
  c: FittedColumn = new Uint8Array(0);
  #slots = new Int32Array(64).fill(-1);

  intern(a: number, b: number, c: number): number {
    // Checked here: a function made for every row costs more than all the rest.
    if (2 * this.count + 2 >= this.#slots.length)
      this.#slots = growSlots(this.#slots, this.count + 1, (entry) =>
        hashOf(this.a[entry]!, this.b[entry]!, this.c[entry]!),
      );
    const slot = this.#slotOf(a, b, c);
    if (this.#slots[slot] !== -1) return this.#slots[slot]!;
    const entry = this.count++;
    if (entry >= this.a.length) {
      this.a = grow(this.a, this.count);
      this.b = grow(this.b, this.count);
      this.c = grow(this.c, this.count);
    }
    // Checked here: few need a wider column.
    if ((b & 0xffff) !== b || (c & 0xff) !== c) {
      this.b = fit(this.b, [b]);
      this.c = fit(this.c, [c]);
    }
    this.a[entry] = a;
    this.b[entry] = b;
    this.c[entry] = c;
    this.#slots[slot] = entry;
    return entry;
  }

  /** -1 when it was never interned. */
  find(a: number, b: number, c: number): number {
    return this.#slots[this.#slotOf(a, b, c)]!;
  }

  trim(): void {
    this.a = trim(this.a, this.count);
    this.b = trim(this.b, this.count);
    this.c = trim(this.c, this.count);
  }

  get byteLength(): number {
    return 4 * (this.a.length + this.#slots.length) + this.b.byteLength + this.c.byteLength;
  }

  #slotOf(a: number, b: number, c: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(a, b, c) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === -1 || (this.a[entry] === a && this.b[entry] === b && this.c[entry] === c)) return slot;
    }
  }
}

function hashOf(a: number, b: number, c: number): number {
  return mix(Math.imul(mix(Math.imul(mix(a), 31) + b), 31) + c);
}
