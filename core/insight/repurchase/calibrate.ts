/**
 * Corrects the log odds of a purchase within 7, 14 and 30 days, for pairs with three purchases or more: a ridge logistic
 * on the history with the log odds of `predict-gap.ts` as offset, learnt by pretending that today was 7 to 60 days ago
 * (`PREDICTION` 2.2). Features: mean, last, previous, least, most, deviation and smoothed ln gap, ln n, product effect,
 * m, ln(e + 1), ln(e + 1) - m and their squares; standardised and kept within four deviations. What is published is
 * the mean of the chance before and after correction, and never falls with a longer horizon. Where too few pairs could
 * teach a correction, nothing has proved that own rhythms carry: the chance of anybody with so many purchases of that
 * product weighs up to a half, the more the own law scatters like all gaps of the shop: min(1, deviation^2 / scatter^2) / 2.
 * In a shop without priors the law answers alone.
 */
import { logOdds, logistic } from '../../statistics/logistic.ts';
import { logitOf } from '../../statistics/ridge-logistic.ts';
import {
  type GapHistory,
  type GapLaw,
  chanceBetween,
  createGapHistory,
  createGapLaw,
  predictGap,
  shareAfter,
} from './predict-gap.ts';
import { type GapCalibrator, type RepurchaseParameters, fewestShopGaps } from './repurchase-parameters.ts';

export const horizons = [7, 14, 30] as const;
/** Purchases from which a pair has gaps enough to be read as a shape. */
export const calibratedPurchases = 3;
export const rawFeatures = 12;
export const calibratorWidth = 2 * rawFeatures;
const widest = 4;

export const writeRawFeatures = (row: Float64Array, start: number, history: GapHistory, elapsed: number): void => {
  const gaps = history.purchases - 1;
  const waited = Math.log(elapsed + 1);
  row[start] = history.meanLogGap;
  row[start + 1] = history.lastLogGap;
  row[start + 2] = history.previousLogGap;
  row[start + 3] = history.leastLogGap;
  row[start + 4] = history.mostLogGap;
  row[start + 5] = Math.sqrt(history.squares / Math.max(1, gaps - 1));
  row[start + 6] = history.smoothedLogGap;
  row[start + 7] = Math.log(history.purchases);
  row[start + 8] = history.product;
  row[start + 9] = history.m;
  row[start + 10] = waited;
  row[start + 11] = waited - history.m;
};

/** Standardised values, then their squares less one; a feature without spread (scale 0) says nothing. */
export const writeFeatures = (
  row: Float64Array,
  start: number,
  raw: Float64Array,
  rawStart: number,
  calibrator: Pick<GapCalibrator, 'centres' | 'scales'>,
): void => {
  for (let j = 0; j < rawFeatures; j++) {
    const scale = calibrator.scales[j] as number;
    const z = scale === 0 ? 0 : ((raw[rawStart + j] as number) - (calibrator.centres[j] as number)) / scale;
    const kept = Math.max(-widest, Math.min(widest, z));
    row[start + j] = kept;
    row[start + rawFeatures + j] = scale === 0 ? 0 : kept * kept - 1;
  }
};

const raw = new Float64Array(rawFeatures);
const features = new Float64Array(calibratorWidth);
const chancesOfProduct = new Float64Array(horizons.length);
const anybody = createGapHistory();
const lawOfProduct = createGapLaw();

/** The chances within 7, 14 and 30 days into `into`. Not rounded. */
export const predictChances = (
  history: GapHistory,
  law: GapLaw,
  parameters: RepurchaseParameters,
  elapsed: number,
  into: Float64Array,
): void => {
  writeChances(law, elapsed, into);
  if (history.purchases < calibratedPurchases) return;
  const { calibrator } = parameters;
  if (calibrator !== null) {
    writeRawFeatures(raw, 0, history, elapsed);
    writeFeatures(features, 0, raw, 0, calibrator);
  }
  const distrust = distrustOf(law, parameters);
  if (distrust > 0 && (calibrator === null || calibrator.weights.some((each) => each.length === 0)))
    writeChances(readLawOfProduct(history, parameters), elapsed, chancesOfProduct);
  let before = 0;
  for (let j = 0; j < horizons.length; j++) {
    let chance = into[j] as number;
    const weights = calibrator?.weights[j] ?? [];
    if (weights.length > 0) chance = (chance + logistic(logOdds(chance) + logitOf(weights, features))) / 2;
    else if (distrust > 0) chance += distrust * ((chancesOfProduct[j] as number) - chance);
    before = Math.max(before, chance);
    into[j] = before;
  }
};

/** How much the chance of anybody with so many purchases of the product weighs where no correction was learnt. */
const distrustOf = (law: GapLaw, { gaps, scatter }: RepurchaseParameters): number =>
  gaps < fewestShopGaps ? 0 : Math.min(1, (law.deviation / scatter) ** 2) / 2;

function writeChances(law: GapLaw, elapsed: number, into: Float64Array): void {
  const still = shareAfter(law, elapsed);
  for (let j = 0; j < horizons.length; j++)
    into[j] = chanceBetween(law, still, shareAfter(law, elapsed + (horizons[j] as number)));
}

function readLawOfProduct({ product, purchases, factor }: GapHistory, parameters: RepurchaseParameters): GapLaw {
  anybody.product = product;
  anybody.m = anybody.lastLogGap = parameters.mu + product;
  anybody.purchases = purchases;
  anybody.squares = (purchases - 2) * parameters.sigma ** 2;
  anybody.factor = factor;
  return predictGap(anybody, parameters, lawOfProduct);
}
