/**
 * What a column of money says about itself: is a number the line's, one unit's, or the whole order's, and is it
 * written in yuan or in fen. Rows of one order that all carry the same sum speak for the order; the same item at two
 * quantities tells line from unit by which of the two stayed alike. Decimals mean yuan, also where they are written out as
 * nought: a sum of fen is never written with two places.
 */
import type { FieldTarget } from './field-target.ts';

export interface MoneyEvidence {
  take(amount: number, quantity: number, item: string, isSameOrder: boolean, hasCents?: boolean): void;
  verdict(): MoneyVerdict;
}

export type AmountScope = Extract<FieldTarget, 'line-paid' | 'unit-price' | 'order-paid'>;

export interface MoneyVerdict {
  readonly scope: AmountScope;
  readonly isScopeSure: boolean;
  /** In written units: what the file adds up to under each reading. */
  readonly totals: Readonly<Record<AmountScope, number>>;
  readonly fenPerUnit: 100 | 1;
  readonly isUnitSure: boolean;
}

const enough = 5;

export const createMoneyEvidence = (): MoneyEvidence => {
  const totals = { 'line-paid': 0, 'unit-price': 0, 'order-paid': 0 };
  const seen = new Map<string, { amount: number; quantity: number }>();
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
    if (runLength > 1) {
      if (isRunEqual) equalRuns++;
      else unequalRuns++;
    }
  };
  return {
    take(amount, quantity, item, isSameOrder, hasCents = false) {
      if (Number.isNaN(amount) || amount < 0 || quantity <= 0) return;
      rows++;
      if (hasCents || amount % 1 !== 0) decimals++;
      if (perUnit.length < 2000 && amount > 0) perUnit.push(amount / quantity);
      totals['line-paid'] += amount;
      totals['unit-price'] += amount * quantity;
      if (isSameOrder) {
        runLength++;
        if (amount !== runAmount) isRunEqual = false;
      } else {
        closeRun();
        totals['order-paid'] += amount;
        [runLength, runAmount, isRunEqual] = [1, amount, true];
      }
      const earlier = seen.get(item);
      if (!earlier) {
        if (seen.size < 5000 && amount > 0) seen.set(item, { amount, quantity });
      } else if (earlier.quantity !== quantity && amount > 0) {
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
        fenPerUnit: decimals === 0 && middle >= 1000 ? 1 : 100,
        isUnitSure: decimals > 0 || rows === 0,
      };
    },
  };
};
