/**
 * Learns the correction of `calibrate.ts` from labelled pairs: what was known on a pretended day, and whether a purchase
 * came within each horizon. Ridge 300 (held-out halves of the accuracy files preferred 300 to 1000; the offset leaves
 * little to say). A horizon with fewer than 300 labelled pairs, or only one answer, learns nothing; null when none does.
 */
import { fitRidgeLogistic } from '../../statistics/ridge-logistic.ts';
import { logOdds } from '../../statistics/logistic.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import {
  calibratedPurchases,
  calibratorWidth,
  horizons,
  rawFeatures,
  writeFeatures,
  writeRawFeatures,
} from './calibrate.ts';
import type { PairStates } from './gap-effects.ts';
import type { Histories } from './histories.ts';
import { every, visitStanding } from './intervals.ts';
import { type GapHistory, createGapHistory, createGapLaw, predictGap, withinDays } from './predict-gap.ts';
import type { GapCalibrator, RepurchaseParameters } from './repurchase-parameters.ts';

export const fewestLabelled = 300;
const penalty = 300;
/** How many days ago every horizon is asked about, and those that only a week fits into well. */
const pretendedDays = [30, 45, 60];
const pretendedWeeks = [7, 14, 21];
const mostExamplesOfDay = 4000;

/** One pretended question for one horizon: `successes` in `trials`, both 0 or 1. */
interface Answer {
  readonly example: number;
  readonly successes: number;
  readonly trials: number;
}

export class Examples {
  readonly #raw: number[] = [];
  readonly #chances: number[][] = [];
  readonly #answers: Answer[][] = horizons.map(() => []);
  readonly #parameters: RepurchaseParameters;
  readonly #law = createGapLaw();
  readonly #row = new Float64Array(rawFeatures);

  constructor(parameters: RepurchaseParameters) {
    this.#parameters = parameters;
  }

  /** Adds what was known; answers its number. */
  add(history: GapHistory, elapsed: number): number {
    writeRawFeatures(this.#row, 0, history, elapsed);
    this.#raw.push(...this.#row);
    predictGap(history, this.#parameters, this.#law);
    return this.#chances.push(horizons.map((horizon) => withinDays(this.#law, elapsed, horizon))) - 1;
  }

  answer(horizon: number, example: number, successes: number, trials = 1): void {
    (this.#answers[horizon] as Answer[]).push({ example, successes, trials });
  }

  get size(): number {
    return this.#chances.length;
  }

  /** Features are counted in the spreads of the first `scaledBy` examples, or of all when those are too few. */
  fit(scaledBy = 0): GapCalibrator | null {
    const { size } = this;
    if (size < fewestLabelled) return null;
    const raw = Float64Array.from(this.#raw);
    const scaling = standardise(raw, scaledBy < fewestLabelled ? size : scaledBy);
    const rows = new Float64Array(size * calibratorWidth);
    for (let i = 0; i < size; i++) writeFeatures(rows, i * calibratorWidth, raw, i * rawFeatures, scaling);
    const labelled = this.#answers.map((answers) => answers.reduce((sum, { trials }) => sum + trials, 0));
    const weights = this.#answers.map((answers, at) =>
      (labelled[at] as number) < fewestLabelled ? [] : fitHorizon(answers, rows, (i) => this.#chances[i]?.[at] ?? 0),
    );
    return weights.every((each) => each.length === 0) ? null : { ...scaling, weights, labelled };
  }
}

/**
 * Pretends that today was 30, 45 and 60 days ago; for a purchase within a week also 7, 14 and 21 days ago, because a
 * week is like the weeks before it. Features keep the spreads of the former, so that asking about a week does not change
 * what is learnt of a month.
 */
export const fitCalibrator = (
  histories: Histories,
  states: PairStates,
  asOfDay: BusinessDay,
  parameters: RepurchaseParameters,
): GapCalibrator | null => {
  const examples = new Examples(parameters);
  const history = createGapHistory();
  const { start, day } = histories;
  const ask = (back: number, answered: number): void => {
    const pretended = asOfDay - back;
    const visitAll = every(mostExamplesOfDay, (visit) =>
      visitStanding(histories, pretended, calibratedPurchases, Number.POSITIVE_INFINITY, visit),
    );
    visitAll((pair, purchases, elapsed) => {
      const row = (start[pair] as number) + purchases;
      const came = row < (start[pair + 1] as number) ? (day[row] as number) - pretended : Number.POSITIVE_INFINITY;
      const example = examples.add(states.read(pair, purchases, history), elapsed);
      for (let at = 0; at < answered; at++) examples.answer(at, example, came <= (horizons[at] as number) ? 1 : 0);
    });
  };
  for (const back of pretendedDays) ask(back, horizons.length);
  const asked = examples.size;
  for (const back of pretendedWeeks) ask(back, 1);
  return examples.fit(asked);
};

function standardise(raw: Float64Array, size: number): Pick<GapCalibrator, 'centres' | 'scales'> {
  const centres: number[] = [];
  const scales: number[] = [];
  for (let j = 0; j < rawFeatures; j++) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += raw[i * rawFeatures + j] as number;
    const centre = sum / size;
    let squares = 0;
    for (let i = 0; i < size; i++) squares += ((raw[i * rawFeatures + j] as number) - centre) ** 2;
    centres.push(roundProbability(centre));
    scales.push(roundProbability(Math.sqrt(squares / size)));
  }
  return { centres, scales };
}

function fitHorizon(answers: readonly Answer[], rows: Float64Array, chanceOf: (example: number) => number): number[] {
  const features = new Float64Array(answers.length * calibratorWidth);
  answers.forEach(({ example }, i) =>
    features.set(rows.subarray(example * calibratorWidth, (example + 1) * calibratorWidth), i * calibratorWidth),
  );
  const labels = Uint8Array.from(answers, ({ successes }) => successes);
  const happened = labels.reduce((sum, each) => sum + each, 0);
  const tried = answers.reduce((sum, { trials }) => sum + trials, 0);
  if (happened === 0 || happened >= tried) return [];
  const weights = fitRidgeLogistic(features, calibratorWidth, labels, penalty, 25, {
    trials: answers.map(({ trials }) => trials),
    offsets: answers.map(({ example }) => logOdds(chanceOf(example))),
    interceptPenalty: 1,
  });
  return Array.from(weights, roundProbability);
}
