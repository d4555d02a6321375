/**
 * Empirical-Bayes shrinkage of a mean toward zero: `n / (n + k)` of it, where k is the variance within a group divided
 * by the variance between groups. Without observations the answer is zero.
 */
export const shrink = (sum: number, n: number, k: number): number => (n > 0 ? sum / (n + k) : 0);

/**
 * k by the method of moments (one-way analysis of variance, unequal group sizes). `fallback` when fewer than
 * `fewestGroups` groups hold two or more values; limited to 0.25 … 2000, where it makes no difference any more.
 */
export const varianceRatio = (
  groups: { readonly count: ArrayLike<number>; readonly sum: ArrayLike<number>; readonly squares: ArrayLike<number> },
  fallback: number,
  fewestGroups = 20,
): number => {
  let n = 0;
  let levels = 0;
  let repeated = 0;
  let total = 0;
  let within = 0;
  let countSquares = 0;
  let meanSquares = 0;
  for (let g = 0; g < groups.count.length; g++) {
    const size = groups.count[g] ?? 0;
    if (size === 0) continue;
    const sum = groups.sum[g] ?? 0;
    n += size;
    levels++;
    if (size > 1) repeated++;
    total += sum;
    within += (groups.squares[g] ?? 0) - (sum * sum) / size;
    meanSquares += (sum * sum) / size;
    countSquares += size * size;
  }
  if (repeated < fewestGroups || n <= levels) return fallback;
  const withinVariance = within / (n - levels);
  const between = meanSquares - (total * total) / n - (levels - 1) * withinVariance;
  const betweenVariance = between / (n - countSquares / n);
  if (!(betweenVariance > 0)) return 2000;
  return Math.min(2000, Math.max(0.25, withinVariance / betweenVariance));
};
