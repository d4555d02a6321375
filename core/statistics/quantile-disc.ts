/**
 * The discrete quantile of SQL (`percentile_disc`): the smallest value whose share of values at or below it reaches
 * `share`. Always a value that occurs, so equal values can never fall on two sides of a cut. NaN without values.
 */
export const quantileDisc = (sorted: ArrayLike<number>, share: number): number =>
  sorted[rankDisc(sorted.length, share)] ?? Number.NaN;

/** The place of that value among `size` sorted ones, from 0. */
export const rankDisc = (size: number, share: number): number =>
  Math.min(size - 1, Math.max(0, Math.ceil(share * size - 1e-9) - 1));
