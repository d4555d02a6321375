/**
 * Who is called what, and what they were called before. Used for "moved since last week" and for the preview of new
 * thresholds. Only people who are present on the later side count.
 */
import { countFlows } from '../count-flows.ts';
import { rfmNames } from '../profile/belief-columns.ts';

export interface RfmMoves {
  /** By index into `rfmNames`. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** `moves[from][to]`; the diagonal are those who stayed. */
  readonly moves: readonly (readonly number[])[];
}

export const countMoves = (before: Uint8Array, after: Uint8Array, isPresent: Uint8Array): RfmMoves => {
  const { flows, ...counts } = countFlows(before, after, isPresent, rfmNames.length);
  return { ...counts, moves: flows };
};
