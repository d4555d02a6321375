/**
 * What people opened of what the team sent round after the kept broadcasts: each has a kind of content of their own
 * that they open most, others now and then. Times are ms.
 */
import type { Behaviour } from '../datasets/fact.ts';
import { type ContentKind, contentKinds } from '../insight/preference/preference-parameters.ts';
import { dayMs } from '../units/business-day.ts';
import type { CampaignId, CustomerId } from '../units/ids.ts';
import type { DemoBroadcast } from './broadcasts.ts';
import { demoSource, type Viewer } from './create-behaviour.ts';
import type { Dice } from './create-dice.ts';

export interface DemoContent {
  readonly opened: readonly Behaviour[];
  readonly kinds: ReadonlyMap<CustomerId, ContentKind>;
}

const opensOwn = 0.7;
const opensOther = 0.1;
const readersShare = 0.12;
/** Pieces of each kind sent round after one broadcast. */
const pieces = 2;

export const createContent = (
  past: readonly DemoBroadcast[],
  audience: readonly Viewer[],
  asOfMs: number,
  dice: Dice,
): DemoContent => {
  const opened: Behaviour[] = [];
  const kinds = new Map<CustomerId, ContentKind>();
  for (const { id: customer } of audience) {
    if (!dice.chance(readersShare)) continue;
    const own = dice.pick(contentKinds);
    kinds.set(customer, own);
    for (const broadcast of past)
      for (const kind of contentKinds)
        for (let piece = 0; piece < pieces; piece++) {
          const atMs = Math.round(broadcast.endMs + dice.uniform() * 5 * dayMs);
          if (!dice.chance(kind === own ? opensOwn : opensOther) || atMs >= asOfMs) continue;
          opened.push(anOpening(broadcast.id, kind, customer, atMs, opened.length, dice.whole(8, 50)));
        }
  }
  return { opened, kinds };
};

const anOpening = (
  campaign: CampaignId,
  kind: ContentKind,
  customer: CustomerId,
  atMs: number,
  nth: number,
  seconds: number,
): Behaviour => ({
  kind: 'behaviour',
  source: demoSource,
  id: `content-${nth}`,
  name: `${kind}-opened`,
  atMs,
  customer,
  item: '',
  campaign,
  value: seconds,
  text: '',
});
