/**
 * The demo brand, whole: catalogue, households, orders, broadcasts, behaviour, profiles, campaigns, clips, segments.
 * Pure and deterministic for (seed, asOfDay): the last order is on the day before `asOfDay`, one broadcast is planned
 * for the evening of `asOfDay`, one ended the evening before. `planted` is the truth that beliefs are tested against.
 */
import { productIdFromItem } from '../catalogue/product-id.ts';
import type { Product, ProductSeed } from '../catalogue/product.ts';
import type { Consent, Decision, Fact, IdentityLink, OrderLine } from '../datasets/fact.ts';
import { isStrongKey } from '../identity/key-kind.ts';
import type { ContentKind } from '../insight/preference/preference-parameters.ts';
import { type BusinessDay, msFromDay } from '../units/business-day.ts';
import type { CampaignId, CustomerId, ProductId } from '../units/ids.ts';
import { type DemoBroadcast, listBroadcasts } from './broadcasts.ts';
import { demoBrand, demoClips, demoSegments, demoTeam } from './campaigns.data.ts';
import { type DemoCampaign, createDemoCampaigns, slotsOf } from './create-campaigns.ts';
import { type Viewer, createBehaviour } from './create-behaviour.ts';
import { createContent } from './create-content.ts';
import { createDecisions } from './create-decisions.ts';
import { createDice } from './create-dice.ts';
import { createOrders } from './create-orders.ts';
import { createProfiles } from './create-profiles.ts';
import { createPromptedOrders } from './create-prompted-orders.ts';
import type { DemoProduct } from './demo-product.ts';
import { type Household, createHouseholds } from './households.ts';
import { demoPairings, demoProducts } from './products.data.ts';

export interface DemoOptions {
  readonly seed: string;
  readonly asOfDay: BusinessDay;
  /** People who bought at least once; others only watch. */
  readonly customers?: number;
}

export interface DemoClip {
  readonly id: string;
  readonly campaign: CampaignId;
  readonly productId: ProductId;
  readonly title: string;
  readonly subtitle: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly content: ContentKind;
  /** Where it lies in the broadcast, by the clock. */
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface PlantedHabit {
  readonly customer: CustomerId;
  readonly product: ProductId;
  readonly cycleDays: number;
  readonly startDay: BusinessDay;
  /** Infinity while it goes on. */
  readonly endDay: BusinessDay;
}

export interface DemoBrand {
  readonly name: { readonly chinese: string; readonly english: string };
  readonly products: readonly ProductSeed[];
  /** Facts by kind, each in order of time. */
  readonly facts: readonly Fact[];
  readonly campaigns: readonly DemoCampaign[];
  readonly clips: readonly DemoClip[];
  readonly segments: readonly { readonly id: string; readonly name: string; readonly rule: string }[];
  readonly team: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: 'operator' | 'host' | 'assistant';
  }[];
  /** As every screen inside counts them: people, however many ids they have, and orders that were paid and kept. */
  readonly counts: { readonly customers: number; readonly orders: number };
  readonly planted: {
    readonly habits: readonly PlantedHabit[];
    readonly personas: ReadonlyMap<CustomerId, string>;
    /** The kind of content somebody opens most. */
    readonly contents: ReadonlyMap<CustomerId, ContentKind>;
  };
}

export const historyDays = 400;
export const demoCustomers = 12_486;

export const demoProductId = (product: Pick<DemoProduct, 'items'>): Product['id'] =>
  productIdFromItem(product.items[0] ?? '');

export const createDemoBrand = ({ seed, asOfDay, customers = demoCustomers }: DemoOptions): DemoBrand => {
  const dice = createDice(seed);
  const firstDay = asOfDay - historyDays;
  const broadcasts = listBroadcasts(firstDay, asOfDay);
  const households = createHouseholds(demoProducts, customers, firstDay, asOfDay, dice.fork('households'));
  const orders = createOrders(
    households,
    { ...assortment(), broadcasts: broadcasts.filter((broadcast) => broadcast.day < asOfDay), firstDay, asOfDay },
    dice.fork('orders'),
  );
  const onlyWatching = createOnlyWatching(Math.round(customers * 0.07), asOfDay, dice.fork('watching'));
  const kept = broadcasts.filter((broadcast) => broadcast.isKept);
  const past = kept.filter((broadcast) => broadcast.day < asOfDay);
  const audience = audienceOf(households, onlyWatching, asOfDay);
  const behaviour = past.flatMap((broadcast) =>
    createBehaviour(
      broadcast,
      slotsOf(broadcast),
      demoProducts,
      audience,
      orders.live.filter((order) => order.broadcast === broadcast),
      dice.fork(broadcast.id),
    ),
  );
  const profiles = createProfiles([...households, ...onlyWatching], asOfDay, dice.fork('profiles'));
  const reachable = new Set(profiles.consents.filter(isReachable).map((consent) => consent.customer));
  const decisions: Decision[] = past.flatMap((broadcast) =>
    createDecisions(broadcast, behaviour, orders.live, reachable, asOfDay, dice.fork(`decisions/${broadcast.id}`)),
  );
  const content = createContent(past, audience, msFromDay(asOfDay), dice.fork('content'));
  const prompted = createPromptedOrders(decisions, demoProducts, asOfDay, dice.fork('prompted'));
  return {
    name: demoBrand,
    products: demoProducts.map(seedOf),
    facts: [
      ...orders.lines,
      ...prompted,
      ...orders.refunds,
      ...behaviour,
      ...content.opened,
      ...decisions,
      ...profiles.aliases,
      ...profiles.links,
      ...profiles.consents,
      ...profiles.tagMarks,
    ],
    campaigns: createDemoCampaigns(kept, asOfDay),
    clips: clipsOf(past),
    segments: demoSegments.map(([id, name, rule]) => ({ id, name, rule })),
    team: demoTeam.map(([id, name, role]) => ({ id, name, role })),
    counts: {
      customers: households.length + onlyWatching.length - countJoined(profiles.links),
      orders: countPurchases([...orders.lines, ...prompted]),
    },
    planted: {
      habits: plantedHabits(households),
      personas: new Map(households.map((household) => [household.id, household.persona])),
      contents: content.kinds,
    },
  };
};

