/**
 * The ledger as its rules say, slow and plain: reads all chunks that count from scratch, by keys and ranks over
 * objects. What it answers has the shape of `readLedger`.
 */
import {
  type Behaviour,
  behaviours,
  type Child,
  type Consent,
  type Decision,
  decisionStates,
  type Fact,
  type IdentityLink,
  type OrderLine,
  orderStatuses,
  type Outcome,
  type Refund,
  type TagMark,
  type Alias,
} from '#core/datasets/fact.ts';
import { lineFlag } from '#core/datasets/ledger-columns.ts';

export interface OracleChunk {
  readonly id: string;
  readonly importId: string;
  readonly importMs: number;
  readonly facts: readonly Fact[];
}

interface Ranked {
  readonly fact: Fact;
  readonly rank: readonly (number | string)[];
}

export const readFresh = (chunks: readonly OracleChunk[], excludedIds: readonly string[] = []) => {
  const bestByKey = new Map<string, Ranked>();
  for (const { id, importMs, facts } of chunks)
    facts.forEach((fact, at) => {
      const key = keyOf(fact);
      const ranked = { fact, rank: [...rankOf(fact), importMs, id, at] };
      const best = bestByKey.get(key);
      if (best === undefined || compareRanks(ranked.rank, best.rank) > 0) bestByKey.set(key, ranked);
    });
  const best = [...bestByKey.values()].map(({ fact }) => fact);
  const of = <Kind extends Fact>(kind: Kind['kind']): Kind[] => best.filter((fact) => fact.kind === kind) as Kind[];
  const canonicalOf = joinPeople(of<IdentityLink>('identity-link').filter(({ keyKind }) => keyKind !== 'masked-phone'));
  const people = new Set(
    best.flatMap((fact) => ('customer' in fact && fact.customer !== '' ? [canonicalOf(fact.customer)] : [])),
  );
  const excluded = new Set(excludedIds.map(canonicalOf));
  const refunds = of<Refund>('refund');
  const isOf = (id: string) => (fact: { readonly customer: string }) =>
    fact.customer !== '' && canonicalOf(fact.customer) === id;
  return [...people]
    .sort()
    .map((id) => {
      const aliases = of<Alias>('alias')
        .filter(isOf(id))
        .sort((a, b) => Number(b.byPerson) - Number(a.byPerson) || b.atMs - a.atMs || (a.alias < b.alias ? 1 : -1));
      return {
        id,
        alias: aliases[0]?.alias ?? '',
        lines: of<OrderLine>('order-line')
          .filter(isOf(id))
          .sort(compareLines)
          .map((line) => showLine(line, id, refunds))
          .map((line) => (excluded.has(id) ? { ...line, flags: line.flags + lineFlag.test } : line)),
        behaviours: of<Behaviour>('behaviour')
          .filter(isOf(id))
          .sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))
          .map(({ atMs, name, value }) => [atMs, behaviours.indexOf(name), value]),
        decisions: of<Decision>('decision')
          .filter(isOf(id))
          .map((fact) => JSON.stringify({ ...fact, customer: id }))
          .sort(),
        outcomes: of<Outcome>('outcome')
          .filter(isOf(id))
          .map((fact) => JSON.stringify({ ...fact, customer: id }))
          .sort(),
        consent: consentOf(of<Consent>('consent').filter(isOf(id))),
        tags: tagsOf(of<TagMark>('tag-mark').filter(isOf(id))),
        born: bornOf(of<Child>('child').filter(isOf(id))),
      };
    })
    .filter(
      ({ lines, behaviours: did, decisions, outcomes, consent, alias, tags, born }) =>
        lines.length + did.length + decisions.length + outcomes.length + tags.length > 0 ||
        consent.state !== 'unknown' ||
        alias + born !== '',
    );
};

function keyOf(fact: Fact): string {
  switch (fact.kind) {
    case 'order-line':
      return JSON.stringify([fact.kind, fact.shop, fact.order, fact.item, fact.nth]);
    case 'refund':
      return JSON.stringify([fact.kind, fact.shop, fact.order, fact.item, fact.nth, fact.refund]);
    case 'behaviour':
      return JSON.stringify([fact.kind, fact.source, fact.id]);
    case 'decision':
      return JSON.stringify([fact.kind, fact.decision]);
    case 'outcome':
      return JSON.stringify([fact.kind, fact.decision, fact.outcome]);
    case 'identity-link':
      return JSON.stringify([fact.kind, fact.keyKind, fact.key, fact.customer]);
    case 'alias':
      return JSON.stringify([fact.kind, fact.customer]);
    case 'consent':
      return JSON.stringify([fact.kind, fact.customer, fact.channel, fact.purpose]);
    case 'tag-mark':
      return JSON.stringify([fact.kind, fact.customer, fact.tag]);
    case 'child':
      return JSON.stringify([fact.kind, fact.customer]);
  }
}

