/**
 * Exactly one of five names, or none, for one customer. The first that fits: no order; lost and sleeping by days since
 * the last purchase; new by a single young order; VIP by scores; active otherwise.
 */
import { type RfmName, rfmNames } from '../profile/belief-columns.ts';
import type { NameRules } from './thresholds.ts';

export interface Named {
  readonly orders: number;
  readonly recencyDays: number;
  readonly ageDays: number;
  readonly recencyScore: number;
  readonly moneyScore: number;
}

export const nameCustomer = (customer: Named, rules: NameRules): RfmName => {
  if (customer.orders === 0) return 'none';
  if (customer.recencyDays > rules.lostAfterDays) return 'lost';
  if (customer.recencyDays > rules.sleepingAfterDays) return 'sleeping';
  if (customer.orders === 1 && customer.ageDays <= rules.newWithinDays) return 'new';
  if (customer.recencyScore >= rules.vipRecencyScore && customer.moneyScore >= rules.vipMoneyScore) return 'vip';
  return 'active';
};

export const rfmIndex = Object.fromEntries(rfmNames.map((name, at) => [name, at])) as Readonly<Record<RfmName, number>>;
