/**
 * The products a customer's next basket will hold, most probable first: what was bought before by one law, what never
 * was by another (`again-features.ts`, `new-features.ts`; learnt in `fit-next-products.ts`), merged by probability, which
 * both laws are fitted to. Probabilities to 1e-4, compared as rounded, ties by the product's key. Knows everybody's
 * baskets from `histories`; whom it is asked about may stand in others with the same product numbers.
 */
import { roundProbability } from '../../statistics/rounding.ts';
import { AgainFeatures, againFeatures, againPairs } from './again-features.ts';
import type { BasketHistories } from './basket-histories.ts';
import { candidateProbability } from './candidate-law.ts';
import { Companions } from './companions.ts';
import { newCandidates } from './fit-next-products.ts';
import { NewFeatures, newFeatures, newPairs } from './new-features.ts';
import type { NextProductsParameters } from './next-products-parameters.ts';
import { OwnBaskets } from './own-baskets.ts';
import { type ProductCounts, countProducts } from './product-counts.ts';

export interface NextProduct {
  /** Dense product. */
  readonly product: number;
  readonly kind: 'again' | 'new';
  /** That the next basket holds it. */
  readonly probability: number;
}

export type NextReason =
  /** Held by `times` of `baskets` baskets, last `since` baskets ago (0: in the last one). */
  | { readonly code: 'habit'; readonly times: number; readonly baskets: number; readonly since: number }
  /** Of `of` people who own `product`, `both` own this one too. */
  | { readonly code: 'company'; readonly product: number; readonly both: number; readonly of: number }
  /** Owned by `owners` of `customers`; no company among the customer's own products is known. */
  | { readonly code: 'popular'; readonly owners: number; readonly customers: number };

/** What else the probability is made from: the person's baskets, counted as the facts have them. */
export interface BuyerFacts {
  readonly baskets: number;
  readonly lines: number;
  /** Of `later` lines after the first basket, `again` had been bought before. */
  readonly again: number;
  readonly later: number;
  /** Baskets from the first that held this product to the last of all; 0 when none did. */
  readonly sinceFirst: number;
  /** Their products that owners of this one own too. */
  readonly companions: number;
}

export class NextProductsRanker {
  readonly #rank: Int32Array;
  readonly #parameters: NextProductsParameters;
  readonly #counts: ProductCounts;
  readonly #companions: Companions;
  readonly #again: AgainFeatures;
  readonly #new: NewFeatures;
  readonly #own: OwnBaskets;
  readonly #row = new Float64Array(Math.max(againFeatures.length, newFeatures.length));

  constructor(histories: BasketHistories, rank: Int32Array, parameters: NextProductsParameters) {
    this.#rank = rank;
    this.#parameters = parameters;
    this.#counts = countProducts(histories, 0);
    this.#companions = new Companions(this.#counts);
    this.#again = new AgainFeatures(this.#counts, this.#companions);
    this.#new = new NewFeatures(this.#counts, this.#companions, rank);
    this.#own = new OwnBaskets(histories.itemCount);
  }

  /** At most `most`; empty without a basket. */
  rank(histories: BasketHistories, place: number, most: number): NextProduct[] {
    const own = this.#own.read(histories, place, 0);
    if (own.baskets === 0) return [];
    this.#again.gather(own);
    const found = own.products.map((product) => ({ product, probability: this.#againProbability(product) }));
    for (const product of this.#new.candidates(own, newCandidates))
      found.push({ product, probability: this.#newProbability(product) });
    found.sort((a, b) => b.probability - a.probability || this.#rank[a.product]! - this.#rank[b.product]!);
    return found.slice(0, most).map(({ product, probability }) => ({
      product,
      kind: own.has(product) ? 'again' : 'new',
      probability,
    }));
  }

  /** Why a product has its probability for the customer asked about last. */
  reasonOf(product: number): NextReason {
    const own = this.#own;
    const { customers, owners } = this.#counts;
    const times = own.times[product]!;
    if (times > 0) return { code: 'habit', times, baskets: own.baskets, since: own.baskets - 1 - own.last[product]! };
    const row = this.#companions.of(product);
    let best: NextReason = { code: 'popular', owners: owners[product]!, customers };
    let most = 0;
    for (let at = 0; at < row.product.length; at++) {
      const i = row.product[at]!;
      if (!own.has(i)) continue;
      // The share that few owners cannot make by chance alone, weighted as the probability weighs it.
      const score = (own.slow[i]! * row.both[at]!) / (owners[i]! + 10);
      if (score < most || (score === most && best.code === 'company' && this.#rank[i]! > this.#rank[best.product]!))
        continue;
      most = score;
      best = { code: 'company', product: i, both: row.both[at]!, of: owners[i]! };
    }
    return best;
  }

  /** What tells the customer asked about last from others with the same reason. */
  factsOf(product: number): BuyerFacts {
    const { baskets, lines, againLines: again, laterLines: later } = this.#own;
    const sinceFirst = this.#own.has(product) ? baskets - this.#own.first[product]! : 0;
    const companions = this.#companions.of(product).product.filter((other) => this.#own.has(other)).length;
    return { baskets, lines, again, later, sinceFirst, companions };
  }

  /** The probability of one product for many customers: 0 without a basket. */
  probabilities(histories: BasketHistories, product: number): Float64Array {
    const company = this.#companions.toward(product);
    return Float64Array.from({ length: histories.basketStart.length - 1 }, (_, place) => {
      const own = this.#own.read(histories, place, 0);
      if (own.baskets === 0) return 0;
      if (own.has(product)) {
        this.#again.gather(own);
        return this.#againProbability(product);
      }
      this.#new.gather(own, company);
      return this.#newProbability(product);
    });
  }

  #againProbability(product: number): number {
    this.#again.write(this.#own, product, this.#row, 0);
    return roundProbability(candidateProbability(this.#parameters.again, againPairs, this.#row));
  }

  #newProbability(product: number): number {
    this.#new.write(this.#own, product, this.#row, 0);
    return roundProbability(candidateProbability(this.#parameters.fresh, newPairs, this.#row));
  }
}
