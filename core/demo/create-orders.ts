/**
 * Orders of the demo brand. Each habit is a renewal: the next purchase comes one own cycle after the last, spread
 * log-normally (sigma 0.2), slower out of season, pulled to a broadcast evening that is near, joined with what else is
 * due within two days. Money is fen; nothing is dated on or after the day asked about.
 */
import { dayFromMs, civilFromDay, isoFromDay, msFromDay } from '../units/business-day.ts';
import type { OrderLine, Refund } from '../datasets/fact.ts';
import type { DemoBroadcast } from './broadcasts.ts';
import type { Dice } from './create-dice.ts';
import type { DemoProduct } from './demo-product.ts';
import type { Household } from './households.ts';
import { bruisedCategory } from './products.data.ts';

export interface OrdersWorld {
  readonly products: readonly DemoProduct[];
  /** Pairings by product index: what else is taken, how often. */
  readonly pairings: ReadonlyMap<number, readonly (readonly [number, number])[]>;
  /** Past broadcasts, oldest first. */
  readonly broadcasts: readonly DemoBroadcast[];
  /** When a product is on during a broadcast; null when it is not on the run of show. */
  readonly slotOf: (
    broadcast: DemoBroadcast,
    product: number,
  ) => { readonly fromMs: number; readonly untilMs: number } | null;
  readonly firstDay: number;
  readonly asOfDay: number;
}

export interface LiveOrder {
  readonly household: Household;
  readonly broadcast: DemoBroadcast;
  readonly atMs: number;
  readonly products: readonly number[];
}

export interface DemoOrders {
  readonly lines: readonly OrderLine[];
  readonly refunds: readonly Refund[];
  readonly live: readonly LiveOrder[];
}

export const demoShop = 'north-slope';
const gapSigma = 0.2;
/** How many days people wait or hurry for a broadcast; a baking night comes only once a fortnight. */
const reachDays = { family: 3, breakfast: 3, baking: 6 };
const hourWeights = [1, 0, 0, 0, 0, 1, 3, 6, 8, 9, 9, 10, 12, 9, 7, 7, 8, 9, 11, 15, 18, 16, 9, 4];

export const createOrders = (households: readonly Household[], world: OrdersWorld, dice: Dice): DemoOrders => {
  const drafts: Draft[] = [];
  for (const household of households) drafts.push(...purchasesOf(household, world, dice));
  drafts.sort((a, b) => a.atMs - b.atMs || (a.household.id < b.household.id ? -1 : 1));
  const lines: OrderLine[] = [];
  const refunds: Refund[] = [];
  const live: LiveOrder[] = [];
  const sequenceByDay = new Map<number, number>();
  for (const draft of drafts) {
    const day = dayFromMs(draft.atMs);
    const sequence = (sequenceByDay.get(day) ?? 0) + 1;
    sequenceByDay.set(day, sequence);
    const order = `NP${isoFromDay(day).replaceAll('-', '')}${String(sequence).padStart(5, '0')}`;
    writeOrder(order, draft, world, dice, lines, refunds);
    if (draft.broadcast)
      live.push({
        household: draft.household,
        broadcast: draft.broadcast,
        atMs: draft.atMs,
        products: draft.items.map((item) => item.product),
      });
  }
  return { lines, refunds, live };
};

interface DraftItem {
  readonly product: number;
  readonly quantity: number;
}

interface Draft {
  readonly household: Household;
  readonly atMs: number;
  readonly broadcast: DemoBroadcast | null;
  readonly items: readonly DraftItem[];
  readonly isFirst: boolean;
}

function purchasesOf(household: Household, world: OrdersWorld, dice: Dice): Draft[] {
  const drafts: Draft[] = [];
  const due = household.habits.map((habit) => habit.startDay as number);
  for (;;) {
    let next = -1;
    for (let at = 0; at < due.length; at++) {
      const ends = household.habits[at]?.endDay ?? 0;
      const day = due[at] ?? 0;
      if (day < world.asOfDay && day < ends && (next < 0 || day < (due[next] ?? 0))) next = at;
    }
    if (next < 0) return drafts;
    const planned = due[next] ?? 0;
    const broadcast =
      drafts.length > 0 || dice.chance(0.5)
        ? nearBroadcast(planned, household, household.habits[next]?.product ?? -1, world, dice)
        : null;
    const day = broadcast ? broadcast.day : planned;
    const items: DraftItem[] = [];
    household.habits.forEach((habit, at) => {
      const joins =
        at === next ||
        (Math.abs((due[at] ?? 0) - day) <= 2 && day >= habit.startDay && day < habit.endDay && dice.chance(0.7));
      if (!joins) return;
      const quantity = dice.chance(0.06) ? 2 : 1;
      items.push({ product: habit.product, quantity });
      due[at] = day + gapAfter(habit.cycleDays * (quantity === 2 ? 1.7 : 1), world.products[habit.product], day, dice);
    });
    for (const item of [...items]) {
      for (const [other, probability] of world.pairings.get(item.product) ?? []) {
        if (!items.some((taken) => taken.product === other) && dice.chance(probability))
          items.push({ product: other, quantity: 1 });
      }
    }
    const atMs = broadcast
      ? liveMoment(broadcast, items, world, dice)
      : msFromDay(day) + dice.weighted(hourWeights) * 3_600_000 + dice.whole(0, 3_599) * 1000;
    drafts.push({ household, atMs, broadcast, items, isFirst: drafts.length === 0 });
  }
}

