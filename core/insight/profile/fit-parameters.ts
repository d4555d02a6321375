/**
 * A new record of parameters from the shop's own history up to a day. What a shop has chosen itself (RFM thresholds,
 * interest weights) is kept from `base`; repurchase, value, churn and the shop's interval are learnt. Customers are read in
 * order of id, so the same facts give the same record whatever order they arrived in. Seconds of work for a large
 * shop: call it in a worker.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { medianInPlace } from '../../statistics/median.ts';
import { roundDays } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { fitBasket } from '../basket/fit-basket.ts';
import { fitChurn } from '../churn/fit-churn.ts';
import { collectWeeks, mostLearnt } from '../demand/collect-weeks.ts';
import { fitDemand } from '../demand/fit-demand.ts';
import { purchaseGaps } from '../lifecycle/own-interval.ts';
import { fitNextProducts } from '../next-products/fit-next-products.ts';
import { learnLines, readShopBaskets } from '../next-products/rank-next-products.ts';
import { fitPreference } from '../preference/fit-preference.ts';
import { type PreferenceHistory, readPreferences } from '../preference/preference-history.ts';
import { type PurchaseDayColumns, readPurchaseDays } from '../purchase-days.ts';
import { fitRepurchase } from '../repurchase/fit-repurchase.ts';
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
  ({ ledger, customers, asOfDay }, { lifecycle }) => ({
    lifecycle: {
      ...lifecycle,
      shopIntervalDays: fitShopInterval(ledger, customers, asOfDay, defaultParameters.lifecycle.shopIntervalDays),
    },
  }),
  ({ ledger, customers, asOfDay }, { repurchase: { chosenFactors } }) => ({
    repurchase: fitRepurchase(ledger, customers, asOfDay, { ...defaultParameters.repurchase, chosenFactors }),
  }),
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
  const days = (): PurchaseDayColumns => (read ??= readSomeDays(ledger, customers, asOfDay));
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

function readSomeDays(ledger: Ledger, customers: Int32Array, asOfDay: BusinessDay): PurchaseDayColumns {
  const stride = Math.ceil(customers.length / mostForDays);
  return readPurchaseDays(
    ledger,
    customers.filter((_, at) => at % stride === 0),
    asOfDay,
  );
}

function* somePreferences({ ledger, customers, asOfDay }: FitSample, soFar: Parameters): Generator<PreferenceHistory> {
  const stageOf = deriveStages(ledger, soFar, asOfDay);
  const stride = Math.ceil(customers.length / mostForPreferences);
  for (let at = 0; at < customers.length; at += stride) {
    const c = customers[at] as number;
    yield readPreferences(ledger, c, asOfDay, stages[stageOf[c] as number] ?? 'aware');
  }
}

function customersInOrder(ledger: Ledger): Int32Array {
  const ids = Array.from({ length: ledger.customerCount }, (_, c) => ledger.customer(c).id);
  return Int32Array.from(ids.keys())
    .filter((c) => ledger.canonical(c) === c)
    .sort((a, b) => ((ids[a] as string) < (ids[b] as string) ? -1 : 1));
}

/** The median over all gaps between purchase days of all customers. */
function fitShopInterval(ledger: Ledger, customers: Int32Array, asOfDay: BusinessDay, fallback: number): number {
  let all = new Float64Array(1024);
  let size = 0;
  for (const c of customers) {
    const gaps = purchaseGaps(ledger, c, asOfDay);
    if (size + gaps.length > all.length) {
      const wider = new Float64Array((size + gaps.length) * 2);
      wider.set(all);
      all = wider;
    }
    all.set(gaps, size);
    size += gaps.length;
  }
  return size < fewestGapsForInterval ? fallback : Math.max(1, roundDays(medianInPlace(all, size)));
}
