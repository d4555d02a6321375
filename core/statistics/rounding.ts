/** What is published: probabilities to 1e-4, days to 0.1. Comparisons and sorting use the rounded value; never -0. */
export const roundProbability = (value: number): number => Math.round(value * 1e4) / 1e4 + 0;
export const roundDays = (value: number): number => Math.round(value * 10) / 10 + 0;
