/**
 * Several discrete quantiles at once, without a full sort: one selection (C. A. R. Hoare's quickselect, three-way, the
 * middle of three as pivot) per share on the part that is left. Same answers as `quantileDisc` on the sorted values.
 * Reorders `values`; `shares` must rise.
 */
import { rankDisc } from './quantile-disc.ts';

export const quantilesDisc = (values: Float64Array, shares: readonly number[]): number[] => {
  let from = 0;
  return shares.map((share) => {
    if (values.length === 0) return Number.NaN;
    const rank = rankDisc(values.length, share);
    select(values, Math.min(from, rank), values.length - 1, rank);
    from = rank;
    return values[rank] ?? Number.NaN;
  });
};

/** The value at a rank, from 0, of the values as if sorted. Reorders them. */
export const selectRank = (values: Float64Array, rank: number): number => {
  select(values, 0, values.length - 1, rank);
  return values[rank] ?? Number.NaN;
};

function select(values: Float64Array, left: number, right: number, rank: number): void {
  let low = left;
  let high = right;
  while (low < high) {
    const pivot = middleOf(values[low] ?? 0, values[(low + high) >> 1] ?? 0, values[high] ?? 0);
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i++;
      while ((values[j] ?? 0) > pivot) j--;
      if (i <= j) {
        const kept = values[i] ?? 0;
        values[i] = values[j] ?? 0;
        values[j] = kept;
        i++;
        j--;
      }
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else return;
  }
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
