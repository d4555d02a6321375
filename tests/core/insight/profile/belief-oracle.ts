/**
 * RFM, stage, rhythm and tags as their rules say, slow and plain: from the people that `readFresh` reads, over objects,
 * without a line of the kernels.
 */
import { lineFlag } from '#core/datasets/ledger-columns.ts';
import type { Parameters } from '#core/insight/profile/parameters.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import type { readFresh } from '../../datasets/ledger-oracle.ts';

type Person = ReturnType<typeof readFresh>[number];
type Line = Person['lines'][number];

export interface PlainBelief {
  readonly id: string;
  readonly orders: number;
  readonly netFen: number;
  readonly lastDay: number;
  readonly scores: readonly [number, number, number];
  readonly rfm: string;
  readonly stage: string;
  readonly ownIntervalDays: number;
  readonly overdueRatio: number;
  readonly tags: readonly string[];
  /** Purchases of each product, and the day of the last. */
  readonly pairs: readonly (readonly [product: string, purchases: number, lastDay: number])[];
}

export interface PlainCatalogue {
  /** What an item is called in the answer, and the tags it carries. */
  productOf(item: string): string;
  tagsOf(item: string): readonly string[];
}

/** What behaviours weigh, by name; acts on no product weigh nothing. */
export interface PlainAct {
  readonly item: string;
  readonly atMs: number;
  readonly weight: number;
  readonly isOwn: boolean;
}

export const believePlainly = (
  people: readonly Person[],
  actsOf: (id: string) => readonly PlainAct[],
  catalogue: PlainCatalogue,
  parameters: Parameters,
  today: number,
): readonly PlainBelief[] => {
  const counted = people.map((person) => {
    const lines = person.lines.filter((line) => isPurchase(line) && dayFromMs(line.atMs) <= today);
    const days = lines.map((line) => dayFromMs(line.atMs));
    return {
      person,
      lines,
      orders: new Set(lines.map(({ order }) => order)).size,
      netFen: lines.reduce((sum, { paidFen, refundFen }) => sum + paidFen - refundFen, 0),
      firstDay: Math.min(...days),
      lastDay: lines.length === 0 ? -1 : Math.max(...days),
    };
  });
  const buyers = counted.filter(({ orders }) => orders > 0);
  const { rfm } = parameters;
  const scoreOf = (dimension: 'recency' | 'frequency' | 'money', value: number, all: readonly number[]): number => {
    const cuts = rfm[dimension];
    const sorted = [...all].sort((a, b) => a - b);
    const values =
      cuts.mode === 'fixed'
        ? cuts.values
        : [20, 40, 60, 80].map((share) => sorted[Math.ceil((share * sorted.length) / 100) - 1] ?? Number.NaN);
    return 1 + values.filter((cut) => cut < value).length;
  };
  return counted.map(({ person, lines, orders, netFen, firstDay, lastDay }) => {
    const recency = today - lastDay;
    const scores =
      orders === 0
        ? ([0, 0, 0] as const)
        : ([
            6 -
              scoreOf(
                'recency',
                recency,
                buyers.map((buyer) => today - buyer.lastDay),
              ),
            scoreOf(
              'frequency',
              orders,
              buyers.map((buyer) => buyer.orders),
            ),
            scoreOf(
              'money',
              netFen,
              buyers.map((buyer) => buyer.netFen),
            ),
          ] as const);
    const ownIntervalDays = intervalOf(lines);
    const { lifecycle } = parameters;
    const late = Math.max(1, ownIntervalDays > 0 ? ownIntervalDays : lifecycle.shopIntervalDays);
    const overdueRatio = orders === 0 ? 0 : Number((Math.round((recency / late) * 1e4) / 1e4).toFixed(4));
    const engaged = actsOf(person.id)
      .filter(({ isOwn, atMs }) => isOwn && dayFromMs(atMs) <= today)
      .map(({ atMs }) => today - dayFromMs(atMs));
    return {
      id: person.id,
      orders,
      netFen,
      lastDay,
      scores,
      rfm: nameOf(orders, recency, today - firstDay, scores, parameters),
      stage: stageOf(orders, overdueRatio, engaged, parameters),
      ownIntervalDays,
      overdueRatio,
      tags: tagsOf(person, lines, actsOf(person.id), catalogue, parameters, today),
      pairs: pairsOf(lines, catalogue),
    };
  });
};

