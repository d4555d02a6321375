/**
 * Where a day stands against a window, by whole days. A window alone is no due date: where rhythms are loose it is
 * months wide. Due means inside, with a purchase within seven days at one in five or likelier (figures: DECISIONS). A
 * pair without a window is neither due nor overdue.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { BeliefColumns } from '../profile/belief-columns.ts';
import { ownPurchases } from './derive-pairs.ts';
import { dueChance, dueDays } from './due-chance.ts';

export const isDue = (beliefs: BeliefColumns, pair: number): boolean => isDueOn(beliefs, pair, beliefs.asOfDay);

/** `day` is today or later; of a later one, as it will be if nothing is bought before. */
export const isDueOn = (beliefs: BeliefColumns, pair: number, day: BusinessDay): boolean =>
  Math.round(beliefs.pairP10[pair] as number) <= day &&
  day <= Math.round(beliefs.pairP90[pair] as number) &&
  chanceFrom(beliefs, pair, day - beliefs.asOfDay) >= dueChance;

/** Only past a window of their own rhythm: of what most people do, nobody is late. */
export const isOverdue = (beliefs: BeliefColumns, pair: number): boolean =>
  Math.round(beliefs.pairP90[pair] as number) < beliefs.asOfDay &&
  (beliefs.pairPurchases[pair] as number) >= ownPurchases;

/** The chance of a purchase within `dueDays` of the day `ahead` days from today. */
function chanceFrom({ pairWithin7, pairWithin14, pairWithin30 }: BeliefColumns, pair: number, ahead: number): number {
  if (ahead === 0) return pairWithin7[pair] as number;
  const [in7, in14, in30] = [pairWithin7[pair] as number, pairWithin14[pair] as number, pairWithin30[pair] as number];
  if (ahead + dueDays <= 30 && in30 < dueChance) return 0;
  return 1 - Math.exp(logStaying(in7, in14, in30, ahead + dueDays) - logStaying(in7, in14, in30, ahead));
}

/** ln of the chance that nothing is bought within `days`: straight between the known horizons, and on behind them. */
function logStaying(in7: number, in14: number, in30: number, days: number): number {
  const [at7, at14, at30] = [logNot(in7), logNot(in14), logNot(in30)];
  if (days <= 7) return (at7 * days) / 7;
  return days <= 14 ? at7 + ((at14 - at7) * (days - 7)) / 7 : at14 + ((at30 - at14) * (days - 14)) / 16;
}

const logNot = (chance: number): number => Math.log(Math.max(1e-4, 1 - chance));
