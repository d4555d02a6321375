/** Settled lines as columns, ready to be packed: no object per row goes further than this. */
import type { LineStatus, SettledLine } from './candidate-line.ts';
import type { MatchedReturn } from './match-returns.ts';

export interface LineColumns {
  readonly shop: readonly string[];
  readonly order: readonly string[];
  readonly item: readonly string[];
  readonly nth: Float64Array;
  readonly itemName: readonly string[];
  readonly customer: readonly string[];
  readonly atMs: Float64Array;
  readonly quantityMilli: Float64Array;
  readonly paidFen: Float64Array;
  readonly status: readonly LineStatus[];
  readonly channel: readonly string[];
  readonly isGift: readonly boolean[];
  readonly exportMs: Float64Array;
}

export const gatherLines = (
  lines: readonly SettledLine[],
  customers: readonly string[],
  exportMs: number,
): LineColumns => ({
  shop: lines.map(({ shop }) => shop),
  order: lines.map(({ order }) => order),
  item: lines.map(({ item }) => item),
  nth: numbersOf(lines, ({ nth }) => nth),
  itemName: lines.map(({ itemName }) => itemName),
  customer: customers,
  atMs: numbersOf(lines, ({ atMs }) => atMs),
  quantityMilli: numbersOf(lines, ({ quantityMilli }) => quantityMilli),
  paidFen: numbersOf(lines, ({ paidFen }) => paidFen),
  status: lines.map(({ status }) => status),
  channel: lines.map(({ channel }) => channel),
  isGift: lines.map(({ isGift }) => isGift),
  exportMs: new Float64Array(lines.length).fill(exportMs),
});

/** Refund sums that order lines carry, as refunds of their own: `total` is the sum known at the time of the export. */
export const refundsOfLines = (lines: readonly SettledLine[], exportMs: number): readonly MatchedReturn[] =>
  lines
    .filter(({ refundFen }) => refundFen > 0)
    .map(({ shop, order, item, nth, refundFen, atMs }) => ({
      shop,
      order,
      item,
      nth,
      refund: 'total',
      // Files say how much went back, not when: no earlier than the purchase, no later than the export.
      atMs: Math.max(atMs, exportMs),
      refundFen,
    }));

export const gatherRefunds = (refunds: readonly MatchedReturn[], exportMs: number) => ({
  shop: refunds.map(({ shop }) => shop),
  order: refunds.map(({ order }) => order),
  item: refunds.map(({ item }) => item),
  nth: numbersOf(refunds, ({ nth }) => nth),
  refund: refunds.map(({ refund }) => refund),
  atMs: numbersOf(refunds, ({ atMs }) => atMs),
  refundFen: numbersOf(refunds, ({ refundFen }) => refundFen),
  exportMs: new Float64Array(refunds.length).fill(exportMs),
});

/** `Float64Array.from` asks an iterator for each; this takes a tenth of that. */
function numbersOf<Row>(rows: readonly Row[], read: (row: Row) => number): Float64Array {
  const numbers = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) numbers[at] = read(rows[at]!);
  return numbers;
}
