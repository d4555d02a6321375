/**
 * What is known of a product that a customer has bought before, and of the customer, before the next basket: shares of
 * baskets, baskets since, decayed counts (0.8 and 0.5 a basket), baskets since over mean spacing, the customer's and the
 * product's with everybody, how often it comes again with everybody, popularity, the customer's ratio of repeats, how small the baskets were that held it, and
 * how well it goes with what was bought of late. Models after "A Next Basket Recommendation Reality Check" (Li, Jullien,
 * Ariannezhad, de Rijke 2023), which finds that repeats carry nearly all of the recall.
 */
import type { FeaturePair } from './candidate-law.ts';
import type { Companions } from './companions.ts';
import { type OwnBaskets, fastDecay, slowDecay } from './own-baskets.ts';
import type { ProductCounts } from './product-counts.ts';

export const againFeatures = [
  'habit',
  'share',
  'times',
  'since',
  'slow',
  'fast',
  'log-slow',
  'log-fast',
  'since-over-spacing',
  'has-spacing',
  'since-over-usual',
  'share-since-first',
  'comes-again',
  'owned',
  'owned-last',
  'own-again',
  'baskets',
  'basket-size',
  'distinct',
  'last-size',
  'in-last',
  'small-baskets',
  'singles',
  'baskets-of-owner',
  'company',
  'has-company',
] as const;

type AgainFeature = (typeof againFeatures)[number];

/** What is told only together: how late for a product of this rhythm, how often for one this common and baskets this small. */
const together: readonly (readonly AgainFeature[])[] = [
  ['since', 'since-over-usual', 'comes-again', 'share-since-first', 'baskets'],
  ['times', 'owned', 'basket-size', 'baskets'],
];
const yesOrNo: readonly AgainFeature[] = ['has-spacing', 'has-company', 'in-last'];
const placeOf = (name: AgainFeature): number => againFeatures.indexOf(name);

export const againPairs: readonly FeaturePair[] = [
  ...againFeatures.filter((name) => !yesOrNo.includes(name)).map((name): FeaturePair => [placeOf(name), placeOf(name)]),
  ...together.flatMap((names) =>
    names.flatMap((a, at) => names.slice(at + 1).map((b): FeaturePair => [placeOf(a), placeOf(b)])),
  ),
];

/** Baskets of the product's own rate that a habit is pulled by. */
const habitWeight = 3;
/** Lines of a usual ratio that a customer's own is pulled by. */
const ratioWeight = 10;
const usualRatio = 0.2;

export class AgainFeatures {
  readonly #counts: ProductCounts;
  readonly #companions: Companions;
  readonly #company: Float64Array;

  constructor(counts: ProductCounts, companions: Companions) {
    this.#counts = counts;
    this.#companions = companions;
    this.#company = new Float64Array(counts.owners.length);
  }

  /** How well each product of the customer goes with the others; asked before the rows are written. */
  gather(own: OwnBaskets): void {
    const { owners } = this.#counts;
    const company = this.#company;
    for (const i of own.products) company[i] = 0;
    for (const i of own.products) {
      const row = this.#companions.of(i);
      const weight = own.slow[i]!;
      for (let at = 0; at < row.product.length; at++) {
        const j = row.product[at]!;
        if (own.has(j)) company[j]! += (weight * row.both[at]!) / Math.sqrt(owners[i]! * owners[j]!);
      }
    }
  }

  write(own: OwnBaskets, i: number, into: Float64Array, from: number): void {
    const { customers, owners, baskets: held, inLast, againLogit, spacing: usual } = this.#counts;
    const n = own.baskets;
    const times = own.times[i]!;
    const since = n - 1 - own.last[i]!;
    const sinceFirst = n - own.first[i]!;
    const spacing = times > 1 ? (own.last[i]! - own.first[i]!) / (times - 1) : 0;
    const slow = (own.slow[i]! * (1 - slowDecay)) / (1 - slowDecay ** n);
    const fast = (own.fast[i]! * (1 - fastDecay)) / (1 - fastDecay ** n);
    const rate = 1 / (1 + Math.exp(-againLogit[i]!));
    const habit = (times - 1 + habitWeight * rate) / (sinceFirst - 1 + habitWeight);
    const ratio = (own.againLines + ratioWeight * usualRatio) / (own.laterLines + ratioWeight);
    let at = from;
    into[at++] = Math.log(habit / (1 - habit));
    into[at++] = times / n;
    into[at++] = Math.log(times);
    into[at++] = Math.log(since + 1);
    into[at++] = slow;
    into[at++] = fast;
    into[at++] = Math.log(slow + 0.01);
    into[at++] = Math.log(fast + 0.003);
    into[at++] = times > 1 ? Math.log((since + 1) / spacing) : 0;
    into[at++] = times > 1 ? 1 : 0;
    into[at++] = Math.log((since + 1) / usual[i]!);
    into[at++] = times / sinceFirst;
    into[at++] = againLogit[i]!;
    into[at++] = Math.log((owners[i]! + 1) / (customers + 1));
    into[at++] = Math.log((inLast[i]! + 1) / (customers + 1));
    into[at++] = Math.log(ratio / (1 - ratio));
    into[at++] = Math.log(n);
    into[at++] = Math.log(own.lines / n);
    into[at++] = Math.log(own.products.length);
    into[at++] = Math.log(own.lastSize);
    into[at++] = since === 0 ? 1 : 0;
    into[at++] = Math.log(own.shares[i]! / times);
    into[at++] = own.singles / own.products.length;
    into[at++] = Math.log((held[i]! + 1) / (owners[i]! + 1));
    into[at++] = Math.log(this.#company[i]! + 0.05);
    into[at] = this.#company[i]! > 0 ? 1 : 0;
  }
}
