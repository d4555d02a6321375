/** What is asked about the coming week and what is answered; `predict-demand.ts` says how. */

/** What the shop means to do with a product in the coming week. */
export interface DemandPlan {
  /** Price of a unit in fen; null: as in the last week it was sold. */
  readonly priceFen: number | null;
  /** Sold as an offer; null: when the price is clearly below the usual one. */
  readonly isPromoted: boolean | null;
  /** In how many broadcasts it will be shown; null: as often as in the last week. */
  readonly showings: number | null;
}

export const asLastWeek: DemandPlan = { priceFen: null, isPromoted: null, showings: null };

/** Why a forecast is what it is; what each does to the level, largely multiplied. */
export interface DemandReason {
  /**
   * `due`: more or fewer people are due than usual. `rivals`: what products of the same category do. `last-week`: what a
   * price and showings of last week leave behind.
   */
  readonly kind: 'level' | 'due' | 'price' | 'promotion' | 'showings' | 'rivals' | 'last-week';
  /** Units for `level`; a factor (1.2 is a fifth more) for the others. Factors of 1 are left out. */
  readonly value: number;
  /** Whether what `price`, `promotion` and `showings` speak of stands above its usual this week. */
  readonly isAbove?: boolean;
}

export type DemandForecast =
  | {
      readonly kind: 'forecast';
      /** `due-windows`: too few weeks to go by, so the people who are due are counted instead. */
      readonly basis: 'history' | 'due-windows';
      /** Units: as likely more as less; four of five weeks end up from `low` to `high`. */
      readonly expected: number;
      readonly low: number;
      readonly high: number;
      /** Weeks it rests on. */
      readonly weeks: number;
      readonly reasons: readonly DemandReason[];
    }
  | { readonly kind: 'insufficient-evidence'; readonly weeksNeeded: number; readonly weeks: number };
