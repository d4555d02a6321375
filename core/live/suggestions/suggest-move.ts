/**
 * Should a product be spoken about earlier? When one is out of its own band (its surge alarm went off within three
 * minutes), it is put before the first item after the current one that it may pass; one that has been on already returns. Locked items hold their place:
 * nothing moves past one. One suggestion is open at most, and the next comes five minutes after the last at the
 * earliest. Answers with the numbers it rests on; expected orders only where the room has sold enough to know.
 */
import type { MoveSuggestion, RunOfShowItem, Show } from '../../campaigns/run-of-show.ts';
import type { HeatRow, LiveSecond } from '../live-second.ts';

export const suggestionRestMs = 5 * 60_000;
export const surgeFreshMs = 3 * 60_000;
/** Orders and clicks of the room before a click is turned into an expected order. */
const ordersNeeded = 10;

export type SuggestedMove = Pick<MoveSuggestion, 'id' | 'itemId' | 'beforeItemId' | 'evidence' | 'atMs'>;

export const suggestMove = (
  show: Show,
  second: LiveSecond,
  restMs: number = suggestionRestMs,
): SuggestedMove | null => {
  if (show.onAir.startedMs === null || show.onAir.endedMs !== null) return null;
  const lastMs = Math.max(0, ...show.suggestions.map((each) => each.atMs));
  if (show.suggestions.some((each) => each.state === 'open') || second.atMs - lastMs < restMs) return null;
  const current = show.items.findIndex((item) => item.id === show.onAir.currentItemId);
  for (const row of risingRows(second, lastMs)) {
    const place = placeFor(show, current, row.product);
    if (!place) continue;
    const { item, before } = place;
    const evidence = evidenceOf(row, second, item.minutes);
    return {
      id: `move-${item.id}-${Math.floor(second.atMs / 1000)}`,
      itemId: item.id,
      beforeItemId: before.id,
      evidence,
      atMs: second.atMs,
    };
  }
  return null;
};

/** Strongest first; a surge already suggested does not come back. */
function risingRows(second: LiveSecond, lastMs: number): readonly HeatRow[] {
  const rows = second.products.filter(
    (row) => row.surgeMs > lastMs && second.atMs - row.surgeMs <= surgeFreshMs && row.mean > row.base,
  );
  return rows.toSorted((a, b) => b.mean / b.base - a.mean / a.base || (a.product < b.product ? -1 : 1));
}

/** An item still to come moves forward; one that has been on returns after the current one. */
function placeFor(show: Show, current: number, product: string): { item: RunOfShowItem; before: RunOfShowItem } | null {
  if (show.items[current]?.productId === product) return null;
  const coming = show.items.findIndex((item, index) => index > current && item.productId === product);
  const at = coming >= 0 ? coming : show.items.findIndex((item) => item.productId === product);
  const item = show.items[at];
  if (!item || item.locked) return null;
  const before = show.items[at > current ? firstPassable(show, current, at) : current + 1];
  const isHeld = at < current && show.items.slice(at + 1, current + 1).some((each) => each.locked);
  return !before || before.id === item.id || isHeld ? null : { item, before };
}

/** The first place after the current item with no locked item between it and `at`. */
function firstPassable(show: Show, current: number, at: number): number {
  let place = at;
  while (place - 1 > current && show.items[place - 1]?.locked === false) place--;
  return place;
}

function evidenceOf(row: HeatRow, second: LiveSecond, minutes: number): Readonly<Record<string, number>> {
  const [views, clicks] = row.last60;
  const basis = {
    rate: round(row.mean),
    low: round(row.low),
    high: round(row.high),
    usual: round(row.base),
    clicks,
    views,
    windowSeconds: row.feed === 'events' ? 60 : 0,
    surgeMs: row.surgeMs,
  };
  const sold = second.products.reduce(
    (sum, each) => ({ orders: sum.orders + each.session[3], clicks: sum.clicks + each.session[1] }),
    { orders: 0, clicks: 0 },
  );
  if (sold.orders < ordersNeeded || row.feed !== 'events' || minutes === 0) return basis;
  // As many exposures as in the last minute, at the difference of the rates, bought as the room buys.
  const perRate = views * minutes * (sold.orders / Math.max(1, sold.clicks));
  const orders = (rate: number): number => Math.max(0, Math.round((rate - row.base) * perRate));
  return { ...basis, orders: orders(row.mean), ordersLow: orders(row.low), ordersHigh: orders(row.high), minutes };
}

const round = (ratio: number): number => Math.round(ratio * 10_000) / 10_000;
