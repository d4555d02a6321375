/**
 * A new record of parameters from the shop's own history up to a day. What a shop has chosen itself (RFM thresholds,
 * interest weights) is kept from `base`; repurchase, value, churn and the shop's interval are learnt. Customers are read in
 * order of id, so the same facts give the same record whatever order they arrived in. Seconds of work for a large
 * shop: call it in a worker.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { roundDays } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { fitBasket } from '../basket/fit-basket.ts';
import { fitChurn } from '../churn/fit-churn.ts';
import { collectWeeks, mostLearnt } from '../demand/collect-weeks.ts';
import { fitDemand } from '../demand/fit-demand.ts';
import { fitNextProducts } from '../next-products/fit-next-products.ts';
import { learnLines, readShopBaskets } from '../next-products/rank-next-products.ts';
import { fitPreference } from '../preference/fit-preference.ts';
import { type PreferenceHistory, readPreferences } from '../preference/preference-history.ts';
import { type PurchaseDayColumns, readPurchaseDays } from '../purchase-days.ts';
import { fitHistories } from '../repurchase/fit-repurchase.ts';
import { readHistories } from '../repurchase/histories.ts';
import { fitSilence } from '../value/fit-silence.ts';
import { fitValue } from '../value/fit-value.ts';
import { valueHorizonDays } from '../value/predict-value.ts';
import { stages } from './belief-columns.ts';
import { deriveStages } from './derive-standings.ts';
import { type Parameters, defaultParameters } from './parameters.ts';

export interface FitSample {
  readonly ledger: Ledger;
  /** Everybody who counts, in order of id. */
  readonly customers: Int32Array;
  readonly asOfDay: BusinessDay;
  /** On which days they bought, of at most `mostForDays` of them; read when first asked for. */
  days(): PurchaseDayColumns;
}

const mostForDays = 30_000;
const mostForPreferences = 5_000;

/**
 * One step a group of parameters, in this order; each sees what the steps before it found, and returns its group. Every
 * step is done in one go, so that whoever waits between them waits for the longest one only.
 */
const fitSteps: readonly ((sample: FitSample, soFar: Parameters) => Partial<Parameters>)[] = [
  ({ ledger, customers, asOfDay }, { lifecycle, repurchase: { chosenFactors } }) => {
    const histories = readHistories(ledger, customers, asOfDay);
    return {
      lifecycle: { ...lifecycle, shopIntervalDays: shopInterval(histories.dayGaps) },
      repurchase: fitHistories(histories, asOfDay, { ...defaultParameters.repurchase, chosenFactors }),
    };
  },
  ({ days, asOfDay }) => ({ value: fitValue(days(), asOfDay, valueHorizonDays) }),
  ({ days, asOfDay }) => ({
    churn: fitChurn(days(), asOfDay, (origin) => fitSilence(days(), origin), defaultParameters.churn),
  }),
  ({ ledger, asOfDay }, { basket }) => ({ basket: fitBasket(ledger, asOfDay, basket) }),
  ({ ledger, asOfDay }) => {
    const shop = collectWeeks(ledger, asOfDay, new Map(), mostLearnt);
    return { demand: fitDemand(shop.panel, shop.comingWeek) };
  },
  (sample, soFar) => ({ preference: fitPreference(somePreferences(sample, soFar)) }),
  ({ ledger, asOfDay }) => {
    const { histories, rank } = readShopBaskets(ledger, asOfDay, learnLines);
    return { nextProducts: fitNextProducts(histories, rank) };
  },
];

/** Gives way after each step, with the share that is done; returns the record. */
export function* fitInSteps(
  ledger: Ledger,
  asOfDay: BusinessDay,
  base: Parameters = defaultParameters,
): Generator<number, Parameters> {
  const customers = customersInOrder(ledger);
  let read: PurchaseDayColumns | null = null;
  const days = (): PurchaseDayColumns => (read ??= readPurchaseDays(ledger, everyNth(customers, mostForDays), asOfDay));
  const sample: FitSample = { ledger, customers, asOfDay, days };
  let parameters: Parameters = { ...base, version: base.version + 1, fittedDay: asOfDay };
  for (const [at, step] of fitSteps.entries()) {
    yield at / fitSteps.length;
    parameters = { ...parameters, ...step(sample, parameters) };
  }
  return parameters;
}

export const fitParameters = (ledger: Ledger, asOfDay: BusinessDay, base?: Parameters): Parameters => {
  const steps = fitInSteps(ledger, asOfDay, base);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

const fewestGapsForInterval = 30;

function everyNth(customers: Int32Array, most: number): Int32Array {
  const stride = Math.ceil(customers.length / most);
  return customers.filter((_, at) => at % stride === 0);
}

function* somePreferences({ ledger, customers, asOfDay }: FitSample, soFar: Parameters): Generator<PreferenceHistory> {
  const some = everyNth(customers, mostForPreferences);
  const stageOf = deriveStages(ledger, soFar, asOfDay, some);
  for (const c of some) {
    yield readPreferences(ledger, c, asOfDay, stages[stageOf[c] as number] ?? 'aware');
  }
}

function customersInOrder(ledger: Ledger): Int32Array {
  const ids: string[] = [];
  for (let c = 0; c < ledger.customerCount; c++) if (ledger.canonical(c) === c) ids.push(ledger.customer(c).id);
  return Int32Array.from(ids.sort(), (id) => ledger.denseCustomer(id));
}

/** The median over all gaps between purchase days of all customers, counted by their days. */
function shopInterval(dayGaps: Int32Array): number {
  const gaps = dayGaps.reduce((sum, each) => sum + each, 0);
  if (gaps < fewestGapsForInterval) return defaultParameters.lifecycle.shopIntervalDays;
  const gapAt = (rank: number): number => {
    let days = 0;
    for (let below = 0; below + (dayGaps[days] as number) <= rank; days++) below += dayGaps[days] as number;
    return days;
  };
  return Math.max(1, roundDays((gapAt((gaps - 1) >> 1) + gapAt(gaps >> 1)) / 2));
}
