/** The middle of the first `count` values; the mean of the two middle ones when even. Sorts those values in place. */
export const medianInPlace = (values: Float64Array, count: number): number => {
  if (count === 0) return Number.NaN;
  const part = values.subarray(0, count).sort();
  const middle = count >> 1;
  const upper = part[middle] ?? 0;
  return count % 2 === 1 ? upper : ((part[middle - 1] ?? 0) + upper) / 2;
};
