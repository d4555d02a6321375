/** Repurchase against what came within 30 days: Brier of the chance, and the middle error of the day of those who came. */
import { medianInPlace } from '../../statistics/median.ts';
import { roundDays, roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';
import type { BeliefTest } from './back-test.ts';
import { ChanceCases } from './chance-cases.ts';
import { judgeChances } from './judge-chances.ts';
import { type PretendedDay, activeCustomers, activeDays } from './pretended-day.ts';
import { chanceAt, dayAt } from '../repurchase/pair-columns.ts';

export const cycleHorizonDays = 30;

export class CycleTest {
  readonly #cases = new ChanceCases();
  /** Per case: what the own median gap says, as certain. */
  readonly #ownGap: number[] = [];
  readonly #daysOff: number[] = [];
  readonly #ownDaysOff: number[] = [];
  readonly #origins: BusinessDay[] = [];

  add(day: PretendedDay): void {
    const { beliefs, origin, asOfDay } = day;
    if (origin + cycleHorizonDays > asOfDay) return;
    this.#origins.push(origin);
    for (const c of activeCustomers(day)) {
      const days = daysByProduct(day, c);
      for (let pair = beliefs.pairStart[c]!; pair < beliefs.pairEnd[c]!; pair++) {
        if (beliefs.pairPurchases[pair]! < 2 || origin - beliefs.pairLastDay[pair]! > activeDays) continue;
        const bought = days.get(beliefs.pairProduct[pair]!) ?? [];
        this.#addPair(day, pair, bought);
      }
    }
  }

  finish(): BeliefTest {
    const cases = this.#cases;
    const cameTrue = cases.trueCount;
    const average = cases.size === 0 ? 0 : roundProbability(cameTrue / cases.size);
    return {
      belief: 'cycle',
      origins: this.#origins,
      ...judgeChances(cases, [
        { code: 'average', error: cases.brier(() => average) },
        { code: 'own-gap', error: cases.brier((at) => this.#ownGap[at]!) },
      ]),
      figures:
        cameTrue === 0 ? [] : [{ code: 'days-off', value: middle(this.#daysOff), baseline: middle(this.#ownDaysOff) }],
      averages: [average],
    };
  }

  #addPair({ beliefs, origin }: PretendedDay, pair: number, bought: readonly number[]): void {
    const before = bought.filter((day) => day <= origin);
    const next = bought.find((day) => day > origin) ?? Infinity;
    const came = next <= origin + cycleHorizonDays;
    const gaps = Float64Array.from(before.slice(1), (day, at) => day - before[at]!);
    const due = before.at(-1)! + medianInPlace(gaps, gaps.length);
    this.#cases.add(chanceAt(beliefs.pairWithin30, pair), came);
    this.#ownGap.push(due <= origin + cycleHorizonDays ? 1 : 0);
    if (!came) return;
    const inTime = (day: number): number => Math.min(origin + cycleHorizonDays, Math.max(origin + 1, day));
    this.#daysOff.push(Math.abs(inTime(dayAt(beliefs.pairP50, pair)) - next));
    this.#ownDaysOff.push(Math.abs(inTime(due) - next));
  }
}

function daysByProduct({ ledger, asOfDay }: PretendedDay, customer: number): Map<number, number[]> {
  const { product, day, flags } = ledger.orderLines;
  const days = new Map<number, number[]>();
  for (const row of ledger.linesOfCustomer(customer)) {
    if ((flags[row]! & notInCycle) !== 0 || day[row]! > asOfDay) continue;
    const own = days.get(product[row]!);
    if (!own) days.set(product[row]!, [day[row]!]);
    else if (own.at(-1) !== day[row]) own.push(day[row]!);
  }
  return days;
}

const middle = (values: readonly number[]): number =>
  roundDays(medianInPlace(Float64Array.from(values), values.length));
