/** What became of an order line, as bits of `lineFlag`. */
import { orderStatuses } from '../fact.ts';
import { lineFlag } from '../ledger-columns.ts';

const [created, closed, partly, refunded] = (['created', 'closed', 'partially-refunded', 'refunded'] as const).map(
  (status) => orderStatuses.indexOf(status),
);

export const isWhollyRefunded = (status: number): boolean => status === refunded;

/** `status`: index into `orderStatuses`. `back`: fen that came back of `paid`. */
export const flagsOf = (status: number, paid: number, back: number, isGift: boolean): number =>
  (isGift ? lineFlag.gift | (paid > 0 ? 0 : lineFlag.free) : 0) |
  (status === created || status === closed ? lineFlag.unpaid : 0) |
  (status === refunded || (back > 0 && back >= paid)
    ? lineFlag.refunded
    : back > 0 || status === partly
      ? lineFlag.partlyRefunded
      : 0);
