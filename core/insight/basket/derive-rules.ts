/**
 * Rules with a single consequent from frequent itemsets: for each set of two or more and each of its items, how often
 * the item comes with the rest (R. Agrawal, T. Imielinski, A. Swami, 1993). A rule needs at least the share `confidence`
 * of the baskets with its left side; nothing is left out for being likely by chance (`fit-basket.ts` does that).
 */
import { fewestBaskets } from './baskets.ts';
import { IntList } from './int-list.ts';
import type { Itemsets } from './mine-itemsets.ts';

export interface RuleColumns {
  readonly count: number;
  /** By rule: the node of both sides together, of the left side alone, and the right side's rank. */
  readonly both: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

export const deriveRules = (sets: Itemsets, confidence: number): RuleColumns => {
  const both = new IntList();
  const left = new IntList();
  const right = new IntList();
  const path: number[] = [];
  for (let node = sets.roots; node < sets.count; node++) {
    const size = sets.size[node]!;
    for (let at = node, place = size - 1; at >= 0; at = sets.parent[at]!, place--) path[place] = at;
    const support = sets.support[node]!;
    for (let leave = 0; leave < size; leave++) {
      const rest = nodeWithout(sets, path, size, leave);
      if (support < fewestBaskets(confidence, sets.support[rest]!)) continue;
      both.push(node);
      left.push(rest);
      right.push(sets.rank[path[leave]!]!);
    }
  }
  return { count: both.size, both: both.view(), left: left.view(), right: right.view() };
};

/** The node of a path's items without the one at `leave`: its ancestor, and from there down the remaining items. */
function nodeWithout(sets: Itemsets, path: readonly number[], size: number, leave: number): number {
  if (leave === size - 1) return path[size - 2]!;
  let node = leave === 0 ? sets.rank[path[1]!]! : childOf(sets, path[leave - 1]!, sets.rank[path[leave + 1]!]!);
  for (let place = leave + 2; place < size; place++) node = childOf(sets, node, sets.rank[path[place]!]!);
  return node;
}

/** The node with one item more, which must be there: every part of a frequent set is. */
export const childOf = (sets: Itemsets, node: number, rank: number): number => {
  let low = sets.firstChild[node]!;
  let high = low + sets.childCount[node]! - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sets.rank[middle]! < rank) low = middle + 1;
    else high = middle;
  }
  return low;
};
