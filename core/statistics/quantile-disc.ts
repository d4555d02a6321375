/**
 * The discrete quantile of SQL (`percentile_disc`): the smallest value whose share of values at or below it reaches
 * `share`. Always a value that occurs, so equal values can never fall on two sides of a cut. NaN without values.
 */
export const quantileDisc = (sorted: ArrayLike<number>, share: number): number => {
  const at = Math.ceil(share * sorted.length - 1e-9) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, at))] ?? Number.NaN;
};
