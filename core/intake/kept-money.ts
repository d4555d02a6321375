/** What is left of a line's money: the same as the ledger will say of it. */
import type { CandidateLine } from './candidate-line.ts';

export const standingOf = (
  line: Pick<CandidateLine, 'status' | 'isGift' | 'paidFen' | 'refundFen'>,
): 'kept' | 'unpaid' | 'refunded' | 'gift' => {
  const { status, isGift, paidFen, refundFen } = line;
  if (status === 'created' || status === 'closed') return 'unpaid';
  if (isGift && paidFen <= 0) return 'gift';
  return status === 'refunded' || (refundFen > 0 && refundFen >= paidFen) ? 'refunded' : 'kept';
};

export const keptFen = (line: Pick<CandidateLine, 'status' | 'isGift' | 'paidFen' | 'refundFen'>): number =>
  standingOf(line) === 'kept' ? line.paidFen - line.refundFen : 0;
