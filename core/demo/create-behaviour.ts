/**
 * What viewers did in the broadcasts that are kept: who came and went, what they looked at and for how many seconds,
 * clicked, put into the basket, asked; and when each product was on. Buyers were there before they bought. Times are ms.
 */
import type { Behaviour, BehaviourName } from '../datasets/fact.ts';
import type { CustomerId } from '../units/ids.ts';
import type { BroadcastTheme, DemoBroadcast } from './broadcasts.ts';
import type { Dice } from './create-dice.ts';
import type { LiveOrder } from './create-orders.ts';
import type { DemoProduct, Persona } from './demo-product.ts';
import { chatter, productQuestions, unnamedProduct } from './names.data.ts';

export interface Slot {
  /** Index into the assortment; -1 for talk and games. */
  readonly product: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Viewer {
  readonly id: CustomerId;
  readonly persona: Persona;
  readonly watching: number;
}

export const demoSource = 'north-slope-live';

const themeAppeal: Readonly<Record<BroadcastTheme, Readonly<Record<Persona, number>>>> = {
  family: { family: 0.42, baker: 0.22, fitness: 0.25, infant: 0.25, snacker: 0.3 },
  breakfast: { family: 0.3, baker: 0.15, fitness: 0.3, infant: 0.35, snacker: 0.08 },
  baking: { family: 0.22, baker: 1, fitness: 0.06, infant: 0.15, snacker: 0.15 },
};

/** The events of one broadcast. `audience` are those who might come; `buyers` surely came. */
export const createBehaviour = (
  broadcast: DemoBroadcast,
  slots: readonly Slot[],
  products: readonly DemoProduct[],
  audience: readonly Viewer[],
  buyers: readonly LiveOrder[],
  dice: Dice,
): Behaviour[] => {
  const events: Behaviour[] = [];
  const write = (
    name: BehaviourName,
    atMs: number,
    customer: CustomerId | '',
    item = '',
    value = 0,
    text = '',
  ): void => {
    events.push({
      kind: 'behaviour',
      source: demoSource,
      id: `${broadcast.id}-${events.length}`,
      name,
      atMs: Math.round(atMs),
      customer,
      item,
      campaign: broadcast.id,
      value,
      text,
    });
  };
  write('broadcast-started', broadcast.startMs, '');
  for (const slot of slots)
    write('product-shown', slot.fromMs, '', slot.product < 0 ? '' : itemOf(products, slot.product));
  const bought = new Map<CustomerId, LiveOrder>();
  for (const order of buyers) if (!bought.has(order.household.id)) bought.set(order.household.id, order);
  for (const viewer of audience) {
    const order = bought.get(viewer.id);
    if (!order && !dice.chance(viewer.watching * themeAppeal[broadcast.theme][viewer.persona])) continue;
    const stay = presence(broadcast, order, dice);
    write('viewer-joined', stay.fromMs, viewer.id);
    for (const slot of slots) watchSlot(slot, stay, viewer, order, products, dice, write);
    if (dice.chance(0.1))
      write(
        'comment-posted',
        stay.fromMs + dice.uniform() * (stay.untilMs - stay.fromMs),
        viewer.id,
        '',
        0,
        dice.pick(chatter),
      );
    write('viewer-left', stay.untilMs, viewer.id, '', Math.round((stay.untilMs - stay.fromMs) / 1000));
  }
  write('broadcast-ended', broadcast.endMs, '');
  return events;
};

interface Stay {
  readonly fromMs: number;
  readonly untilMs: number;
}

function presence(broadcast: DemoBroadcast, order: LiveOrder | undefined, dice: Dice): Stay {
  const length = broadcast.endMs - broadcast.startMs;
  const early = order
    ? order.atMs - dice.logNormal(6, 0.7) * 60_000
    : broadcast.startMs + dice.uniform() ** 1.6 * length * 0.85;
  const fromMs = Math.max(broadcast.startMs, Math.min(early, broadcast.endMs - 120_000));
  const stayed = dice.logNormal(order ? 26 : 12, 0.8) * 60_000;
  const untilMs = Math.min(
    broadcast.endMs,
    Math.max(fromMs + Math.max(45_000, stayed), order ? order.atMs + 30_000 : 0),
  );
  return { fromMs: Math.round(fromMs), untilMs: Math.round(untilMs) };
}

type Write = (
  name: BehaviourName,
  atMs: number,
  customer: CustomerId | '',
  item?: string,
  value?: number,
  text?: string,
) => void;

function watchSlot(
  slot: Slot,
  stay: Stay,
  viewer: Viewer,
  order: LiveOrder | undefined,
  products: readonly DemoProduct[],
  dice: Dice,
  write: Write,
): void {
  const fromMs = Math.max(slot.fromMs, stay.fromMs);
  const seconds = Math.round((Math.min(slot.untilMs, stay.untilMs) - fromMs) / 1000);
  const product = products[slot.product];
  if (!product || seconds < 20) return;
  const appeal = product.appeal[viewer.persona] ?? 0;
  const buys = order?.products.includes(slot.product) === true;
  if (!buys && !dice.chance(0.25 + 0.6 * appeal)) return;
  const item = product.items[0] ?? product.id;
  const looked = Math.max(15, Math.round(seconds * (buys ? 0.9 : 0.25 + 0.65 * dice.uniform())));
  write('product-viewed', fromMs + 3000, viewer.id, item, looked);
  if (buys || dice.chance(0.12 + 0.3 * appeal)) {
    const clickMs = fromMs + Math.min(seconds, 10 + dice.uniform() * seconds) * 1000;
    write('product-clicked', clickMs, viewer.id, item);
    if (buys || dice.chance(0.25)) write('product-added', clickMs + 8000, viewer.id, item);
  }
  if (dice.chance(0.05 + 0.06 * appeal)) {
    const question = dice
      .pick(productQuestions[product.category] ?? chatter)
      .replace('#', dice.chance(0.7) ? shortName(product.name) : unnamedProduct);
    write('comment-posted', fromMs + dice.uniform() * seconds * 1000, viewer.id, item, 0, question);
  }
}

const itemOf = (products: readonly DemoProduct[], at: number): string => products[at]?.items[0] ?? '';

/** The name without its pack: what people type. */
const shortName = (name: string): string => name.split(' ')[0] ?? name;
