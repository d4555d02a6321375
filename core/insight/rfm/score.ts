/**
 * A score from 1 to 5: one more than the number of cut values strictly below the value, so that equal values always
 * score equally. For recency, where less is better, 6 minus that.
 */
export const score = (value: number, cuts: readonly number[]): number => {
  let above = 1;
  for (let i = 0; i < cuts.length; i++) if ((cuts[i] as number) < value) above++;
  return above;
};

export const reversedScore = (value: number, cuts: readonly number[]): number => 6 - score(value, cuts);
