/**
 * Learns the weights of both laws by leaving the last basket out: what was known before it, and what it held. Small
 * shops are asked the same one basket earlier, and again, up to `origins` times, until there are `mostRows` candidates;
 * large ones are asked of every n-th customer. A law keeps its default below `fewestRows` candidates or
 * `fewestTaken` of them that came true.
 */
import { fitRidgeLogistic } from '../../statistics/ridge-logistic.ts';
import { roundProbability } from '../../statistics/rounding.ts';
import { AgainFeatures, againFeatures, againPairs } from './again-features.ts';
import type { BasketHistories } from './basket-histories.ts';
import { type FeaturePair, inSpreads } from './candidate-law.ts';
import { Companions } from './companions.ts';
import { NewFeatures, newFeatures, newPairs } from './new-features.ts';
import {
  type CandidateWeights,
  type NextProductsParameters,
  defaultNextProductsParameters,
} from './next-products-parameters.ts';
import { OwnBaskets } from './own-baskets.ts';
import { countProducts } from './product-counts.ts';

export const fewestRows = 300;
const fewestTaken = 30;
const origins = 4;
/** New products tried a customer, the same number when a list is made. */
export const newCandidates = 150;
const penalty = 20;

export const fitNextProducts = (
  histories: BasketHistories,
  rank: Int32Array,
  mostRows = 20_000,
): NextProductsParameters => {
  const again = new LabelledRows(againFeatures.length, mostRows);
  const fresh = new LabelledRows(newFeatures.length, mostRows);
  let customers = 0;
  for (let leaveOut = 1; leaveOut <= origins; leaveOut++) {
    const asked = askLastBaskets(histories, rank, leaveOut, again, fresh);
    customers = Math.max(customers, asked);
    if (again.size >= mostRows / 2 || asked === 0) break;
  }
  const [againWeights, newWeights] = [again.fit(againPairs), fresh.fit(newPairs)];
  if (!againWeights && !newWeights) return defaultNextProductsParameters;
  const { again: habit, fresh: popular } = defaultNextProductsParameters;
  return { again: againWeights ?? habit, fresh: newWeights ?? popular, customers };
};

/** Adds what the baskets before the last `leaveOut` knew, and what the next one held; answers of how many customers. */
function askLastBaskets(
  histories: BasketHistories,
  rank: Int32Array,
  leaveOut: number,
  again: LabelledRows,
  fresh: LabelledRows,
): number {
  const { basketStart, itemStart, item, itemCount } = histories;
  const counts = countProducts(histories, leaveOut);
  const companions = new Companions(counts);
  const [againRows, newRows] = [new AgainFeatures(counts, companions), new NewFeatures(counts, companions, rank)];
  const own = new OwnBaskets(itemCount);
  const places = Int32Array.from(basketStart.keys()).filter(
    (c) => c + 1 < basketStart.length && basketStart[c + 1]! - basketStart[c]! - leaveOut >= 2,
  );
  const [againStride, newStride] = [
    strideFor(counts.own.length === 0 ? 0 : counts.ownStart.at(-1)!, again.room),
    strideFor(places.length * newCandidates, fresh.room),
  ];
  places.forEach((place, at) => {
    const [asksAgain, asksNew] = [at % againStride === 0, at % newStride === 0];
    if (!asksAgain && !asksNew) return;
    own.read(histories, place, leaveOut);
    const next = basketStart[place + 1]! - leaveOut;
    const held = new Set(item.subarray(itemStart[next]!, itemStart[next + 1]!));
    if (asksAgain) {
      againRows.gather(own);
      for (const i of own.products) againRows.write(own, i, again.features, again.add(held.has(i)));
    }
    if (asksNew)
      for (const i of newRows.candidates(own, newCandidates))
        newRows.write(own, i, fresh.features, fresh.add(held.has(i)));
  });
  return places.length;
}

const strideFor = (rows: number, room: number): number => (room <= 0 ? Infinity : Math.max(1, Math.ceil(rows / room)));

class LabelledRows {
  readonly #width: number;
  readonly #most: number;
  features: Float64Array;
  #labels: Uint8Array;
  size = 0;

  constructor(width: number, most: number) {
    this.#width = width;
    this.#most = most;
    this.features = new Float64Array(1024 * width);
    this.#labels = new Uint8Array(1024);
  }

  get room(): number {
    return this.#most - this.size;
  }

  /** Answers where the row's features are to be written. */
  add(isTaken: boolean): number {
    if (this.size === this.#labels.length) this.#grow();
    this.#labels[this.size] = isTaken ? 1 : 0;
    return this.size++ * this.#width;
  }

  fit(pairs: readonly FeaturePair[]): CandidateWeights | null {
    const { size } = this;
    const width = this.#width;
    const labels = this.#labels.subarray(0, size);
    if (size < fewestRows || labels.reduce((sum, label) => sum + label, 0) < fewestTaken) return null;
    const { mean, spread } = this.#scale();
    const wide = width + pairs.length;
    const table = new Float64Array(size * wide);
    for (let row = 0; row < size; row++) {
      const to = row * wide;
      for (let j = 0; j < width; j++) table[to + j] = inSpreads(this.features[row * width + j]!, mean[j]!, spread[j]!);
      pairs.forEach(([j, k], p) => (table[to + width + p] = table[to + j]! * table[to + k]!));
    }
    return { mean, spread, weights: Array.from(fitRidgeLogistic(table, wide, labels, penalty, 12), roundProbability) };
  }

  #scale(): { mean: number[]; spread: number[] } {
    const { size, features } = this;
    const width = this.#width;
    const mean = new Float64Array(width);
    const square = new Float64Array(width);
    for (let at = 0; at < size * width; at++) mean[at % width]! += features[at]! / size;
    for (let at = 0; at < size * width; at++) square[at % width]! += (features[at]! - mean[at % width]!) ** 2 / size;
    return {
      mean: Array.from(mean, roundProbability),
      // What never varied says nothing, whatever its spread.
      spread: Array.from(square, (value) => Math.max(0.01, roundProbability(Math.sqrt(value)))),
    };
  }

  #grow(): void {
    const [features, labels] = [this.features, this.#labels];
    this.features = new Float64Array(features.length * 2);
    this.features.set(features);
    this.#labels = new Uint8Array(labels.length * 2);
    this.#labels.set(labels);
  }
}
