/**
 * RFM of the whole base on one day: amounts, cut values, scores and names, in columns. Pure counting and integer sums,
 * so it is the same on every device. `scoreCustomers` scores again under cuts that moved, for all or for some.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type Amounts, deriveAmounts } from './derive-amounts.ts';
import { type RfmCuts, deriveCuts } from './derive-cuts.ts';
import { nameCustomer, rfmIndex } from './name-customer.ts';
import { reversedScore, score } from './score.ts';
import type { NameRules, RfmThresholds } from './thresholds.ts';

export interface RfmColumns {
  readonly rfm: Uint8Array;
  readonly recencyScore: Uint8Array;
  readonly frequencyScore: Uint8Array;
  readonly moneyScore: Uint8Array;
}

export interface Rfm {
  readonly amounts: Amounts;
  readonly cuts: RfmCuts;
  readonly columns: RfmColumns;
}

export const createRfmColumns = (customers: number): RfmColumns => ({
  rfm: new Uint8Array(customers),
  recencyScore: new Uint8Array(customers),
  frequencyScore: new Uint8Array(customers),
  moneyScore: new Uint8Array(customers),
});

export const deriveRfm = (ledger: Ledger, asOfDay: BusinessDay, thresholds: RfmThresholds): Rfm => {
  const amounts = deriveAmounts(ledger, asOfDay);
  const cuts = deriveCuts(amounts, asOfDay, thresholds);
  const columns = createRfmColumns(ledger.customerCount);
  scoreCustomers(amounts, cuts, asOfDay, thresholds.names, columns);
  return { amounts, cuts, columns };
};

export const scoreCustomers = (
  amounts: Amounts,
  cuts: RfmCuts,
  asOfDay: BusinessDay,
  names: NameRules,
  into: RfmColumns,
  only?: ArrayLike<number>,
): void => {
  const count = only ? only.length : amounts.orders.length;
  for (let i = 0; i < count; i++) {
    const c = only ? (only[i] as number) : i;
    const orders = amounts.orders[c] as number;
    if (orders === 0) {
      into.rfm[c] = rfmIndex.none;
      into.recencyScore[c] = into.frequencyScore[c] = into.moneyScore[c] = 0;
      continue;
    }
    const recencyDays = asOfDay - (amounts.lastDay[c] as number);
    const recencyScore = reversedScore(recencyDays, cuts.recency);
    const moneyScore = score(amounts.netFen[c] as number, cuts.money);
    into.recencyScore[c] = recencyScore;
    into.frequencyScore[c] = score(orders, cuts.frequency);
    into.moneyScore[c] = moneyScore;
    const ageDays = asOfDay - (amounts.firstDay[c] as number);
    into.rfm[c] = rfmIndex[nameCustomer({ orders, recencyDays, ageDays, recencyScore, moneyScore }, names)];
  }
};
