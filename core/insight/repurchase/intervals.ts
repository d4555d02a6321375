/**
 * What the law of gaps is fitted on: intervals between purchases, closed or still open, each with what was known when
 * it began. Two kinds, in equal measure: intervals as they begin, and intervals as they stand on days one to four weeks
 * ago, given that they had lasted until then (delayed entry), which is how the product asks. Every n-th, so that about
 * `most` of each kind are kept whatever the shop's size.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import type { PairStates } from './gap-effects.ts';
import type { Histories } from './histories.ts';
import { type GapHistory, type GapLawFigures, createGapHistory } from './predict-gap.ts';

const mostIntervals = 6000;
const landmarkDays = [7, 14, 21, 28];
/** A pair that has been silent for longer is hardly asked about. */
const landmarkAgeDays = 365;

export class Intervals {
  size = 0;
  readonly figures: GapLawFigures[] = [];
  /** The gap, or for an open interval the days it has lasted. */
  readonly days: number[] = [];
  /** Known to have lasted so long already; 0 as it begins. */
  readonly entry: number[] = [];
  readonly isOpen: boolean[] = [];

  add(
    { product, customer, m, purchases, lastLogGap, squares, factor }: GapHistory,
    days: number,
    entry: number,
    isOpen: boolean,
  ): void {
    this.figures.push({ product, customer, m, purchases, lastLogGap, squares, factor });
    this.days.push(days);
    this.entry.push(entry);
    this.isOpen.push(isOpen);
    this.size++;
  }
}

/** Intervals that begin with at least `fewest` and at most `most` purchases. */
export const sampleIntervals = (
  histories: Histories,
  states: PairStates,
  asOfDay: BusinessDay,
  fewest: number,
  most = Number.POSITIVE_INFINITY,
): Intervals => {
  const found = new Intervals();
  const history = createGapHistory();
  const { start, day, pairs } = histories;
  const keep = (pair: number, purchases: number, entry: number): void => {
    const row = (start[pair] as number) + purchases - 1;
    const from = day[row] as number;
    const isOpen = row + 1 === (start[pair + 1] as number);
    const days = (isOpen ? asOfDay : (day[row + 1] as number)) - from;
    if (days > 0 && days > entry) found.add(states.read(pair, purchases, history), days, entry, isOpen);
  };
  const begun = every(mostIntervals, (visit) => {
    for (let pair = 0; pair < pairs; pair++) {
      const all = (start[pair + 1] as number) - (start[pair] as number);
      for (let purchases = fewest; purchases <= Math.min(all, most); purchases++) visit(pair, purchases, 0);
    }
  });
  begun((pair, purchases) => keep(pair, purchases, 0));
  const standing = every(mostIntervals, (visit) => {
    for (const back of landmarkDays) visitStanding(histories, asOfDay - back, fewest, most, visit);
  });
  standing(keep);
  return found;
};

export type VisitInterval = (pair: number, purchases: number, elapsed: number) => void;

/** Pairs as they stood on a day: how many purchases, and how long ago the last. */
export const visitStanding = (
  { start, day, pairs }: Histories,
  onDay: BusinessDay,
  fewest: number,
  most: number,
  visit: VisitInterval,
): void => {
  for (let pair = 0; pair < pairs; pair++) {
    const first = start[pair] as number;
    let row = start[pair + 1] as number;
    while (row > first && (day[row - 1] as number) > onDay) row--;
    const purchases = row - first;
    if (purchases < fewest || purchases > most) continue;
    const elapsed = onDay - (day[row - 1] as number);
    if (elapsed <= landmarkAgeDays) visit(pair, purchases, elapsed);
  }
};

/** Goes twice over what `visitAll` visits: once to count, once to pass on an even sample of at most `most`. */
export const every =
  (most: number, visitAll: (visit: VisitInterval) => void) =>
  (visit: VisitInterval): void => {
    let count = 0;
    visitAll(() => count++);
    const share = Math.min(1, most / Math.max(1, count));
    let owed = 0;
    visitAll((pair, purchases, elapsed) => {
      owed += share;
      if (owed < 1) return;
      owed -= 1;
      visit(pair, purchases, elapsed);
    });
  };
