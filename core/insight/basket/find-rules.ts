/**
 * Rules that are unlikely to be luck. A single product on the left is tested against all baskets (Fisher's exact test,
 * one-sided); two on the left must each add to the other: the test is made among the baskets with either, and the worse
 * of both counts (productive rules: G. Webb, Discovering significant patterns, 2007). Chances are corrected, each size
 * for itself, for every pairing of items that are frequent enough to be tried (`correct-for-many.ts`); what stays above
 * `mostLuck`, or raises the share of the right side by nothing that is certain, is left out.
 */
import { correctForMany } from '../../statistics/correct-for-many.ts';
import { hypergeometricTail } from '../../statistics/hypergeometric.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { Baskets } from './baskets.ts';
import { childOf, deriveRules } from './derive-rules.ts';
import { type Itemsets, itemsOfNode, mineItemsets } from './mine-itemsets.ts';
import { ruleFigures } from './read-rule.ts';

export interface FoundRule {
  /** Rarest first. */
  readonly left: readonly number[];
  readonly right: number;
  readonly both: number;
  readonly leftOrders: number;
  readonly rightOrders: number;
  readonly luck: number;
  readonly gain: number;
}

export interface FoundRules {
  readonly rules: readonly FoundRule[];
  readonly fewest: number;
  readonly tested: number;
}

export const mostLuck = 0.05;
/** With more sets than this the threshold is doubled: nobody reads the rarest of them. */
const mostSets = 200_000;

/**
 * `half`: items from there on stand only on the right and the others only on the left, one on each side, and an item is
 * never paired with its own other half. Null: any item may stand on either side, one or two on the left.
 */
export const findRules = (baskets: Baskets, fewestAtFirst: number, half: number | null): FoundRules => {
  const longest = half === null ? 3 : 2;
  let fewest = Math.max(fewestAtFirst, 2);
  let sets = mineItemsets(baskets, fewest, longest, mostSets);
  while (sets.count > mostSets) {
    fewest *= 2;
    sets = mineItemsets(baskets, fewest, longest, mostSets);
  }
  const all = deriveRules(sets, 0);
  const bySize: [number[], number[]] = [[], []];
  for (let at = 0; at < all.count; at++) {
    const size = sets.size[all.left[at]!]!;
    if (half !== null && !isAcross(sets, all.left[at]!, all.right[at]!, half)) continue;
    const { support } = sets;
    const expected = (support[all.left[at]!]! * support[all.right[at]!]!) / baskets.count;
    if (support[all.both[at]!]! > expected) bySize[size === 1 ? 0 : 1].push(at);
  }
  const tests = countTests(sets, half);
  const rules = bySize.flatMap((candidates, size) => {
    const chances = candidates.map((at) =>
      size === 0
        ? chanceOfPair(sets, all.both[at]!, all.left[at]!, all.right[at]!, baskets.count)
        : chanceOfThree(sets, all.both[at]!, all.left[at]!, all.right[at]!),
    );
    const luck = correctForMany(chances, tests[size as 0 | 1]);
    return candidates.flatMap((at, place): FoundRule[] => {
      if (luck[place]! > mostLuck) return [];
      const both = sets.support[all.both[at]!]!;
      const leftOrders = sets.support[all.left[at]!]!;
      const rightOrders = sets.support[all.right[at]!]!;
      const { gain } = ruleFigures(both, leftOrders, rightOrders, baskets.count);
      if (gain <= 0) return [];
      const left = itemsOfNode(sets, all.left[at]!);
      const right = sets.item[all.right[at]!]!;
      return [{ left, right, both, leftOrders, rightOrders, luck: roundProbability(luck[place]!), gain }];
    });
  });
  return { rules, fewest, tested: tests[0] + tests[1] };
};

function isAcross(sets: Itemsets, left: number, right: number, half: number): boolean {
  const [from, to] = [sets.item[sets.rank[left]!]!, sets.item[right]!];
  return from < half && to >= half && to - half !== from;
}

/** How many pairings of items that are frequent enough there are, and how many of frequent pairs with a further item. */
function countTests(sets: Itemsets, half: number | null): [number, number] {
  const { roots } = sets;
  if (half === null) {
    const pairs = sets.size.reduce((sum, size) => sum + (size === 2 ? 1 : 0), 0);
    return [Math.max(1, roots * (roots - 1)), Math.max(1, pairs * Math.max(0, roots - 2))];
  }
  const isFrequent = new Set(sets.item);
  let left = 0;
  let same = 0;
  for (const item of sets.item) {
    if (item >= half) continue;
    left++;
    if (isFrequent.has(item + half)) same++;
  }
  return [Math.max(1, left * (roots - left) - same), 1];
}

function chanceOfPair(sets: Itemsets, both: number, left: number, right: number, baskets: number): number {
  return hypergeometricTail(sets.support[both]!, sets.support[left]!, sets.support[right]!, baskets);
}

function chanceOfThree(sets: Itemsets, both: number, left: number, right: number): number {
  const one = sets.rank[left]!;
  const other = sets.rank[sets.parent[left]!]!;
  const within = (root: number): number =>
    hypergeometricTail(
      sets.support[both]!,
      sets.support[left]!,
      sets.support[childOf(sets, Math.max(root, right), Math.min(root, right))]!,
      sets.support[root]!,
    );
  return Math.max(within(one), within(other));
}
