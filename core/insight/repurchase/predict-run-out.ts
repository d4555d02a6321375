/**
 * When a household's formula is used up: tins x grams, less what is wasted, against grams a day by age and feeding
 * (`daily-formula.ts`), corrected by how fast the household really reordered. ln(own use / table) has a normal prior
 * around 0 with the table's deviation; the tins of all purchases but the last, over the days until the last, are one
 * observation of it with deviation 0.35 / sqrt(reorders), because tins at home come and go, and wider by as much as was
 * bought for each reorder beyond what the table uses, because that may still stand there. The blend is the posterior
 * (conjugate normal); its deviation, and 0.1 for the tins themselves, make the window. The window counts from the last
 * purchase with what earlier ones should have left, or from the day the last tin was opened when that is known. People
 * reorder when a shelf is nearly empty (deviation 0.35 of the stock), so of what is left by arithmetic as much counts as
 * that observation leaves of it (posterior mean; use over the gap has the table's deviation): nearly all of it a day
 * after a purchase, two thirds when it comes in time. Grams and business days. Refuses without a birth day within the
 * fed months, a tin size or a purchase, and says which are missing.
 */
import type { Feeding } from '#core/datasets/fact.ts';
import { normalQuantile } from '../../statistics/normal.ts';
import { roundDays, roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { dailyFormulaGrams, feedingDeviation } from './daily-formula.ts';
import type { Evidence } from '../profile/belief-columns.ts';

export interface TinPurchase {
  readonly day: BusinessDay;
  readonly tins: number;
}

export interface Household {
  /** Null while nobody told. */
  readonly birthDay: BusinessDay | null;
  readonly feeding: Feeding;
  /** 0 while unknown. */
  readonly tinGrams: number;
  /** Oldest first. */
  readonly purchases: readonly TinPurchase[];
  readonly openedDay?: BusinessDay;
}

export interface RunOut {
  readonly kind: 'run-out';
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** The day to remind: three days before p50. */
  readonly remindDay: BusinessDay;
  readonly gramsADay: number;
  /** What earlier purchases should have left on the day of the last. */
  readonly leftGrams: number;
  readonly tableGramsADay: number;
  /** How much reorders weigh against the table, 0 to 1, and how many there were. */
  readonly reorderWeight: number;
  readonly reorders: number;
  readonly evidence: Evidence;
}

export interface NoRunOut {
  readonly kind: 'insufficient-evidence';
  readonly missing: readonly ('birth-day' | 'fed-age' | 'tin-size' | 'purchase')[];
}

const wasteShare = 0.05;
const reorderDeviation = 0.35;
const tinDeviation = 0.1;
const remindDays = 3;
const ownWeight = 0.8;
/** Nothing is expected to last longer. */
const longestDays = 400;

export const predictRunOut = (household: Household): RunOut | NoRunOut => {
  const { birthDay, feeding, tinGrams } = household;
  const purchases = mergeDays(household.purchases);
  const last = purchases.at(-1);
  const from = last && Math.max(last.day, household.openedDay ?? last.day);
  const ageDays = birthDay === null || from === undefined ? 0 : from - birthDay;
  const isFed = dailyFormulaGrams(ageDays, feeding) > 0;
  const missing = [
    ...(birthDay === null ? (['birth-day'] as const) : isFed ? [] : (['fed-age'] as const)),
    ...(tinGrams > 0 ? [] : (['tin-size'] as const)),
    ...(last ? [] : (['purchase'] as const)),
  ];
  if (birthDay === null || !last || from === undefined || missing.length > 0)
    return { kind: 'insufficient-evidence', missing };
  const usable = tinGrams * (1 - wasteShare);
  const own = deriveOwnUse(purchases, usable, birthDay, feeding);
  const deviation = Math.sqrt(own.variance + tinDeviation * tinDeviation);
  const left = from > last.day ? 0 : deriveLeft(purchases, usable, Math.exp(own.logRatio), birthDay, feeding);
  const lasts = (share: number): number => {
    const rate = Math.exp(own.logRatio - normalQuantile(share) * deviation);
    return daysUntilUsed(left + last.tins * usable, rate, from - birthDay, feeding);
  };
  const p50 = roundDays(from + lasts(0.5));
  const tableGramsADay = dailyFormulaGrams(ageDays, feeding);
  return {
    kind: 'run-out',
    p10: roundDays(from + lasts(0.1)),
    p50,
    p90: roundDays(from + lasts(0.9)),
    remindDay: Math.round(p50) - remindDays,
    leftGrams: Math.round(left),
    gramsADay: Math.round(tableGramsADay * Math.exp(own.logRatio)),
    tableGramsADay: Math.round(tableGramsADay),
    reorderWeight: roundProbability(own.weight),
    reorders: purchases.length - 1,
    evidence: own.weight === 0 ? 'prior' : own.weight >= ownWeight ? 'own' : 'blend',
  };
};

/** The posterior of ln(own use / table). */
function deriveOwnUse(purchases: readonly TinPurchase[], usable: number, birthDay: BusinessDay, feeding: Feeding) {
  const prior = feedingDeviation[feeding] ** 2;
  const reorders = purchases.length - 1;
  const first = purchases[0]?.day ?? 0;
  const until = purchases.at(-1)?.day ?? 0;
  const table = tableGrams(first, until, birthDay, feeding);
  if (reorders < 1 || table === 0) return { logRatio: 0, variance: prior, weight: 0 };
  const used = purchases.slice(0, -1).reduce((sum, { tins }) => sum + tins, 0) * usable;
  const beyond = Math.max(1, used / table / Math.sqrt(reorders));
  const weight = prior / (prior + (reorderDeviation * beyond) ** 2 / reorders);
  return { logRatio: weight * Math.log(used / table), variance: prior * (1 - weight), weight };
}

/** What the purchases before the last should have left at home when it came. */
function deriveLeft(
  purchases: readonly TinPurchase[],
  usable: number,
  rate: number,
  birthDay: BusinessDay,
  feeding: Feeding,
): number {
  let left = 0;
  for (const [at, { day, tins }] of purchases.slice(0, -1).entries()) {
    const stock = left + tins * usable;
    const used = Math.min(stock, rate * tableGrams(day, purchases[at + 1]!.day, birthDay, feeding));
    const nearlyEmpty = (reorderDeviation * stock) ** 2;
    left = ((stock - used) * nearlyEmpty) / (nearlyEmpty + (feedingDeviation[feeding] * used) ** 2);
  }
  return left;
}

function tableGrams(from: BusinessDay, until: BusinessDay, birthDay: BusinessDay, feeding: Feeding): number {
  let grams = 0;
  for (let day = from; day < until; day++) grams += dailyFormulaGrams(day - birthDay, feeding);
  return grams;
}

/** Grams used day by day as the child grows. */
function daysUntilUsed(grams: number, rate: number, ageDays: number, feeding: Feeding): number {
  let left = grams;
  for (let day = 0; day < longestDays; day++) {
    const today = dailyFormulaGrams(ageDays + day, feeding) * rate;
    if (today === 0) return day;
    if (today >= left) return day + left / today;
    left -= today;
  }
  return longestDays;
}

function mergeDays(purchases: readonly TinPurchase[]): readonly TinPurchase[] {
  const byDay = new Map<BusinessDay, number>();
  for (const { day, tins } of purchases) if (tins > 0) byDay.set(day, (byDay.get(day) ?? 0) + tins);
  return [...byDay].map(([day, tins]) => ({ day, tins })).sort((a, b) => a.day - b.day);
}
