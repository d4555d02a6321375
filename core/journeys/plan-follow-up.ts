/**
 * The follow-up of one broadcast at one moment: the three groups with their clocks, each person with reason, message
 * step, channel and deadline, and who is left out and why. Pure and repeatable; decisions already taken keep their
 * people in the plan. Times are ms, probabilities as the beliefs publish them.
 */
import { behaviours } from '../datasets/fact.ts';
import { type Ledger, lineFlag, notAPurchase } from '../datasets/ledger-columns.ts';
import type { ContentKind, PreferenceParameters } from '../insight/preference/preference-parameters.ts';
import type { BeliefColumns } from '../insight/profile/belief-columns.ts';
import { unknownChannel } from '../units/unknown-channel.ts';
import { type BroadcastWindow, windowMs } from './broadcast-window.ts';
import type { FollowUpRule } from './decision-id.ts';
import { deriveDwell, type Dwell } from './derive-dwell.ts';
import type { FollowUpGroup, FollowUpPlan } from './follow-up.ts';
import { planMissed } from './plan-missed.ts';
import { planOrdered } from './plan-ordered.ts';
import { planWatched } from './plan-watched.ts';
import { PlanSheet } from './plan-sheet.ts';

export interface ClipChoice {
  readonly id: string;
  readonly productId: string;
  readonly content: ContentKind | '';
}

export interface FollowUpInput {
  readonly ledger: Ledger;
  readonly beliefs: BeliefColumns;
  readonly preference: PreferenceParameters;
  readonly broadcast: BroadcastWindow;
  /** Catalogue ids of what the broadcast sold. */
  readonly sold: readonly string[];
  readonly clips: readonly ClipChoice[];
  readonly nowMs: number;
  readonly holdOutShare: number;
}

/** Orders up to this long after the end still belong to the broadcast: people finish paying. */
export const orderTailMs = 15 * 60_000;

export interface BroadcastOrder {
  readonly customer: number;
  readonly atMs: number;
  /** The dearest line's product. */
  readonly product: number;
  readonly orders: number;
  /** Nothing was paid for. */
  readonly isOnlyGifts: boolean;
  /** Nothing but the time and the run of show says that it is this broadcast's. */
  readonly isByTime: boolean;
}

export const planFollowUp = (input: FollowUpInput): FollowUpPlan => {
  const { broadcast } = input;
  const dwells = deriveDwell(input.ledger, broadcast);
  const ordered = ordersIn(input, dwells);
  const complaints = openComplaints(input.ledger);
  const sheet = (rule: FollowUpRule): PlanSheet => new PlanSheet(input, rule, complaints);
  const groups: FollowUpGroup[] = [
    planWatched(sheet('follow-up/watched'), dwells, ordered),
    planOrdered(sheet('follow-up/ordered'), ordered, dwells),
    planMissed(sheet('follow-up/missed'), dwells, ordered),
  ];
  return {
    campaign: broadcast.campaign,
    startMs: broadcast.startMs,
    endMs: broadcast.endMs,
    untilMs: broadcast.endMs + windowMs,
    watched: dwells.size,
    ordered: ordered.size,
    groups,
  };
};

/**
 * Who bought in the broadcast's window: through the live channel, as someone who was there, or a product of its run of
 * show where the file names no channel at all. Any other order is none of the broadcast's.
 */
function ordersIn(
  { ledger, broadcast, sold }: FollowUpInput,
  dwells: ReadonlyMap<number, Dwell>,
): Map<number, BroadcastOrder> {
  const { count, live, customer, product, atMs, paidFen, flags, channel, order } = ledger.orderLines;
  const [liveChannel, noChannel] = [ledger.channels.indexOf('live'), ledger.channels.indexOf(unknownChannel)];
  const onShow = new Set(sold.map((key) => ledger.denseProduct(key)).filter((dense) => dense >= 0));
  const found = new Map<number, BroadcastOrder & { paidFen: number; orderIds: Set<number> }>();
  for (let row = 0; row < count; row++) {
    const at = atMs[row] ?? 0;
    if (live[row] !== 1 || at < broadcast.startMs || at > broadcast.endMs + orderTailMs) continue;
    if (((flags[row] ?? 0) & notAPurchase & ~lineFlag.free) !== 0) continue;
    const who = customer[row] ?? -1;
    const isTold = channel[row] === liveChannel || dwells.has(who);
    if (who < 0 || !(isTold || (channel[row] === noChannel && onShow.has(product[row] ?? -1)))) continue;
    const isGift = ((flags[row] ?? 0) & lineFlag.gift) !== 0;
    const paid = isGift ? -1 : (paidFen[row] ?? 0);
    const known = found.get(who);
    const orderIds = known?.orderIds ?? new Set<number>();
    orderIds.add(order[row] ?? -1);
    const isDearest =
      !known || paid > known.paidFen || (paid === known.paidFen && (product[row] ?? -1) < known.product);
    found.set(who, {
      customer: who,
      atMs: Math.min(known?.atMs ?? at, at),
      product: isDearest ? (product[row] ?? -1) : known.product,
      paidFen: Math.max(known?.paidFen ?? -1, paid),
      orders: orderIds.size,
      orderIds,
      isOnlyGifts: isGift && known?.isOnlyGifts !== false,
      isByTime: !isTold && known?.isByTime !== false,
    });
  }
  return found;
}

/** Customers with more complaints opened than closed. */
function openComplaints(ledger: Ledger): ReadonlySet<number> {
  const { count, live, name, customer } = ledger.behaviours;
  const opened = behaviours.indexOf('complaint-opened');
  const closed = behaviours.indexOf('complaint-closed');
  const balance = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    if (live[row] !== 1 || (name[row] !== opened && name[row] !== closed)) continue;
    const who = customer[row] ?? -1;
    balance.set(who, (balance.get(who) ?? 0) + (name[row] === opened ? 1 : -1));
  }
  return new Set([...balance].filter(([, open]) => open > 0).map(([who]) => who));
}
