/** The per-customer columns of the beliefs, empty. Each is so many places a customer, the same number for all. */
import { createAmounts } from '../rfm/derive-amounts.ts';
import { createRfmColumns } from '../rfm/derive-rfm.ts';

export const createColumns = (customers: number, tagWords: number) => ({
  ...createAmounts(customers),
  ...createRfmColumns(customers),
  isPresent: new Uint8Array(customers),
  stage: new Uint8Array(customers),
  ownIntervalDays: new Float64Array(customers),
  churn60: new Float64Array(customers),
  overdueRatio: new Float64Array(customers),
  engagementRatio: new Float64Array(customers),
  valueAtRiskFen: new Float64Array(customers),
  expectedPurchases90: new Float64Array(customers),
  valueFen90: new Float64Array(customers),
  valueLowFen90: new Float64Array(customers),
  valueHighFen90: new Float64Array(customers),
  alive: new Float64Array(customers),
  tagBits: new Uint32Array(customers * tagWords),
});

export type CustomerColumns = ReturnType<typeof createColumns>;
