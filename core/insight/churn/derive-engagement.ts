/**
 * What the customer did in the last 30 days against the 90 before: views, clicks, comments and other acts of their own.
 * Acts a day over acts a day; 1 while the baseline holds fewer than three.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import { type BusinessDay, dayFromMs } from '../../units/business-day.ts';
import { engagements } from '../engagement.ts';

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
