/**
 * Chances of luck corrected for all that was tried: the false discovery rate of Y. Benjamini and D. Yekutieli (2001),
 * which holds however the tests depend on each other. Keeping what is at or below a rate leaves at most that share of
 * finds, on average, to luck. `tests` counts all that were tried, those that are not among `chances` with a chance of 1.
 */
export const correctForMany = (chances: ArrayLike<number>, tests: number): Float64Array => {
  const order = Int32Array.from({ length: chances.length }, (_, at) => at).sort(
    (a, b) => chances[a]! - chances[b]! || a - b,
  );
  const factor = tests * harmonic(tests);
  const corrected = new Float64Array(chances.length);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const at = order[rank - 1]!;
    least = Math.min(least, (chances[at]! * factor) / rank);
    corrected[at] = least;
  }
  return corrected;
};

/** 1 + 1/2 + … + 1/n */
function harmonic(n: number): number {
  if (n > 100) return Math.log(n) + 0.5772156649015329 + 1 / (2 * n);
  let sum = 0;
  for (let k = 1; k <= n; k++) sum += 1 / k;
  return sum;
}
