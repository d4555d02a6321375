/** Where today stands against a window, by whole days. A pair without a window is neither due nor overdue. */
import type { BeliefColumns } from '../profile/belief-columns.ts';
import { ownPurchases } from './derive-pairs.ts';

export const isDue = (beliefs: BeliefColumns, pair: number): boolean =>
  Math.round(beliefs.pairP10[pair] as number) <= beliefs.asOfDay &&
  beliefs.asOfDay <= Math.round(beliefs.pairP90[pair] as number);

/** Only past a window of their own rhythm: of what most people do, nobody is late. */
export const isOverdue = (beliefs: BeliefColumns, pair: number): boolean =>
  Math.round(beliefs.pairP90[pair] as number) < beliefs.asOfDay &&
  (beliefs.pairPurchases[pair] as number) >= ownPurchases;
