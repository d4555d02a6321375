/** From log odds to a probability, and back (kept away from 0 and 1 by `edge`). */
export const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

export const logOdds = (probability: number, edge = 1e-6): number => {
  const kept = Math.min(1 - edge, Math.max(edge, probability));
  return Math.log(kept / (1 - kept));
};
