/** The log-normal law: ln x is normal with mean `mu` and standard deviation `sigma`. */
import { normalCdf, normalQuantile } from './normal.ts';

export const logNormalCdf = (x: number, mu: number, sigma: number): number =>
  x <= 0 ? 0 : normalCdf((Math.log(x) - mu) / sigma);

/** What lies above x, as exact far out as near: 1 less the cumulative would be 0 there. */
export const logNormalTail = (x: number, mu: number, sigma: number): number =>
  x <= 0 ? 1 : normalCdf((mu - Math.log(x)) / sigma);

export const logNormalQuantile = (share: number, mu: number, sigma: number): number =>
  Math.exp(mu + sigma * normalQuantile(share));
