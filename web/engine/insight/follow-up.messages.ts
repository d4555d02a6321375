import type { Decision } from '#core/datasets/fact.ts';
import type { BroadcastWindow } from '#core/journeys/broadcast-window.ts';
import type { MarkState } from '#core/journeys/apply-mark.ts';
import type { FollowUpPlan } from '#core/journeys/follow-up.ts';
import type { ClipChoice } from '#core/journeys/plan-follow-up.ts';

/** A broadcast as the screen knows it from its documents. */
export interface FollowUpBroadcast {
  readonly window: BroadcastWindow;
  /** Catalogue ids on the run of show. */
  readonly sold: readonly string[];
  /** What the first part is called, when it is no product; empty otherwise. */
  readonly opening?: string;
  readonly clips: readonly ClipChoice[];
}

/** What lies behind one message: facts with their times, for the "why her" panel. */
export interface FollowUpEvidence {
  readonly presence: { readonly fromMs: number; readonly untilMs: number; readonly seconds: number } | null;
  /** Longest first, at most three. */
  readonly products: readonly {
    readonly name: string;
    readonly seconds: number;
    readonly visits: number;
    readonly clicks: number;
  }[];
  /** The last paid purchases, newest first, at most three. */
  readonly purchases: readonly { readonly name: string; readonly atMs: number; readonly paidFen: number }[];
  readonly consent: {
    readonly state: 'granted' | 'refused' | 'unknown';
    readonly source: string;
    readonly atMs: number;
  };
  readonly sentThisWeek: number;
  readonly weeklyCap: number;
  readonly window: {
    readonly p10: number;
    readonly p50: number;
    readonly p90: number;
    readonly purchases: number;
  } | null;
}

export interface FollowUpRequests {
  'follow-up.plan': { ask: FollowUpBroadcast; answer: FollowUpPlan };
  /** Makes each message's decision record; answers how many were new. The plan comes from the same broadcast. */
  'follow-up.mark': {
    ask: { readonly broadcast: FollowUpBroadcast; readonly decisions: readonly string[]; readonly state: MarkState };
    answer: { readonly changed: number };
  };
  /** The decision records as they would be handed over; the server makes them facts. Unless it is a trial, who is held out is recorded. */
  'follow-up.hand-over': {
    ask: { readonly broadcast: FollowUpBroadcast; readonly decisions: readonly string[]; readonly isTrial: boolean };
    answer: readonly Decision[];
  };
  'follow-up.why': {
    ask: { readonly broadcast: FollowUpBroadcast; readonly customer: string; readonly product: string };
    answer: FollowUpEvidence | null;
  };
}
