import type { Dice } from './operation-table.ts';

/** Mulberry32 (Tommy Ettinger, public domain): small, seeded, the same everywhere. */
export const seededDice = (seed: number): Dice => {
  let state = seed >>> 0;
  let ids = 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (values) => {
      if (values.length === 0) throw new Error('nothing to pick from');
      return values[below(values.length)] as (typeof values)[number];
    },
    id: (prefix) => `${prefix}${(ids++).toString(36)}`,
    chance: (probability) => next() < probability,
  };
};