/** Ids that are another id's person. */
function countJoined(links: readonly IdentityLink[]): number {
  const keys = links.filter(({ keyKind }) => isStrongKey(keyKind)).map(({ keyKind, key }) => `${keyKind}/${key}`);
  return keys.length - new Set(keys).size;
}

/** Orders of which something was paid and kept. */
function countPurchases(lines: readonly OrderLine[]): number {
  const kept = lines.filter(({ status, paidFen }) => paidFen > 0 && status !== 'closed' && status !== 'refunded');
  return new Set(kept.map(({ order }) => order)).size;
}

const isReachable = (consent: Consent): boolean =>
  consent.channel === 'wecom-1v1' && consent.purpose === 'marketing' && consent.state === 'granted';

function assortment() {
  const indexById = new Map(demoProducts.map((product, at) => [product.id, at]));
  const pairings = new Map<number, (readonly [number, number])[]>();
  for (const [from, to, probability] of demoPairings) {
    const at = indexById.get(from) ?? -1;
    pairings.set(at, [...(pairings.get(at) ?? []), [indexById.get(to) ?? -1, probability]]);
  }
  const slots = new Map<string, ReturnType<typeof slotsOf>>();
  const slotOf = (broadcast: DemoBroadcast, product: number) => {
    let known = slots.get(broadcast.id);
    if (!known) slots.set(broadcast.id, (known = slotsOf(broadcast)));
    return known.find((slot) => slot.product === product) ?? null;
  };
  return { products: demoProducts, pairings, slotOf };
}

type WatchingPerson = Viewer & { readonly joinDay: number };

function createOnlyWatching(count: number, asOfDay: number, dice: ReturnType<typeof createDice>): WatchingPerson[] {
  const personas = ['family', 'baker', 'fitness', 'infant', 'snacker'] as const;
  return Array.from({ length: count }, () => ({
    id: (dice.hex8() + dice.hex8()) as CustomerId,
    persona: dice.pick(personas),
    watching: dice.uniform(),
    joinDay: asOfDay - dice.whole(1, 60),
  }));
}

/** Those who might turn on a broadcast: households of the last four months that still buy, and the merely curious. */
function audienceOf(households: readonly Household[], curious: readonly Viewer[], asOfDay: number): Viewer[] {
  const near = households.filter((household) =>
    household.habits.some((habit) => habit.endDay > asOfDay - 60 && habit.startDay < asOfDay),
  );
  return [...near, ...curious];
}

function seedOf(product: DemoProduct): ProductSeed {
  const [first = product.id, ...rest] = product.items;
  return {
    name: product.name,
    items: [first, ...rest],
    category: product.category,
    tags: product.tags,
    packMilli: product.packMilli,
    packUnit: product.packUnit,
    storage: product.storage,
    shelfLifeDays: product.shelfLifeDays,
    priceFen: product.priceFen,
    facts: product.facts,
  };
}

function clipsOf(past: readonly DemoBroadcast[]): DemoClip[] {
  return demoClips.flatMap((clip, at) => {
    const from = past.findLast((broadcast) => broadcast.theme === clip.theme);
    const product = demoProducts.find((candidate) => candidate.id === clip.product);
    if (!from || !product) return [];
    const fromMs = from.startMs + clip.fromSeconds * 1000;
    return [
      {
        id: `clip-${at + 1}`,
        campaign: from.id,
        productId: demoProductId(product),
        title: clip.title,
        subtitle: clip.subtitle,
        text: clip.text,
        tags: clip.tags,
        content: clip.content,
        fromMs,
        untilMs: fromMs + clip.seconds * 1000,
      },
    ];
  });
}

function plantedHabits(households: readonly Household[]): PlantedHabit[] {
  return households.flatMap((household) =>
    household.isTrier
      ? []
      : household.habits.flatMap((habit) => {
          const product = demoProducts[habit.product];
          return product
            ? [
                {
                  customer: household.id,
                  product: demoProductId(product),
                  cycleDays: habit.cycleDays,
                  startDay: habit.startDay,
                  endDay: habit.endDay,
                },
              ]
            : [];
        }),
  );
}
