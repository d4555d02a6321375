/**
 * ln Γ(x) for x > 0: Stirling's series (Abramowitz and Stegun 6.1.41) after x was lifted above 8 by the recurrence.
 * Absolute error below 1e-12.
 */
export const logGamma = (x: number): number => {
  let lifted = x;
  let product = 1;
  while (lifted < 8) product *= lifted++;
  const inverse = 1 / (lifted * lifted);
  const series =
    (1 / 12 -
      inverse *
        (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188 - (inverse * 691) / 360360))))) /
    lifted;
  return (lifted - 0.5) * Math.log(lifted) - lifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
};
