/**
 * A score from 1 to 5: one more than the number of cut values strictly below the value, so that equal values always
 * score equally. For recency, where less is better, 6 minus that. NaN cuts are below nothing. Added without a branch:
 * nobody's figures foretell those of the next.
 */
export const score = (value: number, cuts: readonly number[]): number =>
  1 + Number(cuts[0]! < value) + Number(cuts[1]! < value) + Number(cuts[2]! < value) + Number(cuts[3]! < value);

export const reversedScore = (value: number, cuts: readonly number[]): number => 6 - score(value, cuts);
