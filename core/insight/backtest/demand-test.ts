/** Demand against the last four weeks: units missed over units sold, beside last week's units and the median of five. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { collectWeeks, mostLearnt, weekDays } from '../demand/collect-weeks.ts';
import type { DemandParameters } from '../demand/demand-parameters.ts';
import { predictDemand } from '../demand/predict-demand.ts';
import { simpleUnits } from '../demand/simple-rule.ts';
import type { BeliefTest } from './back-test.ts';
import { notDemanded } from '../purchase-line.ts';
import { judgeBelief } from './judge-belief.ts';

export const demandWeeks = 4;
const fewestWeeks = 6;
const least = { cases: 40, ofEach: 30 };

export class DemandTest {
  readonly #origins: BusinessDay[] = [];
  #cases = 0;
  #sold = 0;
  #missed = 0;
  #missedByLast = 0;
  #missedByMedian = 0;
  #inside = 0;

  /** Parameters must come from days before `origin`; asks for the week after it. */
  add(ledger: Ledger, origin: BusinessDay, parameters: DemandParameters): void {
    this.#origins.push(origin);
    const { panel, products, comingWeek } = collectWeeks(ledger, origin, new Map(), mostLearnt);
    const { expected, low, high, weeks } = predictDemand(parameters, panel, comingWeek);
    const sold = soldIn(ledger, origin + 1, origin + weekDays);
    products.forEach((product, s) => {
      if (weeks[s]! < fewestWeeks || Number.isNaN(expected[s]!)) return;
      const units = sold[product]! / 1000;
      this.#cases++;
      this.#sold += units;
      this.#missed += Math.abs(expected[s]! - units);
      this.#missedByLast += Math.abs(simpleUnits('last-week', panel, s, comingWeek) - units);
      this.#missedByMedian += Math.abs(simpleUnits('median-of-five', panel, s, comingWeek) - units);
      if (units >= low[s]! && units <= high[s]!) this.#inside++;
    });
  }

  finish(): BeliefTest {
    const share = (missed: number): number => (this.#sold === 0 ? 0 : roundProbability(missed / this.#sold));
    const error = share(this.#missed);
    const baselines = [
      { code: 'last-week' as const, error: share(this.#missedByLast) },
      { code: 'median-of-five' as const, error: share(this.#missedByMedian) },
    ];
    const cameTrue = Math.round(this.#sold);
    return {
      belief: 'demand',
      measure: 'missed-units',
      origins: this.#origins,
      cases: this.#cases,
      cameTrue,
      error,
      baselines,
      verdict: judgeBelief(error, baselines, { cases: this.#cases, cameTrue, cameFalse: Infinity }, least),
      reliability: [],
      figures:
        this.#cases === 0
          ? []
          : [{ code: 'coverage', value: roundProbability(this.#inside / this.#cases), baseline: null }],
      averages: [],
    };
  }
}

/** Thousandths of a unit by dense product that left the shop from `first` to `last`. */
function soldIn({ orderLines, productCount }: Ledger, first: BusinessDay, last: BusinessDay): Float64Array {
  const { count, live, flags, day, product, quantityMilli } = orderLines;
  const sold = new Float64Array(productCount);
  for (let row = 0; row < count; row++)
    if (live[row] === 1 && (flags[row]! & notDemanded) === 0 && day[row]! >= first && day[row]! <= last)
      sold[product[row]!]! += quantityMilli[row]!;
  return sold;
}
