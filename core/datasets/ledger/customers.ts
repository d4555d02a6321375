/**
 * Customers as dense numbers: 64-bit ids found by hash, who was merged into whom, and when each last changed. Facts
 * keep the number of the id they came with (`raw`); readers see the canonical one.
 */
import { IdentityGraph } from '#core/identity/identity-graph.ts';
import { grow, growSlots, mix } from './grow.ts';

export class Customers {
  count = 0;
  readonly graph = new IdentityGraph();
  /** Canonical customer by raw customer. */
  canonical = new Int32Array(0);
  /** Raw customers of people who are none. */
  excluded: ReadonlySet<number> = new Set();
  #high = new Uint32Array(0);
  #low = new Uint32Array(0);
  #changedAt = new Int32Array(0);
  #slots = new Int32Array(64).fill(-1);
  #version = 0;
  /** The latest changes, oldest first: who, and in which version. Complete for versions after `#logFrom`. */
  readonly #log = new Int32Array(65_536);
  readonly #logVersion = new Int32Array(65_536);
  #logged = 0;
  #logFrom = 0;

  /** Changes from now on belong to this version. */
  openVersion(version: number): void {
    this.#version = version;
  }

  intern(high: number, low: number): number {
    // Checked here: a function made for every row costs more than all the rest.
    if (2 * this.count + 2 >= this.#slots.length)
      this.#slots = growSlots(this.#slots, this.count + 1, (entry) => hashOf(this.#high[entry]!, this.#low[entry]!));
    const slot = this.#slotOf(high, low);
    if (this.#slots[slot] !== -1) return this.#slots[slot]!;
    const raw = this.count++;
    this.canonical = grow(this.canonical, this.count);
    this.#high = grow(this.#high, this.count);
    this.#low = grow(this.#low, this.count);
    this.#changedAt = grow(this.#changedAt, this.count);
    this.canonical[raw] = raw;
    this.#high[raw] = high;
    this.#low[raw] = low;
    this.#mark(raw);
    this.#slots[slot] = raw;
    return raw;
  }

  /** -1 when the id is unknown or no id. */
  find(id: string): number {
    const high = Number.parseInt(id.slice(0, 8), 16),
      low = Number.parseInt(id.slice(8), 16);
    return id.length === 16 ? this.#slots[this.#slotOf(high, low)]! : -1;
  }

  id(raw: number): string {
    return this.#high[raw]!.toString(16).padStart(8, '0') + this.#low[raw]!.toString(16).padStart(8, '0');
  }

  touch(raw: number): void {
    this.#mark(raw);
    this.#mark(this.canonical[raw]!);
  }

  /** Joins and parts people; `moved` hears of each whose canonical customer is another now. */
  settle(moved: (raw: number) => void): void {
    this.graph.settle(
      (a, b) => this.#high[a]! - this.#high[b]! || this.#low[a]! - this.#low[b]!,
      (raw, from, to) => {
        this.touch(from);
        this.canonical[raw] = to;
        this.touch(to);
        moved(raw);
      },
    );
  }

  members(canonical: number): readonly number[] {
    return this.canonical[canonical] === canonical ? this.graph.members(canonical) : [];
  }

  /** Excludes the people of these ids and nobody else; answers the raw customers for whom that is new. */
  exclude(ids: ReadonlySet<string>): readonly number[] {
    const before = this.excluded;
    if (ids.size === 0 && before.size === 0) return [];
    const known = [...ids].map((id) => this.find(id)).filter((raw) => raw >= 0);
    const now = new Set(known.flatMap((raw) => this.members(this.canonical[raw]!)));
    this.excluded = now;
    return [...before, ...now].filter((raw) => before.has(raw) !== now.has(raw));
  }

  changedSince(version: number): Int32Array {
    if (version >= this.#logFrom) return this.#loggedSince(version);
    let count = 0;
    for (let raw = 0; raw < this.count; raw++) if (this.#changedAt[raw]! > version) count++;
    const changed = new Int32Array(count);
    for (let raw = 0, at = 0; raw < this.count; raw++) if (this.#changedAt[raw]! > version) changed[at++] = raw;
    return changed;
  }

  #loggedSince(version: number): Int32Array {
    let from = this.#logged;
    while (from > 0 && this.#logVersion[from - 1]! > version) from--;
    const changed = new Int32Array(this.#logged - from);
    let count = 0;
    // Somebody who changed again since stands further on.
    for (let at = from; at < this.#logged; at++)
      if (this.#changedAt[this.#log[at]!] === this.#logVersion[at]) changed[count++] = this.#log[at]!;
    return changed.subarray(0, count).sort();
  }

  #mark(raw: number): void {
    if (this.#changedAt[raw] === this.#version) return;
    this.#changedAt[raw] = this.#version;
    if (this.#logged === this.#log.length) {
      this.#logged = 0;
      this.#logFrom = this.#version;
    }
    this.#log[this.#logged] = raw;
    this.#logVersion[this.#logged++] = this.#version;
  }

  get byteLength(): number {
    return 4 * (4 * this.canonical.length + this.#slots.length + 2 * this.#log.length);
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(high, low) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry === -1 || (this.#high[entry] === high >>> 0 && this.#low[entry] === low >>> 0)) return slot;
    }
  }
}

function hashOf(high: number, low: number): number {
  return mix(mix(high | 0) + (low | 0));
}
