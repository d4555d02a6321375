/**
 * The repurchase beliefs of one customer: for each product bought, the window p10-p50-p90 and the probabilities within
 * 7, 14 and 30 days, appended to pair columns, most probable within 14 days first (ties by the product's key). Formula
 * in `predict-gap.ts` and `calibrate.ts`; the customer's and the pair's effect are shrunk here. Says
 * `insufficient-evidence`, without a window, below three purchases when the parameters were learnt from fewer than 30
 * gaps of the shop.
 */
import { shrink } from '../../statistics/shrink.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { type Evidence, evidences } from '../profile/belief-columns.ts';
import { predictChances } from './calibrate.ts';
import { type PairColumns, noDay, pairArrayNames } from './pair-columns.ts';
import type { PairHistory } from './pair-history.ts';
import { type GapHistory, createGapHistory, createGapLaw, gapP10, gapP50, gapP90, predictGap } from './predict-gap.ts';
import type { ProductPriors } from './product-priors.ts';
import { type RepurchaseParameters, fewestShopGaps } from './repurchase-parameters.ts';

/** Purchases from which a window rests on the customer's own rhythm. */
export const ownPurchases = 3;

export const evidenceOf = (purchases: number, shopGaps: number): Evidence =>
  purchases >= ownPurchases
    ? 'own'
    : shopGaps < fewestShopGaps
      ? 'insufficient-evidence'
      : purchases === 2
        ? 'blend'
        : 'prior';

export interface CustomerEffect {
  /** On ln(gap), over all products: the shrunk mean residual. */
  readonly effect: number;
  /** How many gaps it rests on. */
  readonly gaps: number;
}

export const customerEffect = (
  { size, slots }: PairHistory,
  priors: ProductPriors,
  { mu, customerK }: RepurchaseParameters,
): CustomerEffect => {
  let sum = 0;
  let gaps = 0;
  for (let slot = 0; slot < size; slot++) {
    const n = (slots.purchases[slot] as number) - 1;
    sum += (slots.sum[slot] as number) - n * (mu + (priors.effect[slots.product[slot] as number] as number));
    gaps += n;
  }
  return { effect: shrink(sum, gaps, customerK), gaps };
};

/** What is known of one slot, for `predictGap` and `predictChances`. */
export const readPair = (
  history: PairHistory,
  slot: number,
  priors: ProductPriors,
  customer: number,
  { mu, pairK }: RepurchaseParameters,
  into: GapHistory,
): GapHistory => {
  const { slots } = history;
  const purchases = slots.purchases[slot] as number;
  const gaps = purchases - 1;
  const sum = slots.sum[slot] as number;
  into.product = priors.effect[slots.product[slot] as number] as number;
  into.customer = customer;
  const base = mu + into.product + customer;
  into.m = base + shrink(sum - gaps * base, gaps, pairK);
  into.purchases = purchases;
  into.lastLogGap = slots.lastLogGap[slot] as number;
  into.squares = history.scatter(slot);
  into.factor = slots.factor[slot] as number;
  if (gaps === 0) return into;
  into.meanLogGap = sum / gaps;
  into.previousLogGap = slots.previousLogGap[slot] as number;
  into.leastLogGap = slots.leastLogGap[slot] as number;
  into.mostLogGap = slots.mostLogGap[slot] as number;
  into.smoothedLogGap = slots.smoothedLogGap[slot] as number;
  return into;
};

const known = createGapHistory();
const law = createGapLaw();
const chances = new Float64Array(3);

export const derivePairs = (
  history: PairHistory,
  priors: ProductPriors,
  parameters: RepurchaseParameters,
  asOfDay: BusinessDay,
  into: PairColumns,
): void => {
  const { effect } = customerEffect(history, priors, parameters);
  into.reserve(history.size);
  const start = into.size;
  const { arrays } = into;
  const { slots } = history;
  for (let slot = 0; slot < history.size; slot++) {
    const at = start + slot;
    const lastDay = slots.lastDay[slot] as number;
    const purchases = slots.purchases[slot] as number;
    const evidence = evidenceOf(purchases, parameters.gaps);
    arrays.pairProduct[at] = slots.product[slot] as number;
    arrays.pairLastDay[at] = lastDay;
    arrays.pairPurchases[at] = purchases;
    arrays.pairEvidence[at] = evidences.indexOf(evidence);
    if (evidence === 'insufficient-evidence') {
      arrays.pairP10[at] = arrays.pairP50[at] = arrays.pairP90[at] = noDay;
      arrays.pairWithin7[at] = arrays.pairWithin14[at] = arrays.pairWithin30[at] = 0;
      continue;
    }
    predictGap(readPair(history, slot, priors, effect, parameters, known), parameters, law);
    arrays.pairP10[at] = tenths(lastDay + gapP10(law));
    arrays.pairP50[at] = tenths(lastDay + gapP50(law));
    arrays.pairP90[at] = tenths(lastDay + gapP90(law));
    predictChances(known, law, parameters, asOfDay - lastDay, chances);
    arrays.pairWithin7[at] = Math.round((chances[0] as number) * 1e4);
    arrays.pairWithin14[at] = Math.round((chances[1] as number) * 1e4);
    arrays.pairWithin30[at] = Math.round((chances[2] as number) * 1e4);
  }
  into.size = start + history.size;
  sortPairs(into, start, priors.rank);
};

/** Beyond what a column holds a window has no end. */
const tenths = (day: number): number => Math.min(Math.round(day * 10), 0x7fffffff);

/** Grow with the customer who bought most different products. */
let keys = new Float64Array(64);
let old = new Float64Array(64);

/** One number a pair: most probable first by its ten thousandths, then the product's rank, then where the pair stands. */
function sortPairs({ arrays, size }: PairColumns, start: number, rank: Int32Array): void {
  const { pairProduct, pairWithin14 } = arrays;
  const count = size - start;
  if (count > keys.length) {
    keys = new Float64Array(count * 2);
    old = new Float64Array(count * 2);
  }
  let isSorted = true;
  for (let i = 0; i < count; i++) {
    // Each pair stands once, whatever the number is.
    const chance = pairWithin14[start + i] as number;
    const key = ((1e4 - chance) * rank.length + (rank[pairProduct[start + i] as number] as number)) * count + i;
    let at = i;
    if (count <= mostInserted) for (; at > 0 && (keys[at - 1] as number) > key; at--) keys[at] = keys[at - 1] as number;
    keys[at] = key;
    isSorted &&= i === 0 || (at === i && key > (keys[i - 1] as number));
  }
  if (isSorted) return;
  const order = keys.subarray(0, count);
  if (count > mostInserted) order.sort();
  for (let i = 0; i < count; i++) order[i] = (order[i] as number) % count;
  for (const name of pairArrayNames) {
    const column = arrays[name];
    for (let i = 0; i < count; i++) old[i] = column[start + i] as number;
    for (let i = 0; i < count; i++) column[start + i] = old[order[i] as number] as number;
  }
}

/** Up to so many an insertion sort is quickest. */
const mostInserted = 32;
