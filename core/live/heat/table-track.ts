/**
 * A product known only from a platform's table: totals since the beginning (each paste is compared with the one before)
 * or rows of a minute or ten. Each difference or row is one step of the product's track, so heat and surge alarm work
 * as with events, at the table's own pace. A row not newer than the last one adds nothing, so pasting a table again, or
 * an overlapping one, is harmless. Totals that went down begin anew.
 */
import { type Counts } from '../live-second.ts';
import type { ProductCounts } from '../live-event.ts';
import { type ProductTrack, advanceTrack, startTrack } from './product-track.ts';

export interface TableTrack {
  readonly track: ProductTrack;
  readonly second: number;
  /** Sum of what was counted. */
  readonly session: Counts;
  /** The last row or difference, and over how many seconds. */
  readonly latest: Counts;
  readonly latestSeconds: number;
}

export const advanceTable = (
  before: TableTrack | undefined,
  given: ProductCounts,
  second: number,
  roomRate: number,
): TableTrack => {
  if (before && second <= before.second) return before;
  const isTotals = given.spanSeconds === 0;
  const isRestart =
    isTotals && before !== undefined && given.counts.some((value, index) => value < (before.session[index] ?? 0));
  const known: Counts = isTotals && before && !isRestart ? before.session : [0, 0, 0, 0];
  const latest = map(given.counts, (value, index) => value - (known[index] ?? 0));
  const session = isTotals ? given.counts : map(given.counts, (value, index) => value + (before?.session[index] ?? 0));
  const start = before?.track ?? startTrack(second - given.spanSeconds);
  return {
    track: advanceTrack(start, second, latest[0], Math.min(latest[1], latest[0]), roomRate),
    second,
    session,
    latest,
    latestSeconds: isTotals ? (before ? second - before.second : 0) : given.spanSeconds,
  };
};

const map = (counts: Counts, change: (value: number, index: number) => number): Counts =>
  counts.map(change) as unknown as Counts;
