/**
 * RFM of the whole base on one day: amounts, cut values, scores and names, in columns. Pure counting and integer sums,
 * so it is the same on every device. What follows a few changes without a pass over everything is in `cut-index.ts`.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type Amounts, type PurchaseLines, deriveAmounts } from './derive-amounts.ts';
import type { RfmCuts } from './figure-counts.ts';
import { deriveCuts } from './derive-cuts.ts';
import { nameIndex, rfmIndex } from './name-index.ts';
import { reversedScore, score } from './score.ts';
import { type CategoryThresholds, type NameRules, type RfmThresholds, thresholdsOf } from './thresholds.ts';

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

export const deriveRfm = (
  lines: PurchaseLines,
  asOfDay: BusinessDay,
  thresholds: CategoryThresholds,
  products?: Uint8Array,
): Rfm => {
  const amounts = deriveAmounts(lines, asOfDay, products);
  return { amounts, ...scoreAmounts(amounts, asOfDay, thresholds) };
};

/** Of amounts that are known already. */
export const scoreAmounts = (
  amounts: Amounts,
  asOfDay: BusinessDay,
  thresholds: CategoryThresholds,
): Pick<Rfm, 'cuts' | 'columns'> => {
  const cuts = deriveCuts(amounts, asOfDay, thresholds);
  const columns = createRfmColumns(amounts.orders.length);
  scoreCustomers(amounts, cuts, asOfDay, thresholds.names, columns);
  return { cuts, columns };
};

/** Only the lines of a category count, under its own thresholds where it has some; everything with an empty name. */
export const deriveRfmOf = (ledger: Ledger, asOfDay: BusinessDay, thresholds: RfmThresholds, category: string): Rfm =>
  category === ''
    ? deriveRfm(ledger, asOfDay, thresholds)
    : deriveRfm(ledger, asOfDay, thresholdsOf(thresholds, category), productsOfCategory(ledger, category));

const productsOfCategory = (ledger: Ledger, category: string): Uint8Array =>
  Uint8Array.from({ length: ledger.productCount }, (_, p) => (ledger.product(p).category === category ? 1 : 0));

export const scoreCustomers = (
  amounts: Amounts,
  cuts: RfmCuts,
  asOfDay: BusinessDay,
  names: NameRules,
  into: RfmColumns,
): void => {
  for (let c = 0; c < amounts.orders.length; c++) scoreCustomer(amounts, cuts, asOfDay, names, into, c);
};

export const scoreCustomer = (
  amounts: Amounts,
  cuts: RfmCuts,
  asOfDay: BusinessDay,
  names: NameRules,
  into: RfmColumns,
  c: number,
): void => {
  const orders = amounts.orders[c] as number;
  if (orders === 0) {
    into.rfm[c] = rfmIndex.none;
    into.recencyScore[c] = into.frequencyScore[c] = into.moneyScore[c] = 0;
    return;
  }
  const recencyDays = asOfDay - (amounts.lastDay[c] as number);
  const recencyScore = reversedScore(recencyDays, cuts.recency);
  const moneyScore = score(amounts.netFen[c] as number, cuts.money);
  into.recencyScore[c] = recencyScore;
  into.frequencyScore[c] = score(orders, cuts.frequency);
  into.moneyScore[c] = moneyScore;
  const ageDays = asOfDay - (amounts.firstDay[c] as number);
  into.rfm[c] = nameIndex(orders, recencyDays, ageDays, recencyScore, moneyScore, names);
};
