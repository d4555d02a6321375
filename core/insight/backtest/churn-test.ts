/** Churn against who really bought nothing within 60 days: Brier of the risk, and how well it ranks beside recency. */
import { churnHorizons } from '../churn/churn-parameters.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { BeliefTest } from './back-test.ts';
import { ChanceCases } from './chance-cases.ts';
import { judgeChances } from './judge-chances.ts';
import { type PretendedDay, activeCustomers, nextPurchaseDay } from './pretended-day.ts';

export const churnHorizonDays = 60;

export class ChurnTest {
  readonly #cases = new ChanceCases();
  readonly #recency: number[] = [];
  readonly #silent = churnHorizons.map(() => 0);
  readonly #origins: BusinessDay[] = [];

  add(day: PretendedDay): void {
    const { beliefs, origin, asOfDay } = day;
    if (origin + churnHorizonDays > asOfDay) return;
    this.#origins.push(origin);
    for (const c of activeCustomers(day)) {
      const next = nextPurchaseDay(day, c);
      this.#cases.add(beliefs.churn60[c]!, next > origin + churnHorizonDays);
      this.#recency.push(origin - beliefs.lastDay[c]!);
      churnHorizons.forEach((horizon, at) => {
        if (next > origin + horizon) this.#silent[at]!++;
      });
    }
  }

  finish(): BeliefTest {
    const cases = this.#cases;
    const averages = this.#silent.map((n) => (cases.size === 0 ? 0 : roundProbability(n / cases.size)));
    const average = averages.at(-1)!;
    return {
      belief: 'churn',
      origins: this.#origins,
      ...judgeChances(cases, [{ code: 'average', error: cases.brier(() => average) }]),
      figures:
        cases.size === 0
          ? []
          : [{ code: 'ranking', value: cases.ranking(), baseline: cases.ranking((at) => this.#recency[at]!) }],
      averages,
    };
  }
}
