/**
 * Watched and did not order: within an hour after the end, a coupon at 85 % for the product looked at longest, valid
 * for 24 hours from delivery. Longest watching first.
 */
import type { Dwell } from './derive-dwell.ts';
import type { FollowUpGroup } from './follow-up.ts';
import type { BroadcastOrder } from './plan-follow-up.ts';
import type { PlanSheet } from './plan-sheet.ts';

const hourMs = 3_600_000;
/** Less is passing by, not watching. */
export const watchedSeconds = 60;
export const namedProductSeconds = 30;

export const planWatched = (
  sheet: PlanSheet,
  dwells: ReadonlyMap<number, Dwell>,
  ordered: ReadonlyMap<number, BroadcastOrder>,
): FollowUpGroup => {
  const { broadcast, ledger } = sheet.input;
  const bought = boughtSince(sheet, broadcast.endMs);
  const people = [...dwells.values()]
    .filter((dwell) => !ordered.has(dwell.customer) && dwell.seconds >= watchedSeconds)
    .sort(
      (a, b) => b.seconds - a.seconds || (ledger.customer(a.customer).id < ledger.customer(b.customer).id ? -1 : 1),
    );
  for (const dwell of people) {
    if (bought.has(dwell.customer) && !sheet.isHandled(dwell.customer, 'coupon')) {
      sheet.leaveOut('bought-meanwhile');
      continue;
    }
    const top = dwell.products.find((product) => product.seconds >= namedProductSeconds);
    sheet.add({
      customer: dwell.customer,
      step: 'coupon',
      purpose: 'marketing',
      product: top?.product ?? -1,
      coupon: '85',
      clips: [],
      reason: {
        seconds: dwell.seconds,
        productSeconds: top?.seconds ?? 0,
        visits: top?.visits ?? 0,
        clicks: top?.clicks ?? 0,
      },
      fromMs: broadcast.endMs,
      deadlineMs: broadcast.endMs + hourMs,
      actedMs: dwell.lastMs,
    });
  }
  return sheet.group(broadcast.endMs + hourMs);
};

/** Customers with a paid line after `sinceMs` and up to now. */
export function boughtSince(sheet: PlanSheet, sinceMs: number): ReadonlySet<number> {
  const { ledger, nowMs } = sheet.input;
  const { count, live, customer, atMs, flags } = ledger.orderLines;
  const found = new Set<number>();
  for (let row = 0; row < count; row++) {
    const at = atMs[row] ?? 0;
    if (live[row] === 1 && flags[row] === 0 && at > sinceMs && at <= nowMs) found.add(customer[row] ?? -1);
  }
  return found;
}
