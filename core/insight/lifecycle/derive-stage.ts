/**
 * The lifecycle stage of one customer, with its reason. A small machine over what is known on a day, independent of
 * RFM: a VIP may stand in churn warning. First that fits: no order and nothing done lately (aware), no order but
 * engaged (considering), silent for `overdueRatio` of the own interval, else of the shop's (churn-warning), one order
 * (first-purchase), `loyalOrders` and more (loyal), else repurchasing.
 */
import type { Stage } from '../profile/belief-columns.ts';
import type { LifecycleParameters } from './lifecycle-parameters.ts';

export interface StageInput {
  readonly orders: number;
  readonly daysSince: number;
  readonly ownIntervalDays: number;
  readonly overdueRatio: number;
  /** Days since the last view, click, comment or other act; -1 when there was none. */
  readonly engagedDaysAgo: number;
}

export type StageReason =
  | { readonly kind: 'never-engaged' }
  | { readonly kind: 'engaged'; readonly daysAgo: number }
  | { readonly kind: 'engaged-long-ago'; readonly daysAgo: number }
  | { readonly kind: 'one-order'; readonly daysSince: number }
  | { readonly kind: 'some-orders'; readonly orders: number; readonly daysSince: number }
  | { readonly kind: 'many-orders'; readonly orders: number; readonly daysSince: number }
  | {
      readonly kind: 'overdue';
      readonly daysSince: number;
      readonly intervalDays: number;
      readonly ratio: number;
      readonly interval: 'own' | 'shop';
    };

export const deriveStage = (
  input: StageInput,
  parameters: LifecycleParameters,
): { readonly stage: Stage; readonly reason: StageReason } => {
  const { orders, daysSince, engagedDaysAgo } = input;
  if (orders === 0) {
    if (engagedDaysAgo < 0) return { stage: 'aware', reason: { kind: 'never-engaged' } };
    return engagedDaysAgo <= parameters.consideringDays
      ? { stage: 'considering', reason: { kind: 'engaged', daysAgo: engagedDaysAgo } }
      : { stage: 'aware', reason: { kind: 'engaged-long-ago', daysAgo: engagedDaysAgo } };
  }
  if (input.overdueRatio >= parameters.overdueRatio) {
    const interval = input.ownIntervalDays > 0 ? 'own' : 'shop';
    const intervalDays = interval === 'own' ? input.ownIntervalDays : parameters.shopIntervalDays;
    return {
      stage: 'churn-warning',
      reason: { kind: 'overdue', daysSince, intervalDays, ratio: input.overdueRatio, interval },
    };
  }
  if (orders === 1) return { stage: 'first-purchase', reason: { kind: 'one-order', daysSince } };
  return orders >= parameters.loyalOrders
    ? { stage: 'loyal', reason: { kind: 'many-orders', orders, daysSince } }
    : { stage: 'repurchasing', reason: { kind: 'some-orders', orders, daysSince } };
};
