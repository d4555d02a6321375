/**
 * What a column of money says about itself: is a number the line's, one unit's, or the whole order's, and is it
 * written in yuan or in fen. Rows of one order that all carry the same sum speak for the order; the same item at two
 * quantities tells line from unit by which of the two stayed alike. Decimals mean yuan, also where they are written out as
 * nought: a sum of fen is never written with two places.
 */
import { rememberTexts } from '../units/remember-texts.ts';
import type { FieldTarget } from './field-target.ts';

/** What else is known of a row. */
export interface MoneyRow {
  readonly hasCents: boolean;
  /** The amount, were the other decimal mark the right one. */
  readonly otherAmount: number;
  readonly order: string;
}

/** An order whose sum depends on the scope, as its rows say it. */
export interface MoneyExample {
  readonly order: string;
  readonly rows: readonly { readonly amount: number; readonly quantity: number }[];
}

export interface MoneyEvidence {
  take(amount: number, quantity: number, item: string, isSameOrder: boolean, more?: MoneyRow): void;
  verdict(): MoneyVerdict;
}

export type AmountScope = Extract<FieldTarget, 'line-paid' | 'unit-price' | 'order-paid'>;

export interface MoneyVerdict {
  readonly scope: AmountScope;
  readonly isScopeSure: boolean;
  /** In written units: what the file adds up to under each reading. */
  readonly totals: Readonly<Record<AmountScope, number>>;
  /** The same, were the other decimal mark the right one. */
  readonly otherTotals: Readonly<Record<AmountScope, number>>;
  /** Up to three, by which readings differ in them: all at best, else every pair that differs anywhere. */
  readonly examples: readonly MoneyExample[];
  readonly fenPerUnit: 100 | 1;
  readonly isUnitSure: boolean;
}

const enough = 5;
/** An example with more rows than these is no help. */
const mostRows = 3;

export const createMoneyEvidence = (): MoneyEvidence => {
  const totals = { 'line-paid': 0, 'unit-price': 0, 'order-paid': 0 };
  const otherTotals = { ...totals };
  const examples = createExamples();
  const earlierOf = rememberTexts(() => ({ amount: 0, quantity: 0 }), 5000);
  const perUnit: number[] = [];
  let decimals = 0;
  let rows = 0;
  let runLength = 0;
  let runAmount = Number.NaN;
  let isRunEqual = true;
  let equalRuns = 0;
  let unequalRuns = 0;
  let lineVotes = 0;
  let unitVotes = 0;
  const closeRun = (): void => {
    examples.close();
    if (runLength > 1 && isRunEqual) equalRuns++;
    else if (runLength > 1) unequalRuns++;
  };
  return {
    take(amount, quantity, item, isSameOrder, more) {
      if (Number.isNaN(amount) || amount < 0 || quantity <= 0) return;
      rows++;
      if (more?.hasCents || amount % 1 !== 0) decimals++;
      if (perUnit.length < 2000 && amount > 0) perUnit.push(amount / quantity);
      totals['line-paid'] += amount;
      totals['unit-price'] += amount * quantity;
      const otherAmount = more?.otherAmount || amount;
      otherTotals['line-paid'] += otherAmount;
      otherTotals['unit-price'] += otherAmount * quantity;
      if (isSameOrder) {
        runLength++;
        if (amount !== runAmount) isRunEqual = false;
      } else {
        closeRun();
        totals['order-paid'] += amount;
        otherTotals['order-paid'] += otherAmount;
        [runLength, runAmount, isRunEqual] = [1, amount, true];
        examples.open(more?.order ?? '');
      }
      examples.add(amount, quantity);
      const earlier = earlierOf(item);
      if (earlier.amount === 0) Object.assign(earlier, { amount, quantity });
      else if (earlier.quantity !== quantity && amount > 0) {
        const asUnit = Math.abs(Math.log(amount / earlier.amount));
        const asLine = Math.abs(Math.log(amount / quantity / (earlier.amount / earlier.quantity)));
        if (asLine < asUnit) lineVotes++;
        else unitVotes++;
      }
    },
    verdict() {
      closeRun();
      [runLength, runAmount] = [0, Number.NaN];
      const runs = equalRuns + unequalRuns;
      const isOrder = runs > 0 && equalRuns > runs * 0.9;
      const scope: AmountScope = isOrder ? 'order-paid' : unitVotes > lineVotes ? 'unit-price' : 'line-paid';
      const votes = lineVotes + unitVotes;
      const isClear = isOrder
        ? runs >= enough
        : (runs >= enough || totals['order-paid'] === totals['line-paid']) &&
          votes >= enough &&
          Math.max(lineVotes, unitVotes) > votes * 0.85;
      const isOneAndTheSame =
        totals['line-paid'] === totals['unit-price'] && totals['line-paid'] === totals['order-paid'];
      const middle = [...perUnit].sort((a, b) => a - b)[perUnit.length >> 1] ?? 0;
      return {
        scope,
        isScopeSure: isClear || isOneAndTheSame,
        totals: { ...totals },
        otherTotals: { ...otherTotals },
        examples: examples.found(),
        fenPerUnit: decimals === 0 && middle >= 1000 ? 1 : 100,
        isUnitSure: decimals > 0 || rows === 0,
      };
    },
  };
};

/** What an order's rows come to under each reading; the whole order's sum stands in every row. */
export const sumsOf = (rows: MoneyExample['rows']): Readonly<Record<AmountScope, number>> => ({
  'line-paid': rows.reduce((sum, { amount }) => sum + amount, 0),
  'unit-price': rows.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0),
  'order-paid': rows[0]?.amount ?? 0,
});

/** The first small order for each way in which the readings of one can differ. */
function createExamples() {
  /** By what differs from the lines' sum: the units' (1), the order's (2), both (3). */
  const examples = new Map<number, MoneyExample>();
  let order = '';
  let rows: { amount: number; quantity: number }[] = [];
  return {
    open(name: string): void {
      order = name;
      rows = [];
    },
    add(amount: number, quantity: number): void {
      if (rows.length <= mostRows && examples.size < 3) rows.push({ amount, quantity });
    },
    close(): void {
      if (rows.length > mostRows) return;
      const sums = sumsOf(rows);
      const differing =
        (sums['unit-price'] === sums['line-paid'] ? 0 : 1) + (sums['order-paid'] === sums['line-paid'] ? 0 : 2);
      if (differing > 0 && !examples.has(differing)) examples.set(differing, { order, rows });
      rows = [];
    },
    found: () => [3, 1, 2].flatMap((differing) => examples.get(differing) ?? []),
  };
}
