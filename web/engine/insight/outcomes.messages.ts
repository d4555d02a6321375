import type { Coupon } from '#core/journeys/follow-up.ts';
import type { GroupResult } from '#core/outcomes/sum-results.ts';

/** What became of one decision, for the customer card. */
export interface OutcomeLine {
  readonly decision: string;
  readonly campaign: string;
  readonly rule: string;
  readonly product: string;
  readonly coupon: Coupon | string;
  readonly confirmedMs: number;
  readonly arm: 'act' | 'hold-out';
  readonly isMature: boolean;
  readonly matureMs: number;
  readonly purchase: { readonly atMs: number; readonly netFen: number; readonly isReversed: boolean } | null;
}

export interface OutcomesRequests {
  'outcomes.ofCustomer': { ask: { readonly customer: string }; answer: readonly OutcomeLine[] };
  'outcomes.ofCampaign': { ask: { readonly campaign: string }; answer: readonly GroupResult[] };
  /** Writes the outcomes that the facts say and the ledger does not hold yet; answers how many. */
  'outcomes.record': { ask: null; answer: { readonly added: number } };
}
