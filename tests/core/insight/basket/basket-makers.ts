import type { Baskets } from '#core/insight/basket/baskets.ts';
import { type Itemsets, itemsOfNode } from '#core/insight/basket/mine-itemsets.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';

export const aBasketTable = (baskets: readonly (readonly number[])[]): Baskets => {
  const starts = [0];
  for (const basket of baskets) starts.push((starts.at(-1) ?? 0) + basket.length);
  const items = Int32Array.from(baskets.flat());
  return {
    count: baskets.length,
    itemCount: items.reduce((most, item) => Math.max(most, item + 1), 0),
    starts: Int32Array.from(starts),
    items,
  };
};

/** `1 5 9` → how many baskets, for every set found. */
export const countsOf = (sets: Itemsets): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let node = 0; node < sets.count; node++) {
    const key = itemsOfNode(sets, node)
      .sort((a, b) => a - b)
      .join(' ');
    if (counts.has(key)) throw new Error(`found twice: ${key}`);
    counts.set(key, sets.support[node] ?? 0);
  }
  return counts;
};

/** The slow way: every subset of every basket is counted. Sets of bits, so at most thirty items. */
export const countEverySubset = (baskets: readonly (readonly number[])[], fewest: number): Map<string, number> => {
  const counts = new Map<number, number>();
  for (const basket of baskets) {
    const whole = basket.reduce((bits, item) => bits | (1 << item), 0);
    for (let part = whole; part > 0; part = (part - 1) & whole) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  const found = new Map<string, number>();
  for (const [bits, count] of counts) {
    const items = Array.from({ length: 30 }, (_, item) => item).filter((item) => (bits >> item) & 1);
    if (count >= fewest) found.set(items.join(' '), count);
  }
  return found;
};

/** A made-up corner shop: 300 baskets of 12 items, some of which belong together. */
export const aCornerShop = (): number[][] => {
  const random = seededRandom(7);
  const draws = (): number[] =>
    Array.from({ length: 12 }, (_, item) => item).filter((item) => random() < 0.5 / (item + 1));
  return Array.from({ length: 300 }, () => {
    const basket = new Set(draws());
    if (random() < 0.2) for (const item of [2, 7]) basket.add(item);
    if (basket.has(1) && random() < 0.6) basket.add(9);
    if (random() < 0.08) for (const item of [3, 4, 11]) basket.add(item);
    return [...basket];
  }).filter((basket) => basket.length > 0);
};
