/**
 * Exactly one of five names, or none, for one customer, by index into `rfmNames`. The first that fits: no order; lost
 * and sleeping by days since the last purchase; new by a single young order; VIP by scores; active otherwise. Plain
 * numbers in, and no object: a million customers are named on each keystroke of a preview.
 */
import { type RfmName, rfmNames } from '../profile/belief-columns.ts';
import type { NameRules } from './thresholds.ts';

export const rfmIndex = Object.fromEntries(rfmNames.map((name, at) => [name, at])) as Readonly<Record<RfmName, number>>;
const { none, lost, sleeping, new: fresh, vip, active } = rfmIndex;

export const nameIndex = (
  orders: number,
  recencyDays: number,
  ageDays: number,
  recencyScore: number,
  moneyScore: number,
  rules: NameRules,
): number => {
  if (orders === 0) return none;
  if (recencyDays > rules.lostAfterDays) return lost;
  if (recencyDays > rules.sleepingAfterDays) return sleeping;
  if (orders === 1 && ageDays <= rules.newWithinDays) return fresh;
  return recencyScore >= rules.vipRecencyScore && moneyScore >= rules.vipMoneyScore ? vip : active;
};
