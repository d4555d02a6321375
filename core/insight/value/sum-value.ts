/**
 * Value over groups of customers (an RFM name, a stage, a segment): how many, expected purchases, fen. Expected money
 * adds up. In the interval of a sum customers buy independently of each other, and a season moves all of them as far as
 * it did in the shop's past (`levelSpread`); its share does not average out. Whole fen are added, so a sum is the same in any order.
 */
import { normalQuantile } from '../../statistics/normal.ts';
import { roundProbability } from '../../statistics/rounding.ts';

export interface ValueSum {
  readonly customers: number;
  readonly purchases: number;
  readonly fen: number;
  readonly lowFen: number;
  readonly highFen: number;
}

export interface ValueColumns {
  readonly purchases: Float64Array;
  readonly fen: Float64Array;
  readonly lowFen: Float64Array;
  readonly highFen: Float64Array;
}

/** `groupOf` gives a customer's group, or -1 for none. */
export const sumValue = (
  { purchases, fen, lowFen, highFen }: ValueColumns,
  levelSpread: number,
  groups: number,
  groupOf: (customer: number) => number,
): ValueSum[] => {
  const sums = Array.from({ length: groups }, () => ({ customers: 0, purchases: 0, fen: 0, variance: 0 }));
  for (let c = 0; c < fen.length; c++) {
    const sum = sums[groupOf(c)];
    if (!sum) continue;
    sum.customers++;
    // Published with four decimals: added as whole ten-thousandths.
    sum.purchases += Math.round((purchases[c] as number) * 1e4);
    sum.fen += fen[c] as number;
    sum.variance += (((highFen[c] as number) - (lowFen[c] as number)) / (2 * normalQuantile(0.9))) ** 2;
  }
  return sums.map(({ customers, purchases: count, fen: total, variance }) => {
    const margin = normalQuantile(0.9) * Math.sqrt(variance + (levelSpread * total) ** 2);
    return {
      customers,
      purchases: roundProbability(count / 1e4),
      fen: total,
      lowFen: Math.max(0, Math.round(total - margin)),
      highFen: Math.round(total + margin),
    };
  });
};
