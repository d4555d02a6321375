/**
 * What the next purchase day of a customer with n amounts of mean z is worth (Fader and Hardie 2013): given them nu is
 * Gamma(pn+q, gamma+nz), so the mean is p (gamma+nz) / (pn+q-1). Its uncertainty and the spread of single amounts come
 * with it. Where the law has no mean or variance (pn+q up to 1 or 2: few customers ever paid twice and they differ
 * wildly) the shape is held at `leastShape`, which keeps the answer near what was seen.
 */
import type { GammaGammaParameters } from './fit-gamma-gamma.ts';

export interface AmountMoments {
  mean: number;
  /** E[z²] of one amount, and E[z z'] of two amounts of the same customer. */
  square: number;
  product: number;
}

const leastShape = 2.5;

export const amountMoments = (
  { p, q, gamma }: GammaGammaParameters,
  meanFen: number,
  paidDays: number,
  into: AmountMoments,
): AmountMoments => {
  const shape = Math.max(leastShape, p * paidDays + q);
  const scale = gamma + paidDays * meanFen;
  into.mean = (p * scale) / (shape - 1);
  const inverseSquare = (scale * scale) / ((shape - 1) * (shape - 2));
  into.product = p * p * inverseSquare;
  into.square = into.product + p * inverseSquare;
  return into;
};
