/**
 * What fitting reads from the ledger: all gaps with the category, product, customer and pair they belong to; and a
 * sample of intervals (closed ones, and the open one after each pair's last purchase) as they looked when they began.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { shrink } from '../../statistics/shrink.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { notInCycle } from '../purchase-line.ts';
import type { Gaps } from './gap-effects.ts';
import { PairHistory } from './pair-history.ts';
import { createProductPriors } from './product-priors.ts';
import type { RepurchaseParameters } from './repurchase-parameters.ts';

export const collectGaps = (
  ledger: Ledger,
  customers: Int32Array,
  asOfDay: BusinessDay,
): { gaps: Gaps; categories: readonly string[]; pairs: number } => {
  const categories: string[] = [];
  const categoryAt = new Map<string, number>();
  const categoryOfProduct = Array.from({ length: ledger.productCount }, (_, p) => {
    const name = ledger.product(p).category;
    if (!categoryAt.has(name)) categoryAt.set(name, categories.push(name) - 1);
    return categoryAt.get(name) as number;
  });
  const capacity = Math.max(1, ledger.orderLines.count);
  const gaps = {
    size: 0,
    y: new Float64Array(capacity),
    category: new Int32Array(capacity),
    product: new Int32Array(capacity),
    customer: new Int32Array(capacity),
    pair: new Int32Array(capacity),
  };
  let pairs = 0;
  const { product, day, flags } = ledger.orderLines;
  const history = new PairHistory(ledger.productCount);
  for (const c of customers) {
    history.clear();
    for (const row of ledger.linesOfCustomer(c)) {
      const at = day[row] as number;
      if (((flags[row] as number) & notInCycle) !== 0 || at > asOfDay) continue;
      const which = product[row] as number;
      const slot = history.add(which, at);
      if (slot === -1 || (history.purchases[slot] as number) < 2) continue;
      const i = gaps.size++;
      gaps.y[i] = history.lastLogGap[slot] as number;
      gaps.category[i] = categoryOfProduct[which] as number;
      gaps.product[i] = which;
      gaps.customer[i] = c;
      gaps.pair[i] = pairs + slot;
    }
    pairs += history.size;
  }
  return { gaps, categories, pairs };
};

export interface Intervals {
  size: number;
  readonly m: Float64Array;
  readonly purchases: Int32Array;
  readonly lastLogGap: Float64Array;
  readonly squares: Float64Array;
  /** The gap, or for an open interval the days it has lasted. */
  readonly days: Float64Array;
  readonly isOpen: Uint8Array;
}

/** Every n-th interval of the shop, so that about `most` are kept whatever its size. */
export const collectIntervals = (
  ledger: Ledger,
  customers: Int32Array,
  asOfDay: BusinessDay,
  parameters: RepurchaseParameters,
  most: number,
): Intervals => {
  const sample = new IntervalSample(ledger.orderLines.count, most);
  const priors = createProductPriors(ledger, parameters);
  const history = new PairHistory(ledger.productCount);
  const { product, day, flags } = ledger.orderLines;
  for (const c of customers) {
    history.clear();
    let residuals = 0;
    let gaps = 0;
    for (const row of ledger.linesOfCustomer(c)) {
      const at = day[row] as number;
      if (((flags[row] as number) & notInCycle) !== 0 || at > asOfDay) continue;
      const which = product[row] as number;
      const known = history.size;
      const before = slotBefore(history, which);
      const slot = history.add(which, at);
      if (slot === -1) continue;
      const own = (history.purchases[slot] as number) - 1;
      if (slot < known) {
        const lastLogGap = history.lastLogGap[slot] as number;
        sample.keep(slot, own, before.lastLogGap, before.squares, Math.exp(lastLogGap), 0);
        residuals += lastLogGap - (priors.centre[which] as number);
        gaps++;
      }
      const base = (priors.centre[which] as number) + shrink(residuals, gaps, parameters.customerK);
      sample.setCentre(slot, base + shrink((history.sum[slot] as number) - own * base, own, parameters.pairK));
    }
    for (let slot = 0; slot < history.size; slot++) {
      const elapsed = asOfDay - (history.lastDay[slot] as number);
      const lastLogGap = history.lastLogGap[slot] as number;
      if (elapsed > 0)
        sample.keep(slot, history.purchases[slot] as number, lastLogGap, history.scatter(slot), elapsed, 1);
    }
  }
  return sample.found;
};

class IntervalSample {
  readonly found: Intervals;
  readonly #stride: number;
  readonly #capacity: number;
  #passed = 0;
  /** m of each slot of the customer at hand, as it was at the last purchase. */
  #centre = new Float64Array(64);

  constructor(lines: number, most: number) {
    this.#stride = Math.max(1, Math.floor(lines / most));
    this.#capacity = Math.ceil(lines / this.#stride) + 1;
    this.found = {
      size: 0,
      m: new Float64Array(this.#capacity),
      purchases: new Int32Array(this.#capacity),
      lastLogGap: new Float64Array(this.#capacity),
      squares: new Float64Array(this.#capacity),
      days: new Float64Array(this.#capacity),
      isOpen: new Uint8Array(this.#capacity),
    };
  }

  setCentre(slot: number, m: number): void {
    if (slot >= this.#centre.length) {
      const wider = new Float64Array(slot * 2);
      wider.set(this.#centre);
      this.#centre = wider;
    }
    this.#centre[slot] = m;
  }

  keep(slot: number, purchases: number, lastLogGap: number, squares: number, days: number, isOpen: number): void {
    const { found } = this;
    if (this.#passed++ % this.#stride !== 0 || found.size >= this.#capacity) return;
    const i = found.size++;
    found.m[i] = this.#centre[slot] as number;
    found.purchases[i] = purchases;
    found.lastLogGap[i] = lastLogGap;
    found.squares[i] = squares;
    found.days[i] = days;
    found.isOpen[i] = isOpen;
  }
}

const seenBefore = { lastLogGap: 0, squares: 0 };

/** What a pair knew before the purchase that is about to be added. */
function slotBefore(history: PairHistory, product: number): typeof seenBefore {
  const slot = history.slotOf(product);
  seenBefore.lastLogGap = slot === -1 ? 0 : (history.lastLogGap[slot] as number);
  seenBefore.squares = slot === -1 ? 0 : history.scatter(slot);
  return seenBefore;
}
