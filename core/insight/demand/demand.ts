/** What is asked about next week and what is answered; `predict-demand.ts` says how. */

/** What the shop means to do with a product in the coming week. */
export interface DemandPlan {
  /** Price of a unit in fen; null: as in the last week it was sold. */
  readonly priceFen: number | null;
  /** Marked as an offer. Null: when the price is clearly below the usual one. */
  readonly isPromoted: boolean | null;
  /** In how many broadcasts it will be shown; null: as often as in the last week. */
  readonly showings: number | null;
}

export const asLastWeek: DemandPlan = { priceFen: null, isPromoted: null, showings: null };

/** Why a forecast is what it is: factors on the level, in the order they were multiplied. */
export interface DemandReason {
  readonly kind: 'level' | 'price' | 'promotion' | 'showings' | 'due';
  /** Units for `level`; a factor (1.2 is a fifth more) for the others. */
  readonly value: number;
}

export type DemandForecast =
  | {
      readonly kind: 'forecast';
      /** Units: the one number to plan with, and where four of five weeks end up. */
      readonly expected: number;
      readonly low: number;
      readonly high: number;
      readonly weeks: number;
      readonly reasons: readonly DemandReason[];
    }
  | { readonly kind: 'insufficient-evidence'; readonly weeksNeeded: number; readonly weeks: number };
