/** The log-normal law: ln x is normal with mean `mu` and standard deviation `sigma`. */
import { normalCdf, normalQuantile } from './normal.ts';

export const logNormalCdf = (x: number, mu: number, sigma: number): number =>
  x <= 0 ? 0 : normalCdf((Math.log(x) - mu) / sigma);

export const logNormalQuantile = (share: number, mu: number, sigma: number): number =>
  Math.exp(mu + sigma * normalQuantile(share));
