/** Where customers stood on two days and how they went from one to the other, by stage of life or by RFM name. */
import type { RfmName, Stage } from '#core/insight/profile/belief-columns.ts';
import type { StageStep } from '#core/insight/lifecycle/trace-stages.ts';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';

export type StandingKind = 'stage' | 'rfm';
/** `absent`: no fact of theirs was known on that day yet. For RFM `none` says the same of orders. */
export type Standing = Stage | RfmName | 'absent';

export interface StandingFlows {
  readonly kind: StandingKind;
  readonly fromDay: number;
  readonly toDay: number;
  /** What the places of the lists below stand for. */
  readonly standings: readonly Standing[];
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** `flows[from][to]`; the diagonal are those who stayed. Everybody present on `toDay` counts once. */
  readonly flows: readonly (readonly number[])[];
}

export interface StagesRequests {
  /** Days beyond today are read as today. `category` narrows RFM to the orders of one category and its thresholds. */
  'stages.flows': {
    ask: { readonly kind: StandingKind; readonly fromDay: number; readonly toDay: number; readonly category?: string };
    answer: StandingFlows;
  };
  /** The people of one cell; `any` for a whole row or column. The most valuable first. */
  'stages.people': {
    ask: {
      readonly kind: StandingKind;
      readonly fromDay: number;
      readonly toDay: number;
      readonly category?: string;
      readonly from: Standing | 'any';
      readonly to: Standing | 'any';
      readonly first: number;
      readonly count: number;
    };
    answer: { readonly total: number; readonly rows: readonly CustomerRow[] };
  };
  /** One customer's way through the stages, oldest first; null when nobody has this id. */
  'stages.history': { ask: { readonly id: string }; answer: readonly StageStep[] | null };
}
