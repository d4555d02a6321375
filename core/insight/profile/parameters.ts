/**
 * Everything beliefs are computed with besides the facts and the day: a plain, dated, versioned record, so that
 * `beliefs = f(facts, parameters, business day)` on every device. `fit-parameters.ts` makes one from the shop's own
 * history, `parameters.doc.ts` keeps it; `defaultParameters` answers while there is none. A belief adds one group here,
 * plain JSON of at most some kilobytes, and one step in `fit-parameters.ts`.
 */
import type { BusinessDay } from '../../units/business-day.ts';
import { type BasketParameters, defaultBasketParameters } from '../basket/basket-parameters.ts';
import { type ChurnParameters, defaultChurnParameters } from '../churn/churn-parameters.ts';
import { type DemandParameters, defaultDemandParameters } from '../demand/demand-parameters.ts';
import type { InterestParameters } from '../interests/interest-parameters.ts';
import type { LifecycleParameters } from '../lifecycle/lifecycle-parameters.ts';
import {
  type NextProductsParameters,
  defaultNextProductsParameters,
} from '../next-products/next-products-parameters.ts';
import { type PreferenceParameters, defaultPreferenceParameters } from '../preference/preference-parameters.ts';
import { type RepurchaseParameters, defaultRepurchaseParameters } from '../repurchase/repurchase-parameters.ts';
import { type RfmThresholds, defaultThresholds } from '../rfm/thresholds.ts';
import { type ValueParameters, defaultValueParameters } from '../value/value-parameters.ts';

export interface Parameters {
  readonly version: number;
  /** The business day whose evening's facts it was fitted on; 0 for the built-in record. */
  readonly fittedDay: BusinessDay;
  readonly rfm: RfmThresholds;
  readonly repurchase: RepurchaseParameters;
  readonly value: ValueParameters;
  readonly churn: ChurnParameters;
  readonly interests: InterestParameters;
  readonly lifecycle: LifecycleParameters;
  readonly basket: BasketParameters;
  readonly demand: DemandParameters;
  readonly preference: PreferenceParameters;
  readonly nextProducts: NextProductsParameters;
}

/** What is fitted and travels as one record; the thresholds of RFM are chosen and stand beside it. */
export type FittedParameters = Omit<Parameters, 'rfm'>;

export const defaultParameters: Parameters = {
  version: 0,
  fittedDay: 0,
  rfm: defaultThresholds,
  repurchase: defaultRepurchaseParameters,
  value: defaultValueParameters,
  churn: defaultChurnParameters,
  interests: { halfLifeDays: 60, onAt: 8, offBelow: 4, weights: { watch: 1, click: 3, add: 5, buy: 10 } },
  lifecycle: { overdueRatio: 1.5, loyalOrders: 4, consideringDays: 30, shopIntervalDays: 30 },
  basket: defaultBasketParameters,
  demand: defaultDemandParameters,
  preference: defaultPreferenceParameters,
  nextProducts: defaultNextProductsParameters,
};
