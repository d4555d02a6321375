/**
 * A row of less than nothing is a return: a refund of the same customer's latest earlier purchase of the same item, up
 * to what is left of it, then of the one before. What finds no purchase in the file is set aside with its reason.
 */
import type { CandidateLine } from './candidate-line.ts';
import { scatterKey } from './group-orders.ts';
import { keptFen } from './kept-money.ts';

export interface MatchedReturn {
  readonly shop: string;
  readonly order: string;
  readonly item: string;
  readonly nth: number;
  /** The number of the return itself. */
  readonly refund: string;
  readonly atMs: number;
  readonly refundFen: number;
}

/** What the return takes from the money that counted so far, and whether nothing of the order is kept after it. */
export interface CountedReturn extends MatchedReturn {
  readonly lostFen: number;
  readonly isLastOfOrder: boolean;
}

export interface ReturnMatcher {
  remember(line: CandidateLine): void;
  match(line: CandidateLine): readonly CountedReturn[];
}

/** What a return needs to know of a purchase, and no more: all of a file's are remembered. */
interface Purchase extends Pick<CandidateLine, 'shop' | 'order' | 'item' | 'nth' | 'atMs'> {
  leftFen: number;
  /** Of that, what counts. */
  keptFen: number;
}

export const createReturnMatcher = (): ReturnMatcher => {
  const purchases = new Map<string, Purchase[]>();
  /** Lines of which something is kept. */
  const keptLines = new Map<string, number>();
  const countKept = (line: Pick<Purchase, 'shop' | 'order'>, by: 1 | -1): number => {
    const key = scatterKey(line);
    const count = (keptLines.get(key) ?? 0) + by;
    keptLines.set(key, count);
    return count;
  };
  return {
    remember(line) {
      if (line.paidFen <= 0) return;
      const key = keyOf(line);
      const known = purchases.get(key);
      const { shop, order, item, nth, atMs, paidFen: leftFen } = line;
      const purchase = { shop, order, item, nth, atMs, leftFen, keptFen: keptFen(line) };
      if (purchase.keptFen > 0) countKept(purchase, 1);
      if (known) known.push(purchase);
      else purchases.set(key, [purchase]);
    },
    match(line) {
      const known = purchases.get(keyOf(line)) ?? [];
      const own = known.filter(({ order }) => order === line.order);
      let restFen = Math.abs(line.paidFen);
      const matched: CountedReturn[] = [];
      for (const purchase of [...known.filter(({ order }) => order !== line.order), ...own].reverse()) {
        if (restFen === 0) break;
        if (purchase.atMs > line.atMs || purchase.leftFen === 0) continue;
        const refundFen = Math.min(restFen, purchase.leftFen);
        purchase.leftFen -= refundFen;
        restFen -= refundFen;
        const lostFen = Math.min(refundFen, purchase.keptFen);
        purchase.keptFen -= lostFen;
        const isLastOfOrder = lostFen > 0 && purchase.keptFen === 0 && countKept(purchase, -1) === 0;
        const { shop, order, item, nth } = purchase;
        const refund = `${line.order}#${line.line}`;
        matched.push({ shop, order, item, nth, refund, atMs: line.atMs, refundFen, lostFen, isLastOfOrder });
      }
      return matched;
    },
  };
};

function keyOf({ shop, keys, item }: CandidateLine): string {
  const [key] = keys;
  return `${shop}\u0001${key?.kind ?? ''}\u0001${key?.key ?? ''}\u0001${item}`;
}
