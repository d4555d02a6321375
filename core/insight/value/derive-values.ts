/** Purchases and money of everybody over a chosen horizon, in columns by dense customer; see `predict-value.ts`. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { PurchaseDayBuffer } from '../purchase-days.ts';
import { createForecast, predictValue } from './predict-value.ts';
import type { ValueColumns } from './sum-value.ts';
import { createSummary, summarisePurchases } from './summarise-purchases.ts';
import type { ValueParameters } from './value-parameters.ts';

export const deriveValues = (
  ledger: Ledger,
  parameters: ValueParameters,
  asOfDay: BusinessDay,
  horizonDays: number,
): ValueColumns => {
  const count = ledger.customerCount;
  const columns = {
    purchases: new Float64Array(count),
    fen: new Float64Array(count),
    lowFen: new Float64Array(count),
    highFen: new Float64Array(count),
  };
  const days = new PurchaseDayBuffer();
  const [summary, forecast] = [createSummary(), createForecast()];
  for (let c = 0; c < count; c++) {
    days.read(ledger, c, asOfDay);
    if (days.size === 0) continue;
    summarisePurchases(days, 0, days.size, asOfDay, summary);
    predictValue(parameters, summary, horizonDays, forecast);
    columns.purchases[c] = forecast.purchases;
    columns.fen[c] = forecast.fen;
    columns.lowFen[c] = forecast.lowFen;
    columns.highFen[c] = forecast.highFen;
  }
  return columns;
};
