/**
 * The standard normal law. Cumulative: W. J. Cody's rational approximation of erfc in the form of Numerical Recipes
 * (`erfcc`, relative error below 1.2e-7). Quantile: P. J. Acklam's approximation (relative error below 1.2e-9 before
 * rounding of the tails). Both far finer than the 1e-4 to which probabilities are published.
 */
export const normalCdf = (x: number): number => {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * z);
  const tail =
    t *
    Math.exp(
      -z * z -
        1.26551223 +
        t *
          (1.00002368 +
            t *
              (0.37409196 +
                t *
                  (0.09678418 +
                    t *
                      (-0.18628806 +
                        t *
                          (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))),
    );
  return x >= 0 ? 1 - tail / 2 : tail / 2;
};

const a = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
const c = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, next) => sum * x + next, 0);

export const normalQuantile = (share: number): number => {
  if (share <= 0) return Number.NEGATIVE_INFINITY;
  if (share >= 1) return Number.POSITIVE_INFINITY;
  const edge = 0.02425;
  if (share < edge) {
    const q = Math.sqrt(-2 * Math.log(share));
    return horner(c, q) / (horner(d, q) * q + 1);
  }
  if (share > 1 - edge) return -normalQuantile(1 - share);
  const q = share - 0.5;
  const r = q * q;
  return (horner(a, r) * q) / (horner(b, r) * r + 1);
};
