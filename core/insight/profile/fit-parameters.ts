/**
 * A new record of parameters from the shop's own history up to a day. What a shop has chosen itself (RFM thresholds,
 * interest weights) is kept from `base`; repurchase, churn and the shop's interval are learnt. Customers are read in
 * order of id, so the same facts give the same record whatever order they arrived in. Seconds of work for a large
 * shop: call it in a worker.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { medianInPlace } from '../../statistics/median.ts';
import { roundDays } from '../../statistics/rounding.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { fitBasket } from '../basket/fit-basket.ts';
import { fitChurn } from '../churn/fit-churn.ts';
import { churnHorizonDays } from '../churn/predict-churn.ts';
import { collectWeeks, mostLearnt } from '../demand/collect-weeks.ts';
import { fitDemand } from '../demand/fit-demand.ts';
import { ownInterval, purchaseGaps } from '../lifecycle/own-interval.ts';
import { fitRepurchase } from '../repurchase/fit-repurchase.ts';
import { deriveAmounts } from '../rfm/derive-amounts.ts';
import { type Parameters, defaultParameters } from './parameters.ts';

export interface FitSample {
  readonly ledger: Ledger;
  /** Everybody who counts, in order of id. */
  readonly customers: Int32Array;
  readonly asOfDay: BusinessDay;
}

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
  (sample, { lifecycle }) => ({ churn: fitChurnOf(sample, lifecycle.shopIntervalDays) }),
  ({ ledger, asOfDay }, { basket }) => ({ basket: fitBasket(ledger, asOfDay, basket) }),
  ({ ledger, asOfDay }) => {
    const shop = collectWeeks(ledger, asOfDay, new Map(), mostLearnt);
    return { demand: fitDemand(shop.panel, shop.comingWeek) };
  },
];

/** Gives way after each step, with the share that is done; returns the record. */
export function* fitInSteps(
  ledger: Ledger,
  asOfDay: BusinessDay,
  base: Parameters = defaultParameters,
): Generator<number, Parameters> {
  const sample: FitSample = { ledger, customers: customersInOrder(ledger), asOfDay };
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

function fitChurnOf({ ledger, customers, asOfDay }: FitSample, shopIntervalDays: number): Parameters['churn'] {
  const origin = asOfDay - churnHorizonDays;
  const then = deriveAmounts(ledger, origin);
  const sample = {
    ...then,
    lastDayNow: deriveAmounts(ledger, asOfDay).lastDay,
    ownIntervalOf: (c: number) => ownInterval(ledger, c, origin),
  };
  return fitChurn(ledger, customers, asOfDay, sample, shopIntervalDays, defaultParameters.churn);
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
