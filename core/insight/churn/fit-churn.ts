/**
 * Learns the churn weights by pretending that today was 60 days ago: features from what was known then, the label from
 * what happened since. Customers who had bought within 365 days of that day take part. Keeps the built-in weights below
 * 300 of them, or when everybody came back, or nobody.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { fitRidgeLogistic } from '../../statistics/ridge-logistic.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { ChurnParameters } from './churn-parameters.ts';
import { overdueRatio } from '../overdue-ratio.ts';
import { churnFeatures, churnHorizonDays, writeChurnFeatures } from './predict-churn.ts';

export const fewestLabelled = 300;
const mostLabelled = 20_000;
const activeWithinDays = 365;

export interface ChurnSample {
  readonly orders: Int32Array;
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  /** Days between orders on the pretended day; 0 while unknown. */
  ownIntervalOf(customer: number): number;
  /** Last purchase as known today. */
  readonly lastDayNow: Int32Array;
}

export const fitChurn = (
  ledger: Ledger,
  customers: Int32Array,
  asOfDay: BusinessDay,
  then: ChurnSample,
  shopIntervalDays: number,
  defaults: ChurnParameters,
): ChurnParameters => {
  const origin = asOfDay - churnHorizonDays;
  const taking = customers.filter(
    (c) => (then.orders[c] as number) > 0 && origin - (then.lastDay[c] as number) <= activeWithinDays,
  );
  if (taking.length < fewestLabelled || ledger.customerCount === 0) return defaults;
  const stride = Math.ceil(taking.length / mostLabelled);
  const sample = taking.filter((_, at) => at % stride === 0);
  const features = new Float64Array(sample.length * churnFeatures);
  const labels = new Uint8Array(sample.length);
  let left = 0;
  sample.forEach((c, at) => {
    const daysSince = origin - (then.lastDay[c] as number);
    const ratio = overdueRatio(daysSince, then.ownIntervalOf(c), shopIntervalDays);
    writeChurnFeatures(
      features,
      at * churnFeatures,
      daysSince,
      then.orders[c] as number,
      origin - (then.firstDay[c] as number),
      ratio,
    );
    labels[at] = (then.lastDayNow[c] as number) > origin ? 0 : 1;
    left += labels[at] as number;
  });
  if (left === 0 || left === sample.length) return defaults;
  const weights = fitRidgeLogistic(features, churnFeatures, labels, 1);
  return { weights: Array.from(weights, roundProbability), customers: sample.length };
};
