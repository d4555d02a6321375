/**
 * Seeded chance for made-up data. sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32; normals by the
 * polar method of Marsaglia. Same seed, same numbers, on every engine: only additions, shifts, multiplications and
 * the square roots and logarithms of IEEE doubles are used, and results that matter are rounded by the callers.
 */
export interface Dice {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  normal(): number;
  /** `median × exp(sigma × normal)`. */
  logNormal(median: number, sigma: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Index drawn in proportion to its weight. */
  weighted(weights: readonly number[]): number;
  /** A word of 32 random bits as eight hex digits. */
  hex8(): string;
  /** An independent stream, so that one part's draws never shift another's. */
  fork(name: string): Dice;
}

export const createDice = (seed: string): Dice => {
  const next = sfc32(seed);
  const uniform = (): number => next() / 4_294_967_296;
  let spare: number | null = null;
  const normal = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const u = uniform() * 2 - 1;
      const v = uniform() * 2 - 1;
      const square = u * u + v * v;
      if (square <= 0 || square >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * scale;
      return u * scale;
    }
  };
  return {
    uniform,
    normal,
    whole: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    chance: (probability) => uniform() < probability,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    pick: (items) => {
      const item = items[Math.floor(uniform() * items.length)];
      if (item === undefined) throw new Error('picked from an empty list');
      return item;
    },
    weighted: (weights) => {
      let total = 0;
      for (const weight of weights) total += weight;
      let rest = uniform() * total;
      for (let at = 0; at < weights.length; at++) {
        rest -= weights[at] ?? 0;
        if (rest < 0) return at;
      }
      return weights.length - 1;
    },
    hex8: () => next().toString(16).padStart(8, '0'),
    fork: (name) => createDice(`${seed}/${name}`),
  };
};

function sfc32(seed: string): () => number {
  let hash = 2_166_136_261;
  for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 16_777_619);
  const split = (): number => {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = hash ^ (hash >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  let [a, b, c, counter] = [split(), split(), split(), 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}
