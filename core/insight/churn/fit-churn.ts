/**
 * Learns the churn weights by pretending that today was earlier: for each horizon, on six days thirty days apart, the
 * last of them a horizon ago, everybody who had bought within 180 days, with what was known then and whether they bought
 * within the horizon. Days with less than 60 days of history before them are left out. Keeps the given defaults below
 * `fewestRows` labels, or with fewer than `fewestOfEach` of either kind.
 */
import { fitRidgeLogistic } from '../../statistics/ridge-logistic.ts';
import { roundDays, roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type PurchaseDayColumns, firstAfter } from '../purchase-days.ts';
import { churnFeatureCount, signOfSilence, silencePlace, writeChurnFeatures } from './churn-features.ts';
import { type ChurnParameters, type ChurnWeights, churnHorizons } from './churn-parameters.ts';
import { standardised } from './predict-churn.ts';

/** Fitted on what lay before `origin`: log odds of no purchase within the horizon, by place in the columns. */
export type SilenceAt = (origin: BusinessDay) => (place: number, horizonDays: number) => number;

export const fewestRows = 300;
export const activeDays = 180;
const fewestOfEach = 30;
const mostRows = 20_000;
const origins = 6;
const originStepDays = 30;
const fewestDaysBefore = 60;
const penalty = 10;

export const fitChurn = (
  days: PurchaseDayColumns,
  asOfDay: BusinessDay,
  silenceAt: SilenceAt,
  defaults: ChurnParameters,
): ChurnParameters => {
  const gapDays = meanGap(days, asOfDay) ?? defaults.gapDays;
  const firstDay = days.day.subarray(0, days.start.at(-1)).reduce((least, day) => Math.min(least, day), asOfDay);
  // Horizons share days of the past wherever they can, and with them what was fitted for such a day.
  const known = new Map<BusinessDay, ReturnType<SilenceAt>>();
  const remembered: SilenceAt = (origin) => {
    const silence = known.get(origin) ?? silenceAt(origin);
    known.set(origin, silence);
    return silence;
  };
  const horizons: ChurnWeights[] = [];
  let customers = 0;
  for (const horizonDays of churnHorizons) {
    const rows = new LabelledRows();
    for (let back = 0; back < origins; back++) {
      const origin = asOfDay - horizonDays - back * originStepDays;
      if (origin - firstDay < fewestDaysBefore) break;
      rows.add(days, origin, horizonDays, gapDays, remembered(origin));
    }
    const weights = rows.fit(horizonDays);
    if (!weights) return { ...defaults, gapDays };
    horizons.push(weights);
    customers = Math.max(customers, rows.mostOfOneDay);
  }
  return { gapDays, horizons, customers };
};

/** Mean days between the purchase days of a customer; null below ten gaps. */
function meanGap({ start, day }: PurchaseDayColumns, asOfDay: BusinessDay): number | null {
  let [sum, n] = [0, 0];
  for (let c = 0; c + 1 < start.length; c++)
    for (let at = (start[c] as number) + 1; at < (start[c + 1] as number) && (day[at] as number) <= asOfDay; at++) {
      sum += (day[at] as number) - (day[at - 1] as number);
      n++;
    }
  return n < 10 ? null : roundDays(sum / n);
}

class LabelledRows {
  #features = new Float64Array(1024 * churnFeatureCount);
  #labels = new Uint8Array(1024);
  #size = 0;
  mostOfOneDay = 0;

  add(
    days: PurchaseDayColumns,
    origin: BusinessDay,
    horizonDays: number,
    gapDays: number,
    silence: ReturnType<SilenceAt>,
  ): void {
    const { start, day } = days;
    const active: number[] = [];
    for (let c = 0; c + 1 < start.length; c++) {
      const end = firstAfter(days, start[c] as number, start[c + 1] as number, origin);
      if (end > (start[c] as number) && origin - (day[end - 1] as number) <= activeDays) active.push(c);
    }
    this.mostOfOneDay = Math.max(this.mostOfOneDay, active.length);
    const stride = Math.max(1, Math.ceil((active.length * origins) / mostRows));
    for (let at = 0; at < active.length; at += stride) {
      const c = active[at] as number;
      const [from, to] = [start[c] as number, start[c + 1] as number];
      const end = firstAfter(days, from, to, origin);
      if (this.#size === this.#labels.length) this.#grow();
      const row = this.#size++;
      const place = row * churnFeatureCount;
      writeChurnFeatures(this.#features, place, days, from, to, origin, gapDays);
      this.#features[place + silencePlace] = silence(c, horizonDays);
      this.#labels[row] = end < to && (day[end] as number) <= origin + horizonDays ? 0 : 1;
    }
  }

  fit(horizonDays: number): ChurnWeights | null {
    const size = this.#size;
    const labels = this.#labels.subarray(0, size);
    const gone = labels.reduce((sum, label) => sum + label, 0);
    if (size < fewestRows || Math.min(gone, size - gone) < fewestOfEach) return null;
    const scale = scaleOf(this.#features, size);
    const table = new Float64Array(size * churnFeatureCount);
    for (let at = 0; at < table.length; at++) {
      const j = at % churnFeatureCount;
      table[at] = standardised(this.#features[at] as number, scale.mean[j] as number, scale.spread[j] as number);
    }
    return { horizonDays, ...scale, weights: fitRising(table, labels) };
  }

  #grow(): void {
    const [features, labels] = [this.#features, this.#labels];
    this.#features = new Float64Array(features.length * 2);
    this.#features.set(features);
    this.#labels = new Uint8Array(labels.length * 2);
    this.#labels.set(labels);
  }
}

/** The regression without the features by which a longer silence would lower the risk: left out one by one, worst first. */
function fitRising(table: Float64Array, labels: Uint8Array): number[] {
  for (;;) {
    const weights = Array.from(fitRidgeLogistic(table, churnFeatureCount, labels, penalty), roundProbability);
    let worst = -1;
    let most = 0;
    signOfSilence.forEach((sign, j) => {
      const against = -sign * (weights[j + 1] as number);
      if (against > most) [worst, most] = [j, against];
    });
    if (worst === -1) return weights;
    for (let at = worst; at < table.length; at += churnFeatureCount) table[at] = 0;
  }
}

function scaleOf(features: Float64Array, size: number): { mean: number[]; spread: number[] } {
  const mean = new Float64Array(churnFeatureCount);
  const squares = new Float64Array(churnFeatureCount);
  const last = size * churnFeatureCount;
  for (let at = 0; at < last; at++) {
    const j = at % churnFeatureCount;
    mean[j] = (mean[j] as number) + (features[at] as number) / size;
  }
  for (let at = 0; at < last; at++) {
    const j = at % churnFeatureCount;
    squares[j] = (squares[j] as number) + ((features[at] as number) - (mean[j] as number)) ** 2 / size;
  }
  return {
    mean: Array.from(mean, roundProbability),
    // What never varied says nothing: its weight stays at zero whatever its spread.
    spread: Array.from(squares, (square) => Math.max(0.01, roundProbability(Math.sqrt(square)))),
  };
}
