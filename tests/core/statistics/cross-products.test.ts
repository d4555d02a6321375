import { expect, test } from 'vitest';
import { crossProducts } from '#core/statistics/cross-products.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';

test('[STA20] weighted cross products are those of plain adding to the last bit', () => {
  const random = seededRandom(5);
  for (const [rows, width] of [
    [0, 3],
    [1, 1],
    [64, 2],
    [150, 5],
    [333, 8],
  ] as const) {
    const features = Float64Array.from({ length: rows * width }, () => random() * 4 - 2);
    const weights = Float64Array.from({ length: rows }, random);
    const size = width + 1;
    const plain = new Float64Array(size * size);
    for (let i = 0; i < rows; i++) {
      const row = [1, ...features.subarray(i * width, (i + 1) * width)];
      for (let j = 0; j < size; j++)
        for (let k = 0; k < size; k++) {
          const [high, low] = [Math.max(j, k), Math.min(j, k)];
          plain[j * size + k]! += weights[i]! * row[high]! * row[low]!;
        }
    }
    expect([...crossProducts(features, width, weights)]).toEqual([...plain]);
  }
});
