import { expect, test } from 'vitest';
import { DistinctNumbers } from '#core/insight/rfm/distinct-numbers.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';

test('[RFM5] orders are counted once each, rising, falling or in any order', () => {
  const random = seededRandom(3);
  const counted = new DistinctNumbers();
  for (const size of [0, 1, 5, 40, 65, 300]) {
    const any = Array.from({ length: size }, () => Math.floor(random() * size));
    const rising = any.toSorted((a, b) => a - b);
    for (const numbers of [any, rising, rising.toReversed(), [...rising, ...any]]) {
      counted.clear();
      for (const number of numbers) counted.add(number);
      expect(counted.size).toBe(new Set(numbers).size);
    }
  }
});
