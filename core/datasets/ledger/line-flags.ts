/** What became of an order line, as bits of `lineFlag`. */
import { orderStatuses } from '../fact.ts';
import { isCharge } from '../is-charge.ts';
import { lineFlag } from '../ledger-columns.ts';
import { type TextColumn, textAt } from '../text-column.ts';

const [created, closed, partly, refunded] = (['created', 'closed', 'partially-refunded', 'refunded'] as const).map(
  (status) => orderStatuses.indexOf(status),
);

export const isWhollyRefunded = (status: number): boolean => status === refunded;

/** By place in a column of item names. */
export const chargesOf = (names: TextColumn): Uint8Array =>
  Uint8Array.from(names.ends, (_, place) => (isCharge(textAt(names, place)) ? lineFlag.charge : 0));

/** `status`: index into `orderStatuses`. `back`: fen that came back of `paid`. `nature`: gift and charge, of `lineFlag`. */
export const flagsOf = (status: number, paid: number, back: number, nature: number): number =>
  nature |
  ((nature & lineFlag.gift) !== 0 && paid <= 0 ? lineFlag.free : 0) |
  (status === created || status === closed ? lineFlag.unpaid : 0) |
  (status === refunded || (back > 0 && back >= paid)
    ? lineFlag.refunded
    : back > 0 || status === partly
      ? lineFlag.partlyRefunded
      : 0);
