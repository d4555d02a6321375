/** The frequent items by falling frequency, ties by number, and the baskets each lies in. */
import type { Baskets } from './baskets.ts';

export interface FrequentItems {
  /** By rank. */
  readonly item: Int32Array;
  readonly supports: Int32Array;
  /** Baskets of rank 0, then of rank 1 … */
  readonly occurrences: Int32Array;
  /** Where each basket's frequent items begin when the baskets are written one after another. */
  readonly starts: Int32Array;
}

export const deliverByRank = (baskets: Baskets, fewest: number): FrequentItems => {
  const { items } = baskets;
  const counts = new Int32Array(baskets.itemCount);
  for (let at = 0; at < items.length; at++) counts[items[at]!]!++;
  const frequent: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i]! >= fewest) frequent.push(i);
  const item = Int32Array.from(frequent.sort((a, b) => counts[b]! - counts[a]! || a - b));
  const supports = item.map((which) => counts[which]!);
  const ranks = new Int32Array(baskets.itemCount).fill(-1);
  const next = new Int32Array(item.length);
  let total = 0;
  item.forEach((which, rank) => {
    ranks[which] = rank;
    next[rank] = total;
    total += supports[rank]!;
  });
  const occurrences = new Int32Array(total);
  const starts = new Int32Array(baskets.count);
  let held = 0;
  for (let basket = 0; basket < baskets.count; basket++) {
    starts[basket] = held;
    for (let at = baskets.starts[basket]!; at < baskets.starts[basket + 1]!; at++) {
      const rank = ranks[items[at]!]!;
      if (rank < 0) continue;
      occurrences[next[rank]!++] = basket;
      held++;
    }
  }
  return { item, supports, occurrences, starts };
};
