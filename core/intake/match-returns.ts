/**
 * A row of less than nothing is a return: a refund of the same customer's latest earlier purchase of the same item, up
 * to what is left of it, then of the one before. What finds no purchase in the file is set aside with its reason.
 */
import type { CandidateLine } from './candidate-line.ts';

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

export interface ReturnMatcher {
  remember(line: CandidateLine): void;
  match(line: CandidateLine): readonly MatchedReturn[];
}

/** What a return needs to know of a purchase, and no more: all of a file's are remembered. */
interface Purchase extends Pick<CandidateLine, 'shop' | 'order' | 'item' | 'nth' | 'atMs'> {
  leftFen: number;
}

export const createReturnMatcher = (): ReturnMatcher => {
  const purchases = new Map<string, Purchase[]>();
  return {
    remember(line) {
      if (line.paidFen <= 0) return;
      const key = keyOf(line);
      const known = purchases.get(key);
      const { shop, order, item, nth, atMs, paidFen: leftFen } = line;
      const purchase = { shop, order, item, nth, atMs, leftFen };
      if (known) known.push(purchase);
      else purchases.set(key, [purchase]);
    },
    match(line) {
      const known = purchases.get(keyOf(line)) ?? [];
      const own = known.filter(({ order }) => order === line.order);
      let restFen = Math.abs(line.paidFen);
      const matched: MatchedReturn[] = [];
      for (const purchase of [...known.filter(({ order }) => order !== line.order), ...own].reverse()) {
        if (restFen === 0) break;
        if (purchase.atMs > line.atMs || purchase.leftFen === 0) continue;
        const refundFen = Math.min(restFen, purchase.leftFen);
        purchase.leftFen -= refundFen;
        restFen -= refundFen;
        const { shop, order, item, nth } = purchase;
        matched.push({ shop, order, item, nth, refund: `${line.order}#${line.line}`, atMs: line.atMs, refundFen });
      }
      return matched;
    },
  };
};

function keyOf({ shop, keys, item }: CandidateLine): string {
  const [key] = keys;
  return `${shop}\u0001${key?.kind ?? ''}\u0001${key?.key ?? ''}\u0001${item}`;
}
