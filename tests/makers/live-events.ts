/** Live events and simple seeded dice for tests of the broadcast. */
import type { LiveEvent } from '#core/live/live-event.ts';

export const aLiveEvent = (fields: Partial<LiveEvent> = {}): LiveEvent => ({
  source: 'platform',
  id: 'e-1',
  name: 'product-viewed',
  atMs: 1_000_000_000,
  broadcast: '',
  item: 'milk',
  count: 1,
  viewerKeyKind: '',
  viewerKey: '',
  nickname: '',
  text: '',
  value: 0,
  amountFen: 0,
  counted: null,
  ...fields,
});

/** mulberry32 */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const poisson = (mean: number, random: () => number): number => {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
};

export const binomial = (trials: number, probability: number, random: () => number): number => {
  let successes = 0;
  for (let trial = 0; trial < trials; trial++) if (random() < probability) successes++;
  return successes;
};
