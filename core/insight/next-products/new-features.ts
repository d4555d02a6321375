/**
 * What is known of a product that a customer never bought, before the next basket: how many people took it up (lately,
 * and ever) and own it, how many baskets hold it, and what company it keeps with the customer's own products, weighted by
 * 0.8 a basket since: the share of their owners who own it too, or hold it in their last basket, the cosine (Sarwar et
 * al. 2001, item-based), the highest lift, and the share for the last basket alone. Only products with company, or among the most taken up, are candidates at all.
 */
import { quantilesDisc } from '../../statistics/quantiles-disc.ts';
import type { FeaturePair } from './candidate-law.ts';
import type { CompanionRow, Companions } from './companions.ts';
import type { OwnBaskets } from './own-baskets.ts';
import type { ProductCounts } from './product-counts.ts';

export const newFeatures = [
  'taken-up',
  'taken-up-last',
  'owned',
  'owned-with',
  'cosine',
  'lift',
  'owned-with-last',
  'lately-with',
  'held',
  'baskets',
  'basket-size',
  'distinct',
] as const;
export const newPairs: readonly FeaturePair[] = newFeatures.map((_, at) => [at, at]);

/** Owners that a share of owners is pulled toward nothing by. */
const ownersWeight = 10;
/** Candidates without company that everybody has. */
const mostTakenUp = 200;

export class NewFeatures {
  readonly #counts: ProductCounts;
  readonly #companions: Companions;
  readonly #rank: Int32Array;
  readonly #popular: readonly number[];
  /** 1 / owners, and its root; of what nobody owns never asked. */
  readonly #perOwner: Float64Array;
  readonly #perRoot: Float64Array;
  readonly #with: Float64Array;
  readonly #cosine: Float64Array;
  readonly #lift: Float64Array;
  readonly #withLast: Float64Array;
  readonly #lately: Float64Array;
  /** Products with company or popularity, of the customer at hand. */
  readonly #met: number[] = [];

  constructor(counts: ProductCounts, companions: Companions, rank: Int32Array) {
    const size = counts.owners.length;
    this.#counts = counts;
    this.#companions = companions;
    this.#rank = rank;
    this.#perOwner = counts.owners.map((owners) => 1 / owners);
    this.#perRoot = this.#perOwner.map(Math.sqrt);
    this.#with = new Float64Array(size);
    this.#cosine = new Float64Array(size);
    this.#lift = new Float64Array(size);
    this.#withLast = new Float64Array(size);
    this.#lately = new Float64Array(size);
    this.#popular = this.#best([...counts.owners.keys()], (i) => this.#takenUp(i), mostTakenUp);
  }

  /** The `most` likeliest candidates by a plain score, best first. Their rows may be written until the next call. */
  candidates(own: OwnBaskets, most: number): readonly number[] {
    this.#clear();
    const total = totalWeight(own);
    for (const i of own.products) this.#add(own, total, i, this.#companions.of(i));
    for (const i of this.#popular) if (this.#with[i] === 0 && !own.has(i)) this.#met.push(i);
    return this.#best(this.#met, (i) => Math.sqrt(this.#with[i]! + 1e-4) * this.#takenUp(i), most);
  }

  /** For one product instead, by the company it keeps (`Companions.toward`); its row may be written until the next call. */
  gather(own: OwnBaskets, company: ReadonlyMap<number, CompanionRow>): void {
    this.#clear();
    const total = totalWeight(own);
    for (const i of own.products) {
      const row = company.get(i);
      if (row) this.#add(own, total, i, row);
    }
  }

  write(own: OwnBaskets, i: number, into: Float64Array, from: number): void {
    const { customers, laterBaskets, owners, baskets: held, takenUp, takenUpLast } = this.#counts;
    let at = from;
    into[at++] = Math.log((takenUp[i]! + 0.3) / (laterBaskets + 1));
    into[at++] = Math.log((takenUpLast[i]! + 0.3) / (customers + 1));
    into[at++] = Math.log((owners[i]! + 1) / (customers + 1));
    into[at++] = Math.log(this.#with[i]! + 1e-3);
    into[at++] = Math.log(this.#cosine[i]! + 1e-3);
    into[at++] = Math.log(this.#lift[i]! + 0.3);
    into[at++] = Math.log(this.#withLast[i]! + 1e-3);
    into[at++] = Math.log(this.#lately[i]! + 1e-3);
    into[at++] = Math.log((held[i]! + 1) / (laterBaskets + 1));
    into[at++] = Math.log(own.baskets);
    into[at++] = Math.log(own.lines / own.baskets);
    into[at] = Math.log(own.products.length);
  }

  /** `weight` is the share of `i` in what the customer bought; `share` of its owners own `j` too. */
  #add(own: OwnBaskets, total: number, i: number, { product, both, inLast }: CompanionRow): void {
    const { customers } = this.#counts;
    const perOwner = this.#perOwner;
    const weight = own.slow[i]! / total;
    const perRoot = weight * Math.sqrt(perOwner[i]!);
    const perBoth = 1 / (1 / perOwner[i]! + ownersWeight);
    const isLast = own.last[i] === own.baskets - 1;
    for (let at = 0; at < product.length; at++) {
      const j = product[at]!;
      if (own.times[j]! > 0) continue;
      const share = both[at]! * perBoth;
      if (this.#with[j] === 0) this.#met.push(j);
      this.#with[j]! += weight * share;
      this.#lately[j]! += weight * inLast[at]! * perBoth;
      this.#cosine[j]! += perRoot * both[at]! * this.#perRoot[j]!;
      const lift = share * customers * perOwner[j]!;
      if (lift > this.#lift[j]!) this.#lift[j] = lift;
      if (isLast) this.#withLast[j]! += share / own.lastSize;
    }
  }

  /** Mostly lately, partly ever. */
  #takenUp(i: number): number {
    return this.#counts.takenUpLast[i]! + 0.2 * this.#counts.takenUp[i]! + 0.3;
  }

  /** Best first, ties by key; only those at or above the score of the last one to be kept are sorted. */
  #best(products: readonly number[], scoreOf: (product: number) => number, most: number): number[] {
    const scores = Float64Array.from(products, scoreOf);
    const least =
      products.length > most ? quantilesDisc(scores.slice(), [1 - (most - 1) / products.length])[0]! : -Infinity;
    const kept: { product: number; score: number }[] = [];
    products.forEach((product, at) => {
      if (scores[at]! >= least) kept.push({ product, score: scores[at]! });
    });
    kept.sort((a, b) => b.score - a.score || this.#rank[a.product]! - this.#rank[b.product]!);
    return kept.slice(0, most).map(({ product }) => product);
  }

  #clear(): void {
    for (const i of this.#met)
      this.#with[i] = this.#cosine[i] = this.#lift[i] = this.#withLast[i] = this.#lately[i] = 0;
    this.#met.length = 0;
  }
}

function totalWeight(own: OwnBaskets): number {
  let total = 0;
  for (const i of own.products) total += own.slow[i]!;
  return total;
}