function isPurchase({ flags, paidFen }: Line): boolean {
  if ((flags & lineFlag.gift) !== 0 && paidFen === 0) return false;
  return (flags & (lineFlag.unpaid | lineFlag.refunded | lineFlag.test)) === 0;
}

function daysOf(lines: readonly Line[]): number[] {
  const bought = lines.filter(({ flags }) => (flags & lineFlag.gift) === 0);
  return [...new Set(bought.map(({ atMs }) => dayFromMs(atMs)))].sort((a, b) => a - b);
}

function intervalOf(lines: readonly Line[]): number {
  const days = daysOf(lines);
  if (days.length < 3) return 0;
  const gaps = days
    .slice(1)
    .map((day, at) => day - (days[at] ?? 0))
    .sort((a, b) => a - b);
  const middle = gaps.length >> 1;
  const median = gaps.length % 2 === 1 ? (gaps[middle] ?? 0) : ((gaps[middle - 1] ?? 0) + (gaps[middle] ?? 0)) / 2;
  return Math.round(median * 10) / 10;
}

function nameOf(
  orders: number,
  recency: number,
  age: number,
  scores: readonly number[],
  { rfm: { names } }: Parameters,
): string {
  if (orders === 0) return 'none';
  if (recency > names.lostAfterDays) return 'lost';
  if (recency > names.sleepingAfterDays) return 'sleeping';
  if (orders === 1 && age <= names.newWithinDays) return 'new';
  return (scores[0] ?? 0) >= names.vipRecencyScore && (scores[2] ?? 0) >= names.vipMoneyScore ? 'vip' : 'active';
}

function stageOf(orders: number, ratio: number, engagedAgo: readonly number[], { lifecycle }: Parameters): string {
  if (orders === 0) return engagedAgo.some((ago) => ago <= lifecycle.consideringDays) ? 'considering' : 'aware';
  if (ratio >= lifecycle.overdueRatio) return 'churn-warning';
  if (orders === 1) return 'first-purchase';
  return orders >= lifecycle.loyalOrders ? 'loyal' : 'repurchasing';
}

/** Every day of the shop is lived through: weights come, fade, and turn a tag on and off. */
function tagsOf(
  person: Person,
  lines: readonly Line[],
  acts: readonly PlainAct[],
  { tagsOf: carried }: PlainCatalogue,
  { interests }: Parameters,
  today: number,
): readonly string[] {
  const events = [
    ...acts
      .filter(({ weight }) => weight > 0)
      .map(({ item, atMs, weight }) => ({ item, day: dayFromMs(atMs), weight })),
    ...lines.map(({ item, atMs }) => ({ item, day: dayFromMs(atMs), weight: interests.weights.buy })),
  ].filter(({ day }) => day <= today);
  const on = new Set<string>();
  for (const tag of new Set(events.flatMap(({ item }) => carried(item)))) {
    const own = events.filter(({ item }) => carried(item).includes(tag));
    let score = 0;
    let isOn = false;
    for (let day = Math.min(...own.map((event) => event.day)); day <= today; day++) {
      score *= 2 ** (-1 / interests.halfLifeDays);
      if (score < interests.offBelow) isOn = false;
      for (const event of own) if (event.day === day) score += event.weight;
      if (score >= interests.onAt) isOn = true;
    }
    if (isOn) on.add(tag);
  }
  for (const [tag, state] of person.tags)
    if (state === 'on') on.add(tag);
    else on.delete(tag);
  return [...on].sort();
}

function pairsOf(lines: readonly Line[], { productOf }: PlainCatalogue): PlainBelief['pairs'] {
  const byProduct = new Map<string, Line[]>();
  for (const line of lines) {
    const product = productOf(line.item);
    byProduct.set(product, [...(byProduct.get(product) ?? []), line]);
  }
  return [...byProduct]
    .map(([product, own]) => [product, daysOf(own).length, daysOf(own).at(-1) ?? -1] as const)
    .filter(([, purchases]) => purchases > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