function gapAfter(cycleDays: number, product: DemoProduct | undefined, day: number, dice: Dice): number {
  const factor = product?.season?.[civilFromDay(day).month - 1] ?? 1;
  return Math.max(2, Math.round(dice.logNormal(cycleDays / Math.sqrt(factor), gapSigma)));
}

/** The nearest broadcast that sells it, a baking night before others, for those who like to watch; sometimes one that does not. */
function nearBroadcast(
  day: number,
  household: Household,
  product: number,
  world: OrdersWorld,
  dice: Dice,
): DemoBroadcast | null {
  if (!dice.chance(household.watching * 0.85)) return null;
  const { broadcasts } = world;
  let low = 0;
  let high = broadcasts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((broadcasts[middle]?.day ?? 0) < day - reachDays.baking) low = middle + 1;
    else high = middle;
  }
  let nearest: DemoBroadcast | null = null;
  let other: DemoBroadcast | null = null;
  for (let at = low; at < broadcasts.length; at++) {
    const found = broadcasts[at];
    if (!found || found.day > day + reachDays.baking) break;
    if (found.day < household.joinDay || Math.abs(found.day - day) > reachDays[found.theme]) continue;
    if (!world.slotOf(found, product)) other ??= found;
    else if (!nearest || found.theme === 'baking' || Math.abs(found.day - day) < Math.abs(nearest.day - day))
      nearest = found;
  }
  return nearest ?? (other && dice.chance(0.2) ? other : null);
}

function liveMoment(broadcast: DemoBroadcast, items: readonly DraftItem[], world: OrdersWorld, dice: Dice): number {
  const slot = items[0] ? world.slotOf(broadcast, items[0].product) : null;
  const fromMs = slot ? slot.fromMs + 40_000 : broadcast.startMs + 300_000;
  const untilMs = slot ? Math.min(slot.untilMs + 240_000, broadcast.endMs) : broadcast.endMs;
  return Math.round(fromMs + dice.uniform() * (untilMs - fromMs));
}

function writeOrder(
  order: string,
  draft: Draft,
  world: OrdersWorld,
  dice: Dice,
  lines: OrderLine[],
  refunds: Refund[],
): void {
  const exportMs = msFromDay(world.asOfDay) + 6 * 3_600_000;
  const day = dayFromMs(draft.atMs);
  const isUnpaid = dice.chance(0.008);
  const isGift = !isUnpaid && dice.chance(0.006);
  const isRefunded = !isUnpaid && day < world.asOfDay - 2 && dice.chance(0.012);
  const age = world.asOfDay - day;
  const status = isUnpaid ? 'closed' : isRefunded ? 'refunded' : age <= 1 ? 'paid' : age <= 3 ? 'shipped' : 'done';
  draft.items.forEach((item, at) => {
    const product = world.products[item.product];
    if (!product) return;
    // Half a year ago the shop wrote names instead of codes; the catalogue owns both.
    const key = world.asOfDay - day > 180 && product.items[1] ? product.items[1] : (product.items[0] ?? product.id);
    const discount = (draft.broadcast ? 0.92 : 1) * (draft.isFirst && at === 0 ? 0.95 : 1);
    const paidFen = Math.round((product.priceFen * item.quantity * discount) / 10) * 10;
    const line: OrderLine = {
      kind: 'order-line',
      shop: demoShop,
      order,
      item: key,
      nth: 0,
      itemName: product.name,
      customer: draft.household.id,
      atMs: draft.atMs,
      quantityMilli: item.quantity * 1000,
      paidFen,
      status,
      channel: draft.broadcast ? 'live' : draft.household.channel,
      isGift,
      exportMs,
    };
    lines.push(line);
    const isPartly = !isRefunded && !isUnpaid && age > 2 && product.category === bruisedCategory && dice.chance(0.02);
    if (isRefunded || isPartly) {
      refunds.push({
        kind: 'refund',
        shop: demoShop,
        order,
        item: key,
        nth: 0,
        refund: `R${order.slice(2)}${at}`,
        atMs: Math.min(draft.atMs + dice.whole(1, 5) * 86_400_000, exportMs),
        refundFen: isPartly ? Math.round(paidFen * 0.3) : paidFen,
        exportMs,
      });
    }
  });
  if (!isUnpaid && dice.chance(0.012)) {
    const sample = world.products.find((product) => product.id === 'hawthorn-strips');
    if (sample) {
      lines.push({
        kind: 'order-line',
        shop: demoShop,
        order,
        item: sample.items[0] ?? '',
        nth: 9,
        itemName: sample.name,
        customer: draft.household.id,
        atMs: draft.atMs,
        quantityMilli: 1000,
        paidFen: 0,
        status,
        channel: draft.broadcast ? 'live' : draft.household.channel,
        isGift: true,
        exportMs,
      });
    }
  }
}
