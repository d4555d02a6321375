/** Churn against who really bought nothing within 60 days: Brier of the risk, and how well it ranks beside recency. */
import { churnHorizons } from '../churn/churn-parameters.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import type { BeliefTest } from './back-test.ts';
import { ChanceCases } from './chance-cases.ts';
import { judgeBelief } from './judge-belief.ts';
import { type PretendedDay, activeCustomers, nextPurchaseDay } from './pretended-day.ts';

export const churnHorizonDays = 60;
const least = { cases: 200, ofEach: 30 };

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
    const cameTrue = cases.trueCount;
    const averages = this.#silent.map((n) => (cases.size === 0 ? 0 : roundProbability(n / cases.size)));
    const average = averages.at(-1)!;
    const error = cases.brier();
    const baselines = [{ code: 'average' as const, error: cases.brier(() => average) }];
    return {
      belief: 'churn',
      measure: 'brier',
      origins: this.#origins,
      cases: cases.size,
      cameTrue,
      error,
      baselines,
      verdict: judgeBelief(error, baselines, { cases: cases.size, cameTrue, cameFalse: cases.size - cameTrue }, least),
      reliability: cases.reliability(),
      figures:
        cases.size === 0
          ? []
          : [{ code: 'ranking', value: cases.ranking(), baseline: cases.ranking((at) => this.#recency[at]!) }],
      averages,
    };
  }
}
