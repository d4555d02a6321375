/**
 * All sets of items that lie together in at least `fewest` baskets. Items are renumbered by falling frequency; for each
 * item the parts of its baskets that hold more frequent items are counted ("occurrence deliver" of T. Uno, M. Kiyomi,
 * H. Arimura: LCM ver. 2, FIMI 2004), what stays frequent is copied into a smaller database with numbers of its own, and
 * the same is done there. Everything is flat typed arrays; the work is in proportion to the squares of basket lengths.
 *
 * The answer is a tree: a node adds one item to the set of its parent, always a more frequent one, and the children of
 * a node stand side by side. A set is so written once, in one order, and found again by going down from the root.
 */
import type { Baskets } from './baskets.ts';
import { type FrequentItems, deliverByRank } from './deliver-by-rank.ts';
import { IntList } from './int-list.ts';

export interface Itemsets {
  readonly count: number;
  /** Nodes 0 … roots - 1 are the frequent single items, the most frequent first (ties by number). */
  readonly roots: number;
  /** By node: its rank among the roots, the node it extends (-1 for none), how many items, in how many baskets. */
  readonly rank: Int32Array;
  readonly parent: Int32Array;
  readonly size: Int32Array;
  readonly support: Int32Array;
  readonly firstChild: Int32Array;
  readonly childCount: Int32Array;
  /** The item of a rank. */
  readonly item: Int32Array;
}

/** `longest` leaves out larger sets. With more than `most` sets it gives up: what it then returns is a part of them. */
export const mineItemsets = (baskets: Baskets, fewest: number, longest = Infinity, most = Infinity): Itemsets =>
  new Miner(baskets, Math.max(1, fewest), longest, most).mine();

/** The items of a node, rarest first. */
export const itemsOfNode = (sets: Itemsets, node: number): number[] => {
  const items: number[] = [];
  for (let at = node; at >= 0; at = sets.parent[at]!) items.push(sets.item[sets.rank[at]!]!);
  return items.reverse();
};

class Miner {
  readonly #baskets: Baskets;
  readonly #fewest: number;
  readonly #longest: number;
  readonly #most: number;
  readonly #rank = new IntList();
  readonly #parent = new IntList();
  readonly #size = new IntList();
  readonly #support = new IntList();
  readonly #firstChild = new IntList();
  readonly #childCount = new IntList();
  /** Smaller databases, one on top of another: items by their own numbers, where each basket begins. */
  readonly #items = new IntList();
  readonly #starts = new IntList();
  /** Where the item at hand lies in the database at hand: from where its basket begins, to where it stands. */
  readonly #from = new IntList();
  readonly #to = new IntList();
  /** Of the numbers of the databases on the stack: rank, node, and where their occurrences end. */
  readonly #ranks = new IntList();
  readonly #ends = new IntList();
  /** While one item is looked at: how often each other stands before it, which of them often enough. */
  #counts = new Int32Array(0);
  #found = new Int32Array(0);
  #numbers = new Int32Array(0);

  constructor(baskets: Baskets, fewest: number, longest: number, most: number) {
    this.#baskets = baskets;
    this.#fewest = fewest;
    this.#longest = longest;
    this.#most = most;
  }