function rankOf(fact: Fact): (number | string)[] {
  switch (fact.kind) {
    case 'order-line':
      return [orderStatuses.indexOf(fact.status), fact.exportMs];
    case 'refund':
      return [fact.exportMs];
    case 'decision':
      return [fact.version, decisionStates.indexOf(fact.state), fact.atMs];
    case 'outcome':
      return [fact.version];
    case 'alias':
      return [Number(fact.byPerson), fact.atMs, fact.alias];
    case 'consent':
      return [Number(fact.state === 'refused'), fact.atMs];
    case 'tag-mark':
      return [fact.atMs];
    case 'child':
      return [fact.atMs, fact.birthMonth, fact.feeding];
    default:
      return [];
  }
}

function compareRanks(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at]! > b[at]! ? 1 : -1;
  return 0;
}

const bornOf = (children: readonly Child[]): string =>
  [...children].sort((a, b) => compareRanks(rankOf(b), rankOf(a)))[0]?.birthMonth ?? '';

function joinPeople(links: readonly IdentityLink[]): (id: string) => string {
  const nameOf = new Map<string, string>();
  const name = (id: string): string => nameOf.get(id) ?? id;
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const a of links)
      for (const b of links) {
        if (a.keyKind !== b.keyKind || a.key !== b.key) continue;
        const smaller = name(a.customer) < name(b.customer) ? name(a.customer) : name(b.customer);
        if (name(a.customer) === smaller && name(b.customer) === smaller) continue;
        nameOf.set(a.customer, smaller);
        nameOf.set(b.customer, smaller);
        isSettled = false;
      }
  }
  return name;
}

function compareLines(a: OrderLine, b: OrderLine): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  for (const [x, y] of [
    [a.order, b.order],
    [a.item, b.item],
    [a.nth, b.nth],
    [a.shop, b.shop],
  ] as const)
    if (x !== y) return x < y ? -1 : 1;
  return 0;
}

function showLine(line: OrderLine, customer: string, refunds: readonly Refund[]) {
  const own = refunds.filter(
    ({ shop, order, item, nth }) =>
      shop === line.shop && order === line.order && item === line.item && nth === line.nth,
  );
  const single = own.filter(({ refund }) => refund !== 'total').reduce((sum, { refundFen }) => sum + refundFen, 0);
  const given = own.find(({ refund }) => refund === 'total')?.refundFen ?? 0;
  const isWhole = line.status === 'refunded';
  const refundFen = isWhole ? line.paidFen : Math.min(line.paidFen, Math.max(single, given));
  const isRefunded = isWhole || (refundFen > 0 && refundFen >= line.paidFen);
  const { order, item, atMs, paidFen, quantityMilli, channel } = line;
  return {
    customer,
    order,
    item,
    atMs,
    paidFen,
    refundFen,
    quantityMilli,
    channel,
    flags:
      (line.isGift ? lineFlag.gift : 0) +
      (line.isGift && line.paidFen === 0 ? lineFlag.free : 0) +
      (line.status === 'created' || line.status === 'closed' ? lineFlag.unpaid : 0) +
      (isRefunded
        ? lineFlag.refunded
        : refundFen > 0 || line.status === 'partially-refunded'
          ? lineFlag.partlyRefunded
          : 0),
  };
}

function consentOf(words: readonly Consent[]) {
  const [best] = words
    .filter(({ channel, purpose }) => channel === 'wecom' && purpose === 'marketing')
    .sort(
      (a, b) =>
        Number(b.state === 'refused') - Number(a.state === 'refused') ||
        b.atMs - a.atMs ||
        (a.source < b.source ? 1 : -1),
    );
  return best === undefined
    ? { state: 'unknown', source: '', atMs: 0 }
    : { state: best.state, source: best.source, atMs: best.atMs };
}

function tagsOf(marks: readonly TagMark[]): [string, string][] {
  const ordered = [...marks].sort((a, b) => a.atMs - b.atMs || (a.state < b.state ? -1 : 1));
  const stateByTag = new Map(ordered.map(({ tag, state }) => [tag, state]));
  return [...stateByTag].filter(([, state]) => state !== 'none').sort();
}
