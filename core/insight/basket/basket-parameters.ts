/**
 * The rules a shop's own orders have taught, as a plain record that travels in the settings: columns of whole numbers,
 * the best rules of each product and no more, so that it stays small whatever the size of the shop. `fit-basket.ts`
 * makes one; `read-rule.ts` says what a row means.
 */
export const basketKinds = ['together', 'then'] as const;
/** `together`: in one order. `then`: in the next order on a later day, at most `thenDays` days on. */
export type BasketKind = (typeof basketKinds)[number];

export interface BasketParameters {
  /** Chosen by the shop: how far "next" reaches, and the fewest orders and people a rule must rest on. */
  readonly thenDays: number;
  readonly fewestOrders: number;
  /** Keys of the products that rules speak of: catalogue id, else item. */
  readonly products: readonly string[];
  readonly together: BasketRules;
  readonly then: BasketRules;
}

/** The most telling rule first (`gain` of `read-rule.ts`, ties by key). */
export interface BasketRules {
  /** Orders a rule was counted in; for `then`, days with an order whose `thenDays` are over. 0: nothing learnt yet. */
  readonly orders: number;
  /** The fewest orders asked for; more than the shop chose where it has very many. */
  readonly fewest: number;
  /** How many pairings could have been found by chance alone: what significance was corrected for. */
  readonly tested: number;
  /** By rule, places in `products`: one or two that are there, and the one that comes with them. */
  readonly left: readonly (readonly number[])[];
  readonly right: readonly number[];
  /** Orders with both sides, with the left, with the right; different people behind both. */
  readonly both: readonly number[];
  readonly leftOrders: readonly number[];
  readonly rightOrders: readonly number[];
  readonly people: readonly number[];
  /** The chance that a pairing so strong is no more than luck, corrected for all that were tried. */
  readonly luck: readonly number[];
}

const noRules: BasketRules = {
  orders: 0,
  fewest: 0,
  tested: 0,
  left: [],
  right: [],
  both: [],
  leftOrders: [],
  rightOrders: [],
  people: [],
  luck: [],
};

export const defaultBasketParameters: BasketParameters = {
  thenDays: 30,
  fewestOrders: 5,
  products: [],
  together: noRules,
  then: noRules,
};
