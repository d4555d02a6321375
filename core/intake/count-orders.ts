/**
 * The orders of a file as every screen will count them once they are written: those of which something was paid and
 * kept, what they brought, and apart from them the ones that were never paid, refunded whole, or gifts.
 */
import type { CandidateLine } from './candidate-line.ts';
import { createCountSet } from './count-set.ts';
import { scatterKey } from './group-orders.ts';
import { keptFen, standingOf } from './kept-money.ts';
import type { CountedReturn } from './match-returns.ts';

export interface OrderCounts {
  /** Of which something was paid and kept. */
  readonly orders: number;
  readonly unpaidOrders: number;
  readonly refundedOrders: number;
  readonly giftOrders: number;
  /** Refunds taken off; nothing of orders that do not count. */
  readonly netFen: number;
  /** Refunds that are booked: sums the rows say went back, and purchases taken back by returns. */
  readonly refunds: number;
}

export interface OrderCounter {
  /** The lines of one order; of one whose rows are scattered, perhaps a part. */
  order(lines: readonly CandidateLine[]): void;
  returned(returns: readonly CountedReturn[]): void;
  counts(): OrderCounts;
}

/** An order is what the first of these is that any line of it is. */
const ranks = ['kept', 'refunded', 'unpaid', 'gift'] as const;

export const createOrderCounter = (): OrderCounter => {
  const seen = { kept: createCountSet(), refunded: createCountSet(), unpaid: createCountSet(), gift: createCountSet() };
  let [netFen, refunds, lost] = [0, 0, 0];
  return {
    order(lines) {
      const [first] = lines;
      if (!first) return;
      let best = ranks.length - 1;
      for (const line of lines) {
        best = Math.min(best, ranks.indexOf(standingOf(line)));
        netFen += keptFen(line);
        if (line.refundFen > 0) refunds++;
      }
      seen[ranks[best] ?? 'gift'].add(scatterKey(first));
    },
    returned(returns) {
      refunds += returns.length;
      for (const { lostFen, isLastOfOrder } of returns) {
        netFen -= lostFen;
        if (isLastOfOrder) lost++;
      }
    },
    counts: () => ({
      orders: seen.kept.size - lost,
      unpaidOrders: seen.unpaid.size,
      refundedOrders: seen.refunded.size + lost,
      giftOrders: seen.gift.size,
      netFen,
      refunds,
    }),
  };
};
