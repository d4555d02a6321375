/** The per-customer columns of the beliefs, empty or grown. */
import { createAmounts } from '../rfm/derive-amounts.ts';
import { createRfmColumns } from '../rfm/derive-rfm.ts';
import type { BeliefColumns } from './belief-columns.ts';

export const createColumns = (customers: number, tagWords: number) => ({
  ...createAmounts(customers),
  ...createRfmColumns(customers),
  isPresent: new Uint8Array(customers),
  stage: new Uint8Array(customers),
  ownIntervalDays: new Float64Array(customers),
  churn60: new Float64Array(customers),
  overdueRatio: new Float64Array(customers),
  engagementRatio: new Float64Array(customers),
  tagBits: new Uint32Array(customers * tagWords),
});

export type CustomerColumns = ReturnType<typeof createColumns>;

/** The columns of `previous` with room for `customers`; the same arrays when nobody came. */
export const growColumns = (previous: BeliefColumns, customers: number): CustomerColumns => {
  if (customers === previous.customerCount) {
    const { orders, netFen, firstDay, lastDay, rfm, recencyScore, frequencyScore, moneyScore } = previous;
    const { isPresent, stage, ownIntervalDays, churn60, overdueRatio, engagementRatio, tagBits } = previous;
    return {
      orders,
      netFen,
      firstDay,
      lastDay,
      rfm,
      recencyScore,
      frequencyScore,
      moneyScore,
      isPresent,
      stage,
      ownIntervalDays,
      churn60,
      overdueRatio,
      engagementRatio,
      tagBits,
    } as CustomerColumns;
  }
  const next = createColumns(customers, previous.tagWords);
  for (const name of Object.keys(next) as (keyof CustomerColumns)[]) next[name].set(previous[name]);
  return next;
};
