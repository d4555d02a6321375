/** A small shop after a broadcast, for tests of what follows it. Hours count from the start of the broadcast. */
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { Behaviour, Fact, OrderLine } from '#core/datasets/fact.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import type { ContentChoice } from '#core/journeys/choose-content.ts';
import type { FollowUpPlan } from '#core/journeys/follow-up.ts';
import { type FollowUpInput, planFollowUp } from '#core/journeys/plan-follow-up.ts';
import type { FollowUpRule } from '#core/journeys/decision-id.ts';
import { dayFromMs, dayMs, msFromDay } from '#core/units/business-day.ts';
import type { CampaignId } from '#core/units/ids.ts';
import { takeFacts } from './demo-ledger.ts';
import { aBehaviour, aConsent, aCustomerId, anAlias, anOrderLine } from './facts.ts';

export const showDay = 20_779;
export const startMs = msFromDay(showDay) + 19 * 3_600_000;
export const endMs = startMs + 2 * 3_600_000;
export const minuteMs = 60_000;
export const campaign = 'family' as CampaignId;

let nextEvent = 0;
export const anEvent = (
  customer: number,
  name: Behaviour['name'],
  minute: number,
  fields: Partial<Behaviour> = {},
): Behaviour =>
  aBehaviour({
    id: `e-${nextEvent++}`,
    name,
    customer: customer === 0 ? '' : aCustomerId(customer),
    atMs: startMs + minute * minuteMs,
    item: '',
    campaign,
    ...fields,
  });

/** Was there from minute to minute. */
export const aStay = (customer: number, from: number, until: number): Behaviour[] => [
  anEvent(customer, 'viewer-joined', from),
  anEvent(customer, 'viewer-left', until),
];

/** Milk during the first hour, beef during the second. */
export const shown = (): Behaviour[] => [
  anEvent(0, 'product-shown', 0, { item: 'milk' }),
  anEvent(0, 'product-shown', 60, { item: 'beef' }),
];

export const agrees = (...customers: number[]): Fact[] =>
  customers.flatMap((customer) => [
    aConsent({ customer: aCustomerId(customer), channel: 'wecom-1v1' }),
    anAlias({ customer: aCustomerId(customer), alias: `C${customer}` }),
  ]);

/** Bought every `gap` days, the last time `last` days before the broadcast. */
export const aRhythm = (customer: number, gap: number, last: number, times = 6, item = 'milk'): OrderLine[] =>
  Array.from({ length: times }, (_, at) =>
    anOrderLine({
      order: `r-${customer}-${item}-${at}`,
      item,
      customer: aCustomerId(customer),
      atMs: startMs - (last + at * gap) * dayMs,
      channel: 'mini-program',
    }),
  );

export const aLiveOrder = (customer: number, minute: number, fields: Partial<OrderLine> = {}): OrderLine =>
  anOrderLine({
    order: `live-${customer}-${minute}`,
    customer: aCustomerId(customer),
    atMs: startMs + minute * minuteMs,
    channel: 'live',
    ...fields,
  });

export const aShop = (facts: readonly Fact[]): GrowingLedger => {
  const ledger = createLedger();
  takeFacts(ledger, facts, 'shop');
  return ledger;
};

export const aPlan = (
  facts: readonly Fact[] | GrowingLedger,
  changes: Partial<FollowUpInput> & { minutesAfter?: number } = {},
): FollowUpPlan => {
  const ledger = 'takeChunk' in facts ? facts : aShop(facts);
  const { minutesAfter = 10, ...rest } = changes;
  const nowMs = rest.nowMs ?? endMs + minutesAfter * minuteMs;
  return planFollowUp({
    ledger,
    beliefs: deriveBeliefs(ledger, defaultParameters, dayFromMs(nowMs)),
    broadcast: { campaign, startMs, endMs, cues: [] },
    sold: ['milk', 'beef'],
    clips: [],
    holdOutShare: 0,
    preference: defaultParameters.preference,
    ...rest,
    nowMs,
  });
};

export const noContentKnown: ContentChoice = {
  kind: '',
  voice: 'insufficient-evidence',
  own: 0,
  hits: 0,
  shop: 0,
  needed: 30,
};

export const groupOf = (plan: FollowUpPlan, rule: FollowUpRule) => {
  const group = plan.groups.find((candidate) => candidate.rule === rule);
  if (!group) throw new Error(`no group ${rule}`);
  return group;
};
