/**
 * Ordered in the broadcast: a confirmation at once and a guide within 24 hours (service), and a small coupon three
 * days before the cycle ends, planned from the window's median day. The coupon falls away once it was bought again.
 */
import { dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { evidences } from '../insight/profile/belief-columns.ts';
import { dayFromMs, dayMs, msFromDay } from '../units/business-day.ts';
import type { Dwell } from './derive-dwell.ts';
import type { FollowUpGroup, Reason } from './follow-up.ts';
import type { BroadcastOrder } from './plan-follow-up.ts';
import type { PlanSheet } from './plan-sheet.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
export const confirmMs = 15 * minuteMs;
export const beforeCycleDays = 3;
/** The day's message waits for the morning: 10:00. */
const morningMs = 10 * hourMs;

export const planOrdered = (
  sheet: PlanSheet,
  ordered: ReadonlyMap<number, BroadcastOrder>,
  dwells: ReadonlyMap<number, Dwell>,
): FollowUpGroup => {
  const { broadcast, ledger } = sheet.input;
  const orders = [...ordered.values()].sort(
    (a, b) => a.atMs - b.atMs || (ledger.customer(a.customer).id < ledger.customer(b.customer).id ? -1 : 1),
  );
  for (const order of orders) {
    if (order.isOnlyGifts) {
      sheet.leaveOut('only-gifts');
      continue;
    }
    const base = {
      customer: order.customer,
      product: order.product,
      clips: [],
      actedMs: Math.max(order.atMs, dwells.get(order.customer)?.lastMs ?? 0),
    };
    const reason: Reason = {
      orders: order.orders,
      seconds: dwells.get(order.customer)?.seconds ?? 0,
      ...(order.isByTime && { byTime: 1 }),
    };
    sheet.add({
      ...base,
      step: 'confirm',
      purpose: 'service',
      coupon: '',
      reason,
      fromMs: order.atMs,
      deadlineMs: order.atMs + confirmMs,
    });
    sheet.add({
      ...base,
      step: 'guide',
      purpose: 'service',
      coupon: '',
      reason,
      fromMs: order.atMs,
      deadlineMs: order.atMs + 24 * hourMs,
    });
    addBeforeCycle(sheet, order);
  }
  return sheet.group(broadcast.endMs + 24 * hourMs);
};

function addBeforeCycle(sheet: PlanSheet, order: BroadcastOrder): void {
  const { beliefs } = sheet.input;
  const pair = pairOf(sheet, order);
  const orderDay = dayFromMs(order.atMs);
  const median = pair < 0 ? Number.NaN : dayAt(beliefs.pairP50, pair);
  const isHandled = sheet.isHandled(order.customer, 'before-cycle');
  if (pair >= 0 && (beliefs.pairLastDay[pair] ?? 0) > orderDay && !isHandled) return sheet.leaveOut('bought-meanwhile');
  if (!Number.isFinite(median)) return sheet.leaveOut('no-evidence');
  const day = Math.max(Math.floor(median) - beforeCycleDays, orderDay + 1);
  sheet.add({
    customer: order.customer,
    step: 'before-cycle',
    purpose: 'marketing',
    product: order.product,
    coupon: '95',
    clips: [],
    reason: {
      medianDay: Math.floor(median),
      purchases: beliefs.pairPurchases[pair] ?? 0,
      evidence: beliefs.pairEvidence[pair] ?? evidences.length - 1,
    },
    fromMs: msFromDay(day) + morningMs,
    deadlineMs: msFromDay(day) + dayMs - 2 * hourMs,
    actedMs: null,
  });
}

function pairOf({ input: { beliefs } }: PlanSheet, order: BroadcastOrder): number {
  if (order.customer >= beliefs.customerCount) return -1;
  const until = beliefs.pairEnd[order.customer] ?? 0;
  for (let pair = beliefs.pairStart[order.customer] ?? 0; pair < until; pair++) {
    if (beliefs.pairProduct[pair] === order.product) return pair;
  }
  return -1;
}
