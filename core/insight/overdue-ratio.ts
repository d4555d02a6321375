/** How late a customer is against their own rhythm. */
import { roundProbability } from '../statistics/rounding.ts';

/** Days since the last purchase over the own interval, else the shop's; 0 without an order. To 1e-4. */
export const overdueRatio = (daysSince: number, ownIntervalDays: number, shopIntervalDays: number): number =>
  roundProbability(Math.max(0, daysSince) / Math.max(1, ownIntervalDays > 0 ? ownIntervalDays : shopIntervalDays));
