/**
 * A score from 1 to 5: one more than the number of cut values strictly below the value, so that equal values always
 * score equally. For recency, where less is better, 6 minus that. NaN cuts are below nothing.
 */
export const score = (value: number, cuts: readonly number[]): number =>
  1 + (cuts[0]! < value ? 1 : 0) + (cuts[1]! < value ? 1 : 0) + (cuts[2]! < value ? 1 : 0) + (cuts[3]! < value ? 1 : 0);

export const reversedScore = (value: number, cuts: readonly number[]): number => 6 - score(value, cuts);
