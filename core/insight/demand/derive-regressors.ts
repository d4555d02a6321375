/**
 * What a forecast of ln units is made of, by series and week, each from earlier weeks alone (and the plan of the week
 * itself): the level, an exponentially weighted mean of ln(units + offset), and how far each signal stands from its own
 * weighted mean of the same weight. Because both are smoothed alike, an effect of a signal on the deviations is its
 * effect on demand, and a promotion does not lift the level that follows it.
 *
 * The offset is a tenth of the series' mean units, so that weeks without a sale pull the level without ruling it.
 */
import type { DemandPanel } from './demand-panel.ts';

export const regressors = [
  'price',
  'deal',
  'feature',
  'shown',
  'deal-shown',
  'price-shown',
  'last-price',
  'last-shown',
  'rival-price',
  'rival-deal',
  'rival-feature',
  'rival-shown',
  'due',
] as const;
export const regressorCount = regressors.length;
/** The first ones, which rivals have too. */
const ownSignals = 4;
const firstRival = regressors.indexOf('rival-price');
const duePlace = regressors.indexOf('due');

export interface Regressors {
  /** 0 without signals. */
  readonly width: number;
  /** Weeks 0 … week are filled; a value stands at `series * stride + week`. */
  readonly stride: number;
  readonly offset: Float64Array;
  /** ln(units + offset); NaN where units are not known. In `week` itself never known. */
  readonly logUnits: Float64Array;
  /** What the weeks before say; NaN before the first known one. `known` counts them. */
  readonly level: Float64Array;
  readonly known: Int32Array;
  /** At `(series * stride + week) * width`; NaN where a signal of the week is not known. */
  readonly values: Float64Array;
}

export const deriveRegressors = (panel: DemandPanel, week: number, alpha: number): Regressors => {
  const stride = week + 1;
  const size = panel.series * stride;
  const width = panel.signals === null ? 0 : regressorCount;
  const found = {
    width,
    stride,
    offset: new Float64Array(panel.series),
    logUnits: new Float64Array(size).fill(Number.NaN),
    level: new Float64Array(size).fill(Number.NaN),
    known: new Int32Array(size),
    values: new Float64Array(size * width),
  };
  for (let s = 0; s < panel.series; s++) {
    deriveLevel(panel, s, week, alpha, found);
    if (panel.signals !== null) deriveOwn(panel, s, alpha, found);
  }
  if (panel.signals !== null) deriveRivals(panel, found);
  return found;
};

function deriveLevel(panel: DemandPanel, series: number, week: number, alpha: number, found: Regressors): void {
  const units = panel.units.subarray(series * panel.weeks, series * panel.weeks + week);
  let sum = 0;
  let count = 0;
  for (const value of units)
    if (!Number.isNaN(value)) {
      sum += value;
      count++;
    }
  const offset = sum > 0 ? sum / count / 10 : 1;
  found.offset[series] = offset;
  const level = new Smoothed(alpha);
  const start = series * found.stride;
  for (let w = 0; w <= week; w++) {
    found.level[start + w] = level.value;
    found.known[start + w] = level.count;
    if (w === week || Number.isNaN(units[w]!)) continue;
    found.logUnits[start + w] = Math.log(units[w]! + offset);
    level.take(found.logUnits[start + w]!);
  }
}

function deriveOwn(panel: DemandPanel, series: number, alpha: number, found: Regressors): void {
  const { price, deal, feature, due } = panel.signals!;
  const { stride, values } = found;
  const means = Array.from({ length: ownSignals + 1 }, () => new Smoothed(alpha));
  const now = new Float64Array(ownSignals + 1);
  const meanDue = new Smoothed(alpha);
  let lastPrice = 0;
  let lastShown = 0;
  for (let week = 0; week < stride; week++) {
    const from = series * panel.weeks + week;
    const to = (series * stride + week) * regressorCount;
    if (!(price[from]! > 0)) {
      values.fill(Number.NaN, to, to + regressorCount);
      continue;
    }
    now[0] = Math.log(price[from]!);
    now[1] = deal[from]!;
    now[2] = feature[from]!;
    now[3] = feature[from]! > 0 ? 1 : 0;
    now[4] = now[1]! * now[3]!;
    for (let signal = 0; signal <= ownSignals; signal++) {
      const mean = means[signal]!;
      values[to + signal] = mean.count === 0 ? Number.NaN : now[signal]! - mean.value;
      mean.take(now[signal]!);
    }
    if (due !== null) {
      const people = Math.log1p(due[from]!);
      values[to + duePlace] = meanDue.count === 0 ? 0 : people - meanDue.value;
      meanDue.take(people);
    }
    values[to + 5] = values[to]! * now[3]!;
    values[to + 6] = lastPrice;
    values[to + 7] = lastShown;
    if (means[0]!.count < 2) continue;
    lastPrice = values[to]!;
    lastShown = values[to + 3]!;
  }
}

/** The mean of the rivals' own deviations in the week, weighted by their levels. */
function deriveRivals(panel: DemandPanel, found: Regressors): void {
  const { stride, values, level } = found;
  const groups = panel.group.reduce((most, group) => Math.max(most, group + 1), 0);
  const weights = new Float64Array(groups);
  const sums = new Float64Array(groups * ownSignals);
  for (let week = 0; week < stride; week++) {
    weights.fill(0);
    sums.fill(0);
    for (const isSumming of [true, false])
      for (let s = 0; s < panel.series; s++) {
        const group = panel.group[s]!;
        const at = (s * stride + week) * regressorCount;
        if (Number.isNaN(values[at]!)) continue;
        const before = level[s * stride + week]!;
        const weight = Number.isNaN(before) ? 0 : Math.exp(before);
        if (group >= 0 && isSumming) weights[group]! += weight;
        const others = group < 0 ? 0 : weights[group]! - weight;
        for (let signal = 0; signal < ownSignals; signal++) {
          const own = weight * values[at + signal]!;
          if (!isSumming)
            values[at + firstRival + signal] = others > 1e-9 ? (sums[group * ownSignals + signal]! - own) / others : 0;
          else if (group >= 0) sums[group * ownSignals + signal]! += own;
        }
      }
  }
}

/** A plain mean while there are few values, then an exponentially weighted one. */
class Smoothed {
  value = Number.NaN;
  count = 0;
  readonly #alpha: number;

  constructor(alpha: number) {
    this.#alpha = alpha;
  }

  take(value: number): void {
    this.count++;
    this.value = this.count === 1 ? value : this.value + Math.max(this.#alpha, 1 / this.count) * (value - this.value);
  }
}
