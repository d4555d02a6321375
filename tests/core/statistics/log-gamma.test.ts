import { expect, test } from 'vitest';
import { logGamma } from '#core/statistics/log-gamma.ts';

test('[STA9] ln Γ agrees with factorials, Γ(1/2) and mpmath', () => {
  let factorial = 0;
  for (let n = 1; n < 60; n++) {
    expect(Math.abs(logGamma(n) - factorial)).toBeLessThan(1e-12 * Math.max(1, factorial));
    factorial += Math.log(n);
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  // mpmath 1.3, loggamma at 30 digits.
  expect(logGamma(0.001)).toBeCloseTo(6.90717888538385, 11);
  expect(logGamma(1234.5) / 7550.550901077895).toBeCloseTo(1, 12);
});
