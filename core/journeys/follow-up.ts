/** The plan of a follow-up as plain data. Codes, numbers and ids; people's sentences are made on the screen. */
import type { Decision, DecisionState } from '../datasets/fact.ts';
import type { ChannelId } from '../outreach/channel.ts';
import type { ReachReason } from '../outreach/check-reach.ts';
import type { Arm } from '../segments/assign-arm.ts';
import type { CustomerId } from '../units/ids.ts';
import type { ContentChoice } from './choose-content.ts';
import type { FollowUpRule } from './decision-id.ts';

export const followUpSteps = ['coupon', 'confirm', 'guide', 'before-cycle', 'clip'] as const;
export type FollowUpStep = (typeof followUpSteps)[number];

/** Percent of the price that is paid with the coupon; empty without one. */
export type Coupon = '' | '85' | '95';

export const leftOutReasons = [
  'refused',
  'no-consent',
  'weekly-cap',
  'open-complaint',
  'bought-meanwhile',
  'no-evidence',
  'hold-out',
  'only-gifts',
  'excluded',
] as const;
export type LeftOutReason = ReachReason | (typeof leftOutReasons)[number];

/** Plain numbers behind a decision, by name: seconds, productSeconds, visits, orders, byTime, within7, medianDay, purchases. */
export type Reason = Readonly<Record<string, number>>;

export interface PlannedMessage {
  readonly decision: string;
  readonly rule: FollowUpRule;
  readonly step: FollowUpStep;
  readonly customer: CustomerId;
  readonly alias: string;
  readonly maskedPhone: string;
  readonly arm: Arm;
  readonly channel: ChannelId | '';
  /** Catalogue id, else the item key; empty when the message names no product. */
  readonly product: string;
  readonly productName: string;
  readonly coupon: Coupon;
  readonly clip: string;
  /** What this person is best written with. */
  readonly content: ContentChoice;
  readonly reason: Reason;
  readonly notBeforeMs: number;
  readonly deadlineMs: number;
  /** Of the newest decision record; `planned` without one. */
  readonly state: DecisionState;
  readonly version: number;
  /** When it came to that state; null without a record. */
  readonly atMs: number | null;
  readonly byMember: string;
}

export interface FollowUpGroup {
  readonly rule: FollowUpRule;
  /** The group's own deadline: an hour, the first day, a day after the end. */
  readonly deadlineMs: number;
  /** In order of urgency. Hold-outs are not among them. */
  readonly people: readonly PlannedMessage[];
  readonly holdOut: readonly PlannedMessage[];
  readonly leftOut: readonly { readonly reason: LeftOutReason; readonly people: number }[];
}

export interface FollowUpPlan {
  readonly campaign: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly untilMs: number;
  readonly watched: number;
  readonly ordered: number;
  readonly groups: readonly FollowUpGroup[];
}

export const isHandled = (state: DecisionState): boolean => state === 'handed-over' || state === 'confirmed';

/** `seconds=1860;visits=3`: how a reason is kept inside a decision. Names sorted, so equal reasons are equal texts. */
export const reasonText = (reason: Reason): string =>
  Object.keys(reason)
    .sort()
    .map((name) => `${name}=${reason[name] ?? 0}`)
    .join(';');

export type DecisionsById = ReadonlyMap<string, Decision>;
