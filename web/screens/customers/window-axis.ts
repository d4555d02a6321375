/** One axis for every window of a table: today stands at a third. */
import type { Evidence } from '#core/insight/profile/belief-columns.ts';

export interface WindowAxis {
  readonly from: number;
  readonly to: number;
  readonly today: number;
}

export const windowAxis = (today: number, days = 63): WindowAxis => ({
  from: today - days / 3,
  to: today + (days * 2) / 3,
  today,
});

/** How the bar is drawn. */
export const barKind = (p90: number, evidence: Evidence, today: number): 'own' | 'blend' | 'category' | 'overdue' =>
  Math.round(p90) < today ? 'overdue' : evidence === 'own' ? 'own' : evidence === 'blend' ? 'blend' : 'category';
