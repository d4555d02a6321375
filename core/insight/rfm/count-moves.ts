/**
 * Who is called what, and what they were called before. Used for "moved since last week" and for the preview of new
 * thresholds. Only people who are present on the later side count, and before only who had come by then: the index
 * behind the last name says that somebody had not.
 */
import { countFlows } from '../count-flows.ts';
import { rfmNames } from '../profile/belief-columns.ts';

export interface RfmMoves {
  /** By index into `rfmNames`. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** `moves[from][to]`; the diagonal are those who stayed, the last row those who came. */
  readonly moves: readonly (readonly number[])[];
}

export const countMoves = (before: Uint8Array, after: Uint8Array, isPresent: Uint8Array): RfmMoves => {
  const { flows, ...counts } = countFlows(before, after, isPresent, rfmNames.length + 1);
  const named = (each: readonly number[]): readonly number[] => each.slice(0, rfmNames.length);
  return { before: named(counts.before), after: named(counts.after), moves: flows.map(named) };
};
