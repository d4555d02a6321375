/**
 * Whether the parameters should be fitted anew: there is no record yet, the newest is seven days old, or the facts have
 * become a quarter more or fewer (a first large import; a wrong one taken back), or as much of them has been taken for
 * others (one taken back and another in its place: `line-sketch.ts`). Without facts there is nothing to fit.
 */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { sharedLines, sketchLines } from './line-sketch.ts';
import type { ParameterRecord } from './parameters.doc.ts';

const mostDays = 7;
const share = 0.25;

export const isFitDue = (
  newest: Pick<ParameterRecord, 'fittedDay' | 'lines' | 'sketch'> | null,
  asOfDay: BusinessDay,
  lines: number,
  sketch?: readonly number[],
): boolean =>
  lines > 0 &&
  (newest === null ||
    asOfDay - newest.fittedDay >= mostDays ||
    haveMoved(newest.lines, lines) ||
    (newest.sketch !== undefined &&
      sketch !== undefined &&
      linesMoved(sharedLines(newest.sketch, sketch), newest.lines, lines) >= share * newest.lines));

/** A quarter more or fewer. */
export const haveMoved = (before: number, now: number): boolean =>
  Math.abs(now - before) >= share * Math.max(1, before);

/** Lines that came and that went, when such a share of both together is in both. */
const linesMoved = (shared: number, before: number, now: number): number =>
  ((before + now) * (1 - shared)) / (1 + shared);

/** What a record fitted on a day is fitted from: purchases up to it, and who made them. */
export const countSample = (
  ledger: Ledger,
  asOfDay: BusinessDay,
): { lines: number; customers: number; sketch: readonly number[] } => {
  const { count, live, day, flags, customer } = ledger.orderLines;
  const seen = new Uint8Array(ledger.customerCount);
  let lines = 0;
  let customers = 0;
  for (let row = 0; row < count; row++) {
    if (live[row] !== 1 || ((flags[row] as number) & notAPurchase) !== 0 || (day[row] as number) > asOfDay) continue;
    lines++;
    customers += 1 - (seen[customer[row] as number] as number);
    seen[customer[row] as number] = 1;
  }
  return { lines, customers, sketch: sketchLines(ledger, asOfDay) };
};
