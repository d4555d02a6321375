/**
 * Counts how many different numbers one customer's orders have. Lines of an order mostly stand side by side, and orders
 * mostly rise or fall with time: a number beyond all so far is new, and only one between them is looked for.
 */
export class DistinctNumbers {
  size = 0;
  #lowest = Infinity;
  #highest = -Infinity;
  #latest = -1;
  #found = new Int32Array(64);
  /** Of the first so many, once they are too many to look through. */
  readonly #set = new Set<number>();
  #inSet = 0;

  clear(): void {
    this.size = 0;
    this.#lowest = Infinity;
    this.#highest = -Infinity;
    this.#latest = -1;
    if (this.#inSet > 0) this.#set.clear();
    this.#inSet = 0;
  }

  add(number: number): void {
    if (number === this.#latest) return;
    this.#latest = number;
    if (number >= this.#lowest && number <= this.#highest && this.#has(number)) return;
    if (number < this.#lowest) this.#lowest = number;
    if (number > this.#highest) this.#highest = number;
    if (this.size === this.#found.length) {
      const found = this.#found;
      this.#found = new Int32Array(found.length * 2);
      this.#found.set(found);
    }
    this.#found[this.size++] = number;
  }

  #has(number: number): boolean {
    if (this.size > mostLookedThrough) {
      while (this.#inSet < this.size) this.#set.add(this.#found[this.#inSet++] as number);
      return this.#set.has(number);
    }
    for (let at = 0; at < this.size; at++) if (this.#found[at] === number) return true;
    return false;
  }
}

const mostLookedThrough = 64;
