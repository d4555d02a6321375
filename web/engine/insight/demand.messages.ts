import type { DemandForecast, DemandPlan } from '#core/insight/demand/demand.ts';

export interface DemandWeek {
  readonly fromDay: number;
  readonly units: number;
  /** What one unit cost on average; 0 in a week without a sale. */
  readonly priceFen: number;
}

export interface DemandRow {
  /** Catalogue id, else the item. */
  readonly product: string;
  readonly name: string;
  readonly category: string;
  /** For the seven days from `fromDay`. */
  readonly forecast: DemandForecast;
  /** The last weeks that are over, oldest first. */
  readonly weeks: readonly DemandWeek[];
  /** Units expected from people inside or near their repurchase window: the sum of their chances within a week. */
  readonly dueUnits: number;
}

export interface DemandList {
  /** The week that is forecast begins here; it follows the last one that is over. */
  readonly fromDay: number;
  readonly total: number;
  readonly rows: readonly DemandRow[];
}

export interface DemandRequests {
  /** The products that will sell most, price and promotion as in their last week. */
  'demand.list': {
    ask: { readonly category: string; readonly first: number; readonly count: number };
    answer: DemandList;
  };
  /** One product under a plan for the coming week; null when nobody ever bought it. */
  'demand.product': {
    ask: { readonly product: string; readonly plan: DemandPlan; readonly weeks: number };
    answer: { readonly fromDay: number; readonly row: DemandRow } | null;
  };
}