  mine(): Itemsets {
    const frequent = deliverByRank(this.#baskets, this.#fewest);
    const { item, supports } = frequent;
    const roots = item.length;
    this.#counts = new Int32Array(roots);
    this.#found = new Int32Array(roots);
    this.#numbers = new Int32Array(roots);
    for (let rank = 0; rank < roots; rank++) this.#add(rank, -1, 1, supports[rank]!);
    if (this.#longest > 1) this.#mineRoots(frequent);
    return {
      count: this.#rank.size,
      roots,
      rank: this.#rank.view(),
      parent: this.#parent.view(),
      size: this.#size.view(),
      support: this.#support.view(),
      firstChild: this.#firstChild.view(),
      childCount: this.#childCount.view(),
      item,
    };
  }

  /** Baskets fill up rank by rank, so what already lies in one when an item comes are the more frequent ones. */
  #mineRoots({ occurrences, starts, supports }: FrequentItems): void {
    const filled = starts.slice();
    const database = new Int32Array(occurrences.length);
    this.#ranks.reserve(supports.length);
    let at = 0;
    for (let rank = 0; rank < supports.length && this.#rank.size <= this.#most; rank++) {
      const end = at + supports[rank]!;
      this.#from.size = 0;
      this.#to.size = 0;
      this.#from.reserve(end - at);
      this.#to.reserve(end - at);
      const from = this.#from.values;
      const to = this.#to.values;
      let held = 0;
      for (; at < end; at++) {
        const basket = occurrences[at]!;
        const start = starts[basket]!;
        const stop = filled[basket]!++;
        if (stop > start) {
          from[held] = start;
          to[held++] = stop;
        }
        database[stop] = rank;
      }
      this.#from.size = held;
      this.#to.size = held;
      if (held >= this.#fewest) this.#extend(database, rank, rank, 0, held, -1);
    }
  }

  /**
   * Adds to a node what stands before its item often enough, at the occurrences `first` … `end`, and goes on in the
   * smaller database of these. Numbers in `database` below `width`; `base` is where their ranks lie, -1: they are ranks.
   */
  #extend(database: Int32Array, node: number, width: number, first: number, end: number, base: number): void {
    const fewest = this.#fewest;
    const counts = this.#counts;
    const found = this.#found;
    const from = this.#from.values;
    const to = this.#to.values;
    counts.fill(0, 0, width);
    let size = 0;
    let total = 0;
    for (let at = first; at < end; at++) {
      const stop = to[at]!;
      const start = from[at]!;
      total += stop - start;
      for (let place = start; place < stop; place++) {
        const number = database[place]!;
        const count = counts[number]! + 1;
        counts[number] = count;
        if (count === fewest) found[size++] = number;
      }
    }
    if (size === 0) return;
    sortStart(found, size);
    const length = this.#size.values[node]! + 1;
    this.#firstChild.values[node] = this.#rank.size;
    this.#childCount.values[node] = size;
    const children = this.#rank.size;
    for (let child = 0; child < size; child++) {
      const number = found[child]!;
      this.#add(base < 0 ? number : this.#ranks.values[base + number]!, node, length, counts[number]!);
    }
    if (size > 1 && length < this.#longest) this.#descend(database, children, size, first, end, total, width);
  }

  /** Copies the occurrences with two or more of the `found` items, delivers them, and extends each child. */
  #descend(
    database: Int32Array,
    children: number,
    size: number,
    first: number,
    end: number,
    total: number,
    width: number,
  ): void {
    const itemsBefore = this.#items.size;
    const startsBefore = this.#starts.size;
    const ranksBefore = this.#ranks.size;
    const endsBefore = this.#ends.size;
    const occurrencesBefore = this.#from.size;
    this.#ranks.reserve(size);
    for (let child = 0; child < size; child++)
      this.#ranks.values[ranksBefore + child] = this.#rank.values[children + child]!;
    this.#ranks.size += size;
    this.#project(database, size, first, end, total, width);
    this.#deliver(startsBefore, endsBefore, size);
    for (let child = 1; child < size && this.#rank.size <= this.#most; child++) {
      const from = this.#ends.values[endsBefore + child - 1]!;
      const to = this.#ends.values[endsBefore + child]!;
      if (to - from >= this.#fewest) this.#extend(this.#items.values, children + child, child, from, to, ranksBefore);
    }
    this.#items.size = itemsBefore;
    this.#starts.size = startsBefore;
    this.#ranks.size = ranksBefore;
    this.#ends.size = endsBefore;
    this.#from.size = occurrencesBefore;
    this.#to.size = occurrencesBefore;
  }

  #project(database: Int32Array, size: number, first: number, end: number, total: number, width: number): void {
    const numbers = this.#numbers;
    numbers.fill(-1, 0, width);
    for (let child = 0; child < size; child++) numbers[this.#found[child]!] = child;
    // `database` stays readable when the list it is part of grows into another array.
    this.#items.reserve(total);
    this.#starts.reserve(end - first + 1);
    const items = this.#items.values;
    const starts = this.#starts.values;
    const from = this.#from.values;
    const to = this.#to.values;
    let write = this.#items.size;
    let baskets = this.#starts.size;
    for (let at = first; at < end; at++) {
      const begin = write;
      const stop = to[at]!;
      for (let place = from[at]!; place < stop; place++) {
        const number = numbers[database[place]!]!;
        if (number >= 0) items[write++] = number;
      }
      if (write - begin > 1) starts[baskets++] = begin;
      else write = begin;
    }
    starts[baskets++] = write;
    this.#items.size = write;
    this.#starts.size = baskets;
  }

  /** Lists for each number of the newest database where it stands behind another; number 0 never does. */
  #deliver(firstStart: number, firstEnd: number, size: number): void {
    const items = this.#items.values;
    const starts = this.#starts.values;
    const last = this.#starts.size - 1;
    this.#ends.reserve(size);
    const ends = this.#ends.values;
    ends.fill(0, firstEnd, firstEnd + size);
    for (let basket = firstStart; basket < last; basket++)
      for (let place = starts[basket]! + 1; place < starts[basket + 1]!; place++) ends[firstEnd + items[place]!]!++;
    const before = this.#from.size;
    let next = before;
    for (let number = 0; number < size; number++) {
      const count = ends[firstEnd + number]!;
      ends[firstEnd + number] = next;
      next += count;
    }
    this.#ends.size += size;
    this.#from.reserve(next - before);
    this.#to.reserve(next - before);
    const from = this.#from.values;
    const to = this.#to.values;
    for (let basket = firstStart; basket < last; basket++) {
      const start = starts[basket]!;
      for (let place = start + 1; place < starts[basket + 1]!; place++) {
        const at = ends[firstEnd + items[place]!]!++;
        from[at] = start;
        to[at] = place;
      }
    }
    this.#from.size = next;
    this.#to.size = next;
  }

  #add(rank: number, parent: number, size: number, support: number): void {
    this.#rank.push(rank);
    this.#parent.push(parent);
    this.#size.push(size);
    this.#support.push(support);
    this.#firstChild.push(0);
    this.#childCount.push(0);
  }
}

/** Sorts the first `size` numbers, in place; they are few and nearly in order. */
function sortStart(values: Int32Array, size: number): void {
  if (size > 40) {
    values.subarray(0, size).sort();
    return;
  }
  for (let i = 1; i < size; i++) {
    const value = values[i]!;
    let at = i - 1;
    for (; at >= 0 && values[at]! > value; at--) values[at + 1] = values[at]!;
    values[at + 1] = value;
  }
}
