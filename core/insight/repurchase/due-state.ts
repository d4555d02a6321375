/** Where a customer stands over all products: due for one is due; past the own window of one, and due for none, is overdue. */
import type { BeliefColumns } from '../profile/belief-columns.ts';
import { isDue, isOverdue } from './is-due.ts';

export const dueState = (beliefs: BeliefColumns, customer: number): 'due' | 'overdue' | 'neither' => {
  let state: 'overdue' | 'neither' = 'neither';
  const to = beliefs.pairEnd[customer] ?? 0;
  for (let pair = beliefs.pairStart[customer] ?? 0; pair < to; pair++) {
    if (isDue(beliefs, pair)) return 'due';
    if (isOverdue(beliefs, pair)) state = 'overdue';
  }
  return state;
};
