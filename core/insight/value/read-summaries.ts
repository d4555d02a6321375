/** Everybody who had bought by a day, as BG/NBD and the amounts see them; places in the columns are kept. */
import type { BusinessDay } from '../../units/business-day.ts';
import type { PurchaseDayColumns } from '../purchase-days.ts';
import type { Repeats } from './group-repeats.ts';
import { createSummary, summarisePurchases } from './summarise-purchases.ts';

export interface Summaries {
  /** Places in the columns. */
  readonly customers: Int32Array;
  readonly repeats: Repeats;
  readonly meanFen: Float64Array;
  readonly paidDays: Float64Array;
  readonly logFenSum: Float64Array;
}

export const readSummaries = (days: PurchaseDayColumns, asOfDay: BusinessDay): Summaries => {
  const most = days.start.length - 1;
  const customers = new Int32Array(most);
  const [repeats, recency, age] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  const [meanFen, paidDays, logFenSum] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  const summary = createSummary();
  let size = 0;
  for (let c = 0; c < most; c++) {
    summarisePurchases(days, days.start[c] as number, days.start[c + 1] as number, asOfDay, summary);
    if (summary.repeats < 0) continue;
    customers[size] = c;
    repeats[size] = summary.repeats;
    recency[size] = summary.recency;
    age[size] = summary.age;
    meanFen[size] = summary.meanFen;
    paidDays[size] = summary.paidDays;
    logFenSum[size++] = summary.logFenSum;
  }
  return {
    customers: customers.subarray(0, size),
    repeats: {
      repeats: repeats.subarray(0, size),
      recency: recency.subarray(0, size),
      age: age.subarray(0, size),
    },
    meanFen: meanFen.subarray(0, size),
    paidDays: paidDays.subarray(0, size),
    logFenSum: logFenSum.subarray(0, size),
  };
};
