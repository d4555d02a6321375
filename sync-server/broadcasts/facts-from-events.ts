/** Live events and the show's own record as behaviour facts. Order lines come from order files, never from here. */
import type { Mark, Show } from '#core/campaigns/run-of-show.ts';
import { type Behaviour, type BehaviourName, behaviours } from '#core/datasets/fact.ts';
import type { LiveEvent } from '#core/live/live-event.ts';
import type { CampaignId, CustomerId } from '#core/units/ids.ts';

export const factFromEvent = (event: LiveEvent, campaign: string, customer: string): Behaviour | null => {
  const name = behaviours.find((known) => known === event.name);
  if (!name) return null;
  return {
    kind: 'behaviour',
    source: event.source,
    id: event.id,
    name,
    atMs: event.atMs,
    customer: customer as CustomerId | '',
    item: event.item,
    campaign: campaign as CampaignId,
    value: event.value || event.count,
    text: event.text,
  };
};

const markNames: Readonly<Record<string, BehaviourName>> = {
  highlight: 'highlight-marked',
  promise: 'promise-made',
};

/** Marks and the beginning and end, by stable ids: written twice, they are the same facts. */
export const factsFromShow = (show: Show, campaign: string, isKnown: (id: string) => boolean): readonly Behaviour[] => {
  const facts: Behaviour[] = [];
  const add = (id: string, name: BehaviourName, atMs: number, item = '', value = 0): void => {
    if (isKnown(id)) return;
    facts.push({
      kind: 'behaviour',
      source: `show/${campaign}`,
      id,
      name,
      atMs,
      customer: '',
      item,
      campaign: campaign as CampaignId,
      value,
      text: '',
    });
  };
  const productOf = (mark: Mark): string => show.items.find((item) => item.id === mark.itemId)?.productId ?? '';
  if (show.onAir.startedMs !== null) add('started', 'broadcast-started', show.onAir.startedMs);
  for (const mark of show.marks) {
    const name = markNames[mark.kind];
    if (name) add(`mark-${mark.id}`, name, mark.atMs, productOf(mark));
  }
  if (show.onAir.endedMs !== null) add('ended', 'broadcast-ended', show.onAir.endedMs);
  return facts;
};

/** A product was on from `sinceMs` until `untilMs`; the value is the seconds shown. */
export const productShown = (campaign: string, productId: string, sinceMs: number, untilMs: number): Behaviour => ({
  kind: 'behaviour',
  source: `show/${campaign}`,
  id: `shown-${productId}-${sinceMs}`,
  name: 'product-shown',
  atMs: sinceMs,
  customer: '',
  item: productId,
  campaign: campaign as CampaignId,
  value: Math.max(0, Math.round((untilMs - sinceMs) / 1000)),
  text: '',
});
