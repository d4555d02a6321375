/**
 * Who is called what, and what they were called before: counts by name on both sides and a table from → to. Used for
 * "moved since last week" and for the preview of new thresholds. Only people who are present on the later side count.
 */
import { rfmNames } from '../profile/belief-columns.ts';

export interface RfmMoves {
  /** By index into `rfmNames`. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** `moves[from][to]`; the diagonal are those who stayed. */
  readonly moves: readonly (readonly number[])[];
}

export const countMoves = (before: Uint8Array, after: Uint8Array, isPresent: Uint8Array): RfmMoves => {
  const size = rfmNames.length;
  const flat = new Int32Array(size * size);
  for (let c = 0; c < after.length; c++) {
    if (isPresent[c] !== 1) continue;
    const at = (before[c] ?? 0) * size + (after[c] as number);
    flat[at] = (flat[at] as number) + 1;
  }
  const moves = rfmNames.map((_, from) => Array.from(flat.subarray(from * size, (from + 1) * size)));
  return {
    before: moves.map((row) => row.reduce((sum, n) => sum + n, 0)),
    after: rfmNames.map((_, to) => moves.reduce((sum, row) => sum + (row[to] ?? 0), 0)),
    moves,
  };
};
