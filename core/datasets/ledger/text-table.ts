/**
 * Texts interned as dense numbers without a JavaScript string each: bytes in one heap, found by hash, verified byte by
 * byte. A text belongs to a group (a shop, a source), and equal texts of different groups are different entries.
 */
import { ByteWriter } from '../byte-writer.ts';
import { decodeText } from '../decode-text.ts';
import type { FittedColumn } from '../ledger-columns.ts';
import { fit, grow, growSlots, mix, trim } from './grow.ts';

export class TextTable {
  count = 0;
  #heap = new Uint8Array(0);
  #end = new Uint32Array(0);
  #group: FittedColumn = new Uint8Array(0);
  #slots = new Int32Array(64).fill(-1);
  readonly #scratch = new ByteWriter();

  intern(group: number, bytes: Uint8Array, from: number, to: number): number {
    // Checked here: a function made for every row costs more than all the rest.
    if (2 * this.count + 2 >= this.#slots.length)
      this.#slots = growSlots(this.#slots, this.count + 1, (entry) =>
        hashOf(this.#group[entry]!, this.#heap, this.#startOf(entry), this.#end[entry]!),
      );
    const hash = hashOf(group, bytes, from, to);
    const slot = this.#slotOf(hash, group, bytes, from, to);
    if (this.#slots[slot] !== -1) return this.#slots[slot]!;
    const entry = this.count++;
    const start = this.#startOf(entry);
    if (start + to - from > this.#heap.length) this.#heap = grow(this.#heap, start + to - from);
    if (entry >= this.#end.length) {
      this.#end = grow(this.#end, this.count);
      this.#group = grow(this.#group, this.count);
    }
    // Checked here: few need a wider column.
    if ((group & 0xff) !== group) this.#group = fit(this.#group, [group]);
    // Keys are short: a loop costs less than making a view for `set`.
    for (let at = from; at < to; at++) this.#heap[start + at - from] = bytes[at]!;
    this.#end[entry] = start + to - from;
    this.#group[entry] = group;
    this.#slots[slot] = entry;
    return entry;
  }

  internText(group: number, text: string): number {
    const bytes = this.#encode(text);
    return this.intern(group, bytes, 0, bytes.length);
  }

  /** -1 when it was never interned. */
  find(group: number, text: string): number {
    const bytes = this.#encode(text);
    return this.#slots[this.#slotOf(hashOf(group, bytes, 0, bytes.length), group, bytes, 0, bytes.length)]!;
  }

  text(entry: number): string {
    return decodeText(this.#heap, this.#startOf(entry), this.#end[entry]!);
  }

  group(entry: number): number {
    return this.#group[entry]!;
  }

  /** By code points, groups aside. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const startA = this.#startOf(a),
      startB = this.#startOf(b);
    const lengthA = this.#end[a]! - startA,
      lengthB = this.#end[b]! - startB;
    for (let at = 0; at < lengthA && at < lengthB; at++) {
      const difference = this.#heap[startA + at]! - this.#heap[startB + at]!;
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  trim(): void {
    this.#heap = trim(this.#heap, this.#startOf(this.count));
    this.#end = trim(this.#end, this.count);
    this.#group = trim(this.#group, this.count);
  }

  get byteLength(): number {
    return this.#heap.length + this.#group.byteLength + 4 * (this.#end.length + this.#slots.length);
  }

  #startOf(entry: number): number {
    return entry === 0 ? 0 : this.#end[entry - 1]!;
  }

  #encode(text: string): Uint8Array {
    this.#scratch.length = 0;
    this.#scratch.text(text);
    return this.#scratch.view();
  }

  #slotOf(hash: number, group: number, bytes: Uint8Array, from: number, to: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === -1) return slot;
      if (this.#group[entry] === group && this.#isEqual(entry, bytes, from, to)) return slot;
    }
  }

  #isEqual(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#startOf(entry);
    if (this.#end[entry]! - start !== to - from) return false;
    // From the end: numbers of orders differ there.
    for (let at = to - 1; at >= from; at--) if (this.#heap[start + at - from] !== bytes[at]) return false;
    return true;
  }
}

function hashOf(group: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = mix(group + 1);
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return mix(hash);
}
