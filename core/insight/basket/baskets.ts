/** What is mined: sets of items, flat. Nothing here knows whether an item is a product and a basket an order. */
export interface Baskets {
  readonly count: number;
  /** Items are 0 … itemCount - 1. */
  readonly itemCount: number;
  /** The items of basket b are `items[starts[b]]` up to, not including, `items[starts[b + 1]]`; each once a basket. */
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/**
 * The fewest baskets that are a `share` of `count`: ceil(share x count), where a product that misses a whole number only
 * by the rounding of binary fractions counts as that number (0.07 x 100 is 7, not 7.000000000000001).
 */
export const fewestBaskets = (share: number, count: number): number =>
  Math.max(1, Math.ceil(share * count * (1 - 2 ** -50)));
