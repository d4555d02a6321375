/**
 * The log-likelihood of intervals under the law of gaps (`predict-gap.ts`), with its slope. A closed interval speaks by
 * its density, an open one by the chance of being open still, both given that they had lasted until their entry:
 *   closed  ln returns - ln deviation - z^2 / 2, z = (ln days - location) / deviation
 *   open    ln (1 - returns + returns S(days))
 *   entry   less ln (1 - returns + returns S(entry))
 */
import type { Intervals } from './intervals.ts';
import {
  type GapLaw,
  type GapLawFigures,
  createGapLaw,
  leastDeviation,
  predictGap,
  shareAfter,
  stillOpen,
} from './predict-gap.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

/** By what the law is made of, in this order; sigma, spread and the weight by their logarithms. */
export const slopeBy = {
  returns: 0,
  returnsOfPurchases: 1,
  returnsOfMean: 2,
  shift: 3,
  count: 4,
  pull: 5,
  productPull: 6,
  customerPull: 7,
  sigma: 8,
  spread: 9,
  sigmaWeight: 10,
  once: 11,
  returnsOfOnce: 12,
} as const;

export const slopeSize = Object.keys(slopeBy).length;

export const gapLikelihood = (
  { size, figures, days, entry, isOpen }: Intervals,
  parameters: RepurchaseParameters,
  slope: Float64Array,
): number => {
  slope.fill(0);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const history = figures[i] as GapLawFigures;
    predictGap(history, parameters, law);
    rise.location = rise.deviation = rise.logOdds = 0;
    sum += isOpen[i] ? logStillOpen(days[i] as number, 1) : logClosed(days[i] as number);
    if ((entry[i] as number) > 0) sum += logStillOpen(entry[i] as number, -1);
    addSpread(law, history.purchases - 1, parameters, slope);
    addLocation(history, slope);
  }
  return sum;
};

const ln3 = Math.log(3);
const rootTwoPi = Math.sqrt(2 * Math.PI);
const law = createGapLaw();
/** How one interval's part rises with its location, its deviation and its log odds of a return. */
const rise = { location: 0, deviation: 0, logOdds: 0 };

function logClosed(days: number): number {
  const { location, deviation, returns } = law;
  const z = (Math.log(days) - location) / deviation;
  rise.location += z / deviation;
  rise.deviation += (z * z - 1) / deviation;
  rise.logOdds += 1 - returns;
  return Math.log(Math.max(1e-9, returns)) - Math.log(deviation) - z * z * 0.5;
}

function logStillOpen(days: number, sign: 1 | -1): number {
  const { location, deviation, returns } = law;
  const share = shareAfter(law, days);
  const left = Math.max(1e-9, stillOpen(law, share));
  const z = (location - Math.log(days + 0.5)) / deviation;
  const density = (sign * returns * Math.exp(-z * z * 0.5)) / (rootTwoPi * deviation * left);
  rise.location += density;
  rise.deviation -= density * z;
  rise.logOdds -= (sign * returns * (1 - returns) * (1 - share)) / left;
  return sign * Math.log(left);
}

/** Where the deviation is half a day on the gap it follows the location, where it is the least nothing. */
function addSpread(
  { deviation, scatter, centre }: GapLaw,
  gaps: number,
  parameters: RepurchaseParameters,
  slope: Float64Array,
): void {
  const { sigma, spread, sigmaWeight } = parameters;
  if (deviation !== Math.sqrt(scatter + centre)) {
    if (deviation > leastDeviation) rise.location -= rise.deviation * deviation;
    return;
  }
  const half = rise.deviation / (2 * deviation);
  const byScatter = half * (1 + gaps * (centre / scatter) ** 2);
  const share = gaps > 1 ? sigmaWeight / (sigmaWeight + gaps - 1) : 1;
  add(slope, slopeBy.sigma, byScatter * 2 * sigma * sigma * share);
  add(slope, slopeBy.spread, (half * 2 * centre * centre) / (spread * spread));
  if (gaps > 1) add(slope, slopeBy.sigmaWeight, byScatter * (sigma * sigma - scatter) * share);
}

function addLocation({ m, purchases, product, customer, lastLogGap }: GapLawFigures, slope: Float64Array): void {
  const { location, logOdds } = rise;
  const logPurchases = Math.log(purchases);
  add(slope, slopeBy.returns, logOdds);
  add(slope, slopeBy.returnsOfPurchases, logOdds * logPurchases);
  add(slope, slopeBy.returnsOfMean, logOdds * m);
  add(slope, slopeBy.shift, location);
  add(slope, slopeBy.count, location * (logPurchases - ln3));
  add(slope, slopeBy.productPull, location * product);
  add(slope, slopeBy.customerPull, location * customer);
  if (purchases > 1) add(slope, slopeBy.pull, location * (lastLogGap - m));
  else {
    add(slope, slopeBy.once, location);
    add(slope, slopeBy.returnsOfOnce, logOdds);
  }
}

function add(slope: Float64Array, place: number, value: number): void {
  slope[place] = (slope[place] as number) + value;
}
