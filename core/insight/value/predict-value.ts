/**
 * What a customer will buy and spend within a horizon: purchase days by BG/NBD (`predict-purchases.ts`), multiplied by
 * what the shop's own past taught about its errors (`fit-correction.ts`), times the amount of a day
 * (`predict-amount.ts`). The interval is the 10th and 90th percentile of the money: nothing with the probability of no
 * purchase, else log-normal with the mean and variance of a sum of that many amounts. Purchases to 1e-4, fen whole.
 * Without a purchase, or while the shop's history is too short, everything is 0 and `hasEvidence` false.
 */
import { logNormalQuantile } from '../../statistics/log-normal.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import { correctionFeatures, writeCorrectionFeatures } from './correction-features.ts';
import { type AmountMoments, amountMoments } from './predict-amount.ts';
import { type PurchaseMoments, probabilityAlive, purchaseMoments } from './predict-purchases.ts';
import type { PurchaseSummary } from './summarise-purchases.ts';
import type { ValueParameters } from './value-parameters.ts';

/** What `customers` columns, segments and cards speak of unless another is chosen. */
export const valueHorizonDays = 90;

export interface ValueForecast {
  hasEvidence: boolean;
  /** BG/NBD's chance of still being here: a part of the reasoning, not to be shown alone. */
  alive: number;
  /** Expected purchase days before and after the correction. */
  modelPurchases: number;
  purchases: number;
  /** Probability of at least one purchase. */
  any: number;
  /** Expected amount of a purchase day. */
  dayFen: number;
  fen: number;
  /** What it would be if the customer were surely here. */
  hereFen: number;
  lowFen: number;
  highFen: number;
}

export const createForecast = (): ValueForecast => ({
  hasEvidence: false,
  alive: 0,
  modelPurchases: 0,
  purchases: 0,
  any: 0,
  dayFen: 0,
  fen: 0,
  hereFen: 0,
  lowFen: 0,
  highFen: 0,
});

const features = new Float64Array(correctionFeatures);
const law: PurchaseMoments = { any: 0, mean: 0, factorial: 0 };
const amount: AmountMoments = { mean: 0, square: 0, product: 0 };
const [lowShare, highShare] = [0.1, 0.9];

export const predictValue = (
  parameters: ValueParameters,
  summary: PurchaseSummary,
  horizonDays: number,
  into: ValueForecast,
): ValueForecast => {
  const { bgnbd, amounts } = parameters;
  const { repeats, recency, age } = summary;
  Object.assign(into, nothing);
  if (!bgnbd || repeats < 0) return into;
  const alive = probabilityAlive(bgnbd, repeats, recency, age);
  purchaseMoments(bgnbd, repeats, age, horizonDays, law);
  const factor = correctionFactor(parameters, summary);
  // The correction first says how sure it is that somebody is here; what is left over changes the rate.
  const here = Math.min(1, alive * factor);
  const faster = here > 0 ? (alive * factor) / here : 1;
  const purchases = here * faster * law.mean;
  const any = here * (1 - (1 - law.any) ** faster);
  into.hasEvidence = true;
  into.alive = roundProbability(alive);
  into.modelPurchases = roundProbability(alive * law.mean);
  into.purchases = roundProbability(purchases);
  into.any = roundProbability(any);
  if (!amounts) return into;
  amountMoments(amounts, summary.meanFen, summary.paidDays, amount);
  const sum = purchases * amount.mean;
  into.dayFen = Math.round(amount.mean);
  into.fen = Math.round(sum);
  into.hereFen = Math.round(faster * law.mean * amount.mean);
  if (any <= 0) return into;
  const squares = purchases * amount.square + here * faster * faster * law.factorial * amount.product;
  const mean = sum / any;
  const spread = Math.log(Math.max(1, squares / any / (mean * mean)));
  const quantile = (share: number): number =>
    share <= 1 - any
      ? 0
      : Math.round(logNormalQuantile((share - 1 + any) / any, Math.log(mean) - spread / 2, Math.sqrt(spread)));
  into.lowFen = quantile(lowShare);
  into.highFen = quantile(highShare);
  return into;
};

const nothing = createForecast();

/** What BG/NBD's expectation is multiplied by; 1 while nothing was learnt. */
export const correctionFactor = ({ bgnbd, correction }: ValueParameters, summary: PurchaseSummary): number => {
  if (!bgnbd || !correction) return 1;
  writeCorrectionFeatures(features, 0, bgnbd, summary, correction.meanLogAmount);
  let form = 0;
  for (let j = 0; j < correctionFeatures; j++) form += (correction.weights[j] as number) * (features[j] as number);
  return Math.exp(form);
};
