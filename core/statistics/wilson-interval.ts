/**
 * An interval for a share of which `hits` of `n` were seen (E. B. Wilson, 1927): never outside 0 … 1, and honest for small
 * n where hits / n plus or minus its standard error is not. `z` = 1.96 covers 95 %. Everything without observations.
 */
export const wilsonInterval = (hits: number, n: number, z = 1.96): { readonly low: number; readonly high: number } => {
  if (n <= 0) return { low: 0, high: 1 };
  const share = hits / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
};
