/**
 * The probability that a customer buys nothing in the next 60 days: a ridge logistic on ln(days since + 1), ln orders,
 * ln(age + 1) and ln of the overdue ratio (recency alone is a poor sign: AUC .58-.72), learnt by pretending that today
 * was 60 days ago. Two causes stay apart from it: overdue ratio and engagement ratio. Without an order the answer is 0:
 * nobody can be lost who was never won.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { logitOf } from '../../statistics/ridge-logistic.ts';
import { logistic } from '../../statistics/logistic.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import { type BusinessDay, dayFromMs } from '../../units/business-day.ts';
import { engagements } from '../engagement.ts';
import type { ChurnParameters } from './churn-parameters.ts';

export const churnFeatures = 4;
export const churnHorizonDays = 60;

const row = new Float64Array(churnFeatures);

export const writeChurnFeatures = (
  into: Float64Array,
  start: number,
  daysSince: number,
  orders: number,
  ageDays: number,
  ratio: number,
): void => {
  into[start] = Math.log(daysSince + 1);
  into[start + 1] = Math.log(orders);
  into[start + 2] = Math.log(ageDays + 1);
  into[start + 3] = Math.log(Math.max(0.02, ratio));
};

export const predictChurn = (
  parameters: ChurnParameters,
  daysSince: number,
  orders: number,
  ageDays: number,
  ratio: number,
): number => {
  if (orders === 0) return 0;
  writeChurnFeatures(row, 0, daysSince, orders, ageDays, ratio);
  return roundProbability(logistic(logitOf(parameters.weights, row)));
};

export interface Engagement {
  /** Recent acts a day over the baseline's acts a day; 1 while the baseline holds fewer than three. */
  ratio: number;
  recent: number;
  baseline: number;
  /** Days since the last act; -1 without one. */
  daysAgo: number;
}

export const recentDays = 30;
export const baselineDays = 90;
export const fewestBaseline = 3;

/** What the customer did in the last 30 days against the 90 before. */
export const deriveEngagement = (ledger: Ledger, dense: number, asOfDay: BusinessDay, into: Engagement): Engagement => {
  const { name, atMs } = ledger.behaviours;
  const rows = ledger.behavioursOfCustomer(dense);
  let recent = 0;
  let baseline = 0;
  let last = -1;
  for (let i = 0; i < rows.length; i++) {
    const at = rows[i] as number;
    if (engagements[name[at] as number] !== 1) continue;
    const day = dayFromMs(atMs[at] as number);
    if (day > asOfDay) continue;
    if (day > last) last = day;
    const age = asOfDay - day;
    if (age < recentDays) recent++;
    else if (age < recentDays + baselineDays) baseline++;
  }
  into.recent = recent;
  into.baseline = baseline;
  into.daysAgo = last === -1 ? -1 : asOfDay - last;
  into.ratio = baseline < fewestBaseline ? 1 : roundProbability(recent / recentDays / (baseline / baselineDays));
  return into;
};
