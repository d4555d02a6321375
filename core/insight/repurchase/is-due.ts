/**
 * Where a day stands against a window, by whole days. A window alone is no due date: where rhythms are loose it is
 * months wide. Due means inside, with a purchase within seven days at one in five or likelier (figures: DECISIONS). A
 * pair without a window is neither due nor overdue.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { BeliefColumns } from '../profile/belief-columns.ts';
import { ownPurchases } from './derive-pairs.ts';
import { dueChance, dueDays } from './due-chance.ts';
import { chanceAt, dayAt } from './pair-columns.ts';

export const isDue = (beliefs: BeliefColumns, pair: number): boolean =>
  chanceAt(beliefs.pairWithin7, pair) >= dueChance &&
  Math.round(dayAt(beliefs.pairP10, pair)) <= beliefs.asOfDay &&
  beliefs.asOfDay <= Math.round(dayAt(beliefs.pairP90, pair));

const single = new Uint8Array(1);

/** `day` is today or later; of a later one, as it will be if nothing is bought before. */
export const isDueOn = (beliefs: BeliefColumns, pair: number, day: BusinessDay): boolean =>
  day === beliefs.asOfDay ? isDue(beliefs, pair) : markDueDays(beliefs, pair, day - beliefs.asOfDay, single);

/** Marks by 1 on which of the days from `ahead` days after today on the pair is due; answers whether it ever is. */
export const markDueDays = (beliefs: BeliefColumns, pair: number, ahead: number, marks: Uint8Array): boolean => {
  marks.fill(0);
  const opens = Math.round(dayAt(beliefs.pairP10, pair)) - beliefs.asOfDay;
  const closes = Math.round(dayAt(beliefs.pairP90, pair)) - beliefs.asOfDay;
  const last = ahead + marks.length - 1;
  if (!(opens <= last && closes >= ahead)) return false;
  const in7 = chanceAt(beliefs.pairWithin7, pair);
  const in30 = chanceAt(beliefs.pairWithin30, pair);
  // No week of the coming 30 days can be likelier than all of them.
  if (last + dueDays <= 30 && in30 < dueChance) return false;
  const [at7, at14, at30] = [logNot(in7), logNot(chanceAt(beliefs.pairWithin14, pair)), logNot(in30)];
  let isEver = false;
  for (let at = Math.max(opens, ahead); at <= Math.min(closes, last); at++) {
    const isLikely =
      at === 0
        ? in7 >= dueChance
        : logStaying(at7, at14, at30, at + dueDays) - logStaying(at7, at14, at30, at) <= logUnlikely;
    if (!isLikely) continue;
    marks[at - ahead] = 1;
    isEver = true;
  }
  return isEver;
};

/** Only past a window of their own rhythm: of what most people do, nobody is late. */
export const isOverdue = (beliefs: BeliefColumns, pair: number): boolean =>
  Math.round(dayAt(beliefs.pairP90, pair)) < beliefs.asOfDay && (beliefs.pairPurchases[pair] as number) >= ownPurchases;

/** ln of the chance that nothing is bought within `days`: straight between the known horizons, and on behind them. */
const logStaying = (at7: number, at14: number, at30: number, days: number): number =>
  days <= 7
    ? (at7 * days) / 7
    : days <= 14
      ? at7 + ((at14 - at7) * (days - 7)) / 7
      : at14 + ((at30 - at14) * (days - 14)) / 16;

const logNot = (chance: number): number => Math.log(Math.max(1e-4, 1 - chance));
const logUnlikely = logNot(dueChance);
