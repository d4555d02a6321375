/** A broadcast as its follow-up needs it, from the campaign list and the show. Null while it has not ended. */
import type { Campaign } from '#core/campaigns/campaign-list.doc.ts';
import { planTimes } from '#core/campaigns/plan-times.ts';
import type { Show } from '#core/campaigns/run-of-show.ts';
import type { Product } from '#core/catalogue/product.ts';
import type { Clip } from '#core/content/clip.ts';
import type { FollowUpBroadcast } from '#web/engine/insight/follow-up.messages.ts';

const minuteMs = 60_000;

export const endOfBroadcast = (
  campaign: Pick<Campaign, 'startMs' | 'plannedMinutes' | 'phase'>,
  show: Pick<Show, 'onAir'>,
  nowMs: number,
): number | null => {
  if (show.onAir.endedMs !== null) return show.onAir.endedMs;
  if (show.onAir.startedMs !== null) return null;
  // Broadcast without Larder's live room: the plan's own times stand in.
  const plannedEndMs = campaign.startMs + campaign.plannedMinutes * minuteMs;
  return campaign.phase === 'after' && plannedEndMs <= nowMs ? plannedEndMs : null;
};

export const broadcastOf = (
  campaign: Campaign,
  show: Show,
  clips: readonly Clip[],
  nowMs: number,
): FollowUpBroadcast | null => {
  const endMs = endOfBroadcast(campaign, show, nowMs);
  if (endMs === null) return null;
  const startMs = Math.min(show.onAir.startedMs ?? campaign.startMs, endMs);
  const times = planTimes(show.items, startMs, campaign.plannedMinutes);
  const cues = show.items.flatMap((item) => {
    const fromMs = times.startMsById.get(item.id) ?? startMs;
    return item.productId === ''
      ? []
      : [{ product: item.productId, fromMs, untilMs: fromMs + item.minutes * minuteMs }];
  });
  const [first] = show.items;
  return {
    opening: first && first.productId === '' ? first.title : '',
    window: { campaign: campaign.id, startMs, endMs, cues },
    sold: [...new Set(show.items.map(({ productId }) => productId).filter((id) => id !== ''))],
    clips: clips
      .filter(({ isArchived, productId }) => !isArchived && productId !== '')
      .map(({ id, productId, content }) => ({ id, productId, content })),
  };
};

export const productsById = (products: readonly Product[]): ReadonlyMap<string, Product> =>
  new Map(products.map((product) => [product.id as string, product]));
