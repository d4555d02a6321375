/** Forecast chances with what came of them: error, reliability, ranking. Chances 0 to 1, outcomes 0 or 1. */
import { roundProbability } from '../../statistics/rounding.ts';
import type { ReliabilityRow } from './back-test.ts';

const bins = 10;

export class ChanceCases {
  readonly forecast: number[] = [];
  readonly cameTrue: number[] = [];

  add(forecast: number, isTrue: boolean): void {
    this.forecast.push(forecast);
    this.cameTrue.push(isTrue ? 1 : 0);
  }

  get size(): number {
    return this.forecast.length;
  }

  get trueCount(): number {
    return this.cameTrue.reduce((sum, one) => sum + one, 0);
  }

  /** Mean squared error (G. W. Brier, 1950). */
  brier(forecast: (at: number) => number = (at) => this.forecast[at]!): number {
    let sum = 0;
    for (let at = 0; at < this.size; at++) sum += (forecast(at) - this.cameTrue[at]!) ** 2;
    return this.size === 0 ? 0 : roundProbability(sum / this.size);
  }

  /** Chance that a case that came true stands above one that did not; ties half. 0.5 when there is only one kind. */
  ranking(score: (at: number) => number = (at) => this.forecast[at]!): number {
    const order = [...this.cameTrue.keys()].sort((a, b) => score(a) - score(b));
    let [sum, at] = [0, 0];
    while (at < order.length) {
      let end = at;
      while (end < order.length && score(order[end]!) === score(order[at]!)) end++;
      for (let i = at; i < end; i++) if (this.cameTrue[order[i]!] === 1) sum += (at + end + 1) / 2;
      at = end;
    }
    const yes = this.trueCount;
    const no = this.size - yes;
    return yes === 0 || no === 0 ? 0.5 : roundProbability((sum - (yes * (yes + 1)) / 2) / (yes * no));
  }

  /** Ten bins of equally many cases; equal forecasts stay in their order, so a bin may share its edge with the next. */
  reliability(): ReliabilityRow[] {
    const order = [...this.forecast.keys()].sort((a, b) => this.forecast[a]! - this.forecast[b]! || a - b);
    const rows: ReliabilityRow[] = [];
    for (let bin = 0; bin < bins; bin++) {
      const own = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins));
      if (own.length === 0) continue;
      const mean = (values: readonly number[]): number =>
        roundProbability(own.reduce((sum, at) => sum + values[at]!, 0) / own.length);
      rows.push({ forecast: mean(this.forecast), observed: mean(this.cameTrue), n: own.length });
    }
    return rows;
  }
}
