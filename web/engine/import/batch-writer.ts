/**
 * Settled lines into chunks: customers are found or made, facts are packed in columns and handed to the ledger's owner.
 * Contact details are held back to the end.
 */
import { packOfName } from '#core/catalogue/pack-of-name.ts';
import type { ProductSeed } from '#core/catalogue/product.ts';
import { suggestTags } from '#core/catalogue/suggest-tags.ts';
import { starterTags } from '#core/catalogue/tags.data.ts';
import { ChunkCutter, type PlannedChunk } from '#core/datasets/chunk-cutter.ts';
import type { FactColumns } from '#core/datasets/fact-columns.ts';
import type { FactKind } from '#core/datasets/fact.ts';
import type { CandidateKey, SettledLine } from '#core/intake/candidate-line.ts';
import { gatherLines, gatherRefunds, refundsOfLines } from '#core/intake/gather-columns.ts';
import { type CustomerConsent, gatherConsents } from '#core/intake/gather-consents.ts';
import type { MatchedReturn } from '#core/intake/match-returns.ts';
import { type NewContact, type Resolved, createCustomerResolver } from '#core/intake/resolve-customers.ts';
import type { CustomerId } from '#core/units/ids.ts';
import type { AnswerOf, AskOf } from '#web/engine/insight/messages.ts';
import type { IntakeRequests } from '#web/engine/insight/intake.messages.ts';
import type { TakeInRequest } from './messages.ts';

export interface BatchWriterDeps {
  ask<Name extends keyof IntakeRequests & string>(
    name: Name,
    body: AskOf<IntakeRequests, Name>,
  ): Promise<AnswerOf<IntakeRequests, Name>>;
  hash(key: CandidateKey): Promise<string>;
  newCustomer(): string;
  keepContacts(contacts: readonly NewContact[]): Promise<void>;
}

export interface BatchWriter {
  /** Batches are written one after another; resolves when the next may come. */
  write(lines: readonly SettledLine[], returns: readonly MatchedReturn[]): Promise<void>;
  /** Resolves when nothing is being written any more, whatever became of it. */
  stop(): Promise<void>;
  /** Resolves when everything handed over has been taken, with the products it names and how many of them are new. */
  settle(): Promise<{ readonly seeds: readonly ProductSeed[]; readonly newProducts: number }>;
  readonly counts: { readonly lines: number; readonly refunds: number; readonly erased: number };
  readonly customers: number;
}

/** Batches that wait to learn from the ledger's owner who their customers are, while those before are written. */
const mostWaiting = 4;
/** Batches the ledger's owner may be behind: what waits for it is held in memory. */
const mostAhead = 6;
/** Of the last chunks of every month: the first are taken while the others are packed. */
const chunksAtOnce = 8;
const consentChannels = ['wecom-1v1', 'manual'] as const;

export const createBatchWriter = (
  importId: string,
  exportMs: number,
  request: TakeInRequest,
  deps: BatchWriterDeps,
): BatchWriter => {
  const resolver = createCustomerResolver({
    hash: deps.hash,
    ask: (keys) => deps.ask('intake.customers-of-keys', keys),
    newCustomer: deps.newCustomer,
  });
  const products: Products = new Map();
  const consenting = new Set<string>();
  const stated = { importId, basis: request.consentBasis, nowMs: request.nowMs };
  const counts = { lines: 0, refunds: 0, erased: 0 };
  /** What the ledger's owner has not taken yet, oldest first: it works while the next batches are read. */
  const untaken: Promise<unknown>[] = [];
  const cutter = new ChunkCutter();
  const contacts: NewContact[] = [];
  let full: PlannedChunk[] = [];
  const send = (chunks: readonly PlannedChunk[]): void => {
    if (chunks.length === 0) return;
    const sent = deps.ask('intake.append', { importId, chunks });
    sent.catch(() => undefined);
    untaken.push(sent);
  };
  const append: Append = (columns) => {
    if (columns.rows > 0) full.push(...cutter.addColumns(columns as unknown as FactColumns));
  };
  const put = async (read: readonly SettledLine[], returns: readonly MatchedReturn[], all: Resolved): Promise<void> => {
    const { lines, resolved } = withoutErased(read, all);
    counts.erased += read.length - lines.length;
    const refunds = [...refundsOfLines(lines, exportMs), ...returns];
    counts.lines += lines.length;
    counts.refunds += refunds.length;
    noteProducts(lines, products);
    while (untaken.length >= mostAhead) await untaken.shift();
    contacts.push(...resolved.contacts);
    appendOrders(lines, resolved.customers, refunds, exportMs, append);
    appendPeople(resolved, append);
    appendTags(lines, resolved.customers, request.member, append);
    appendConsent(gatherConsents(lines, resolved.customers, stated, consenting), append);
    send(full);
    full = [];
  };
  const waiting: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  return {
    counts,
    get customers() {
      return resolver.customers.size;
    },
    stop: () => last.catch(() => undefined),
    async settle() {
      await last;
      const seeds = seedsOf(products);
      // The ledger's owner has time for them while the last chunks are packed.
      const named = deps.ask('intake.name-products', { seeds });
      named.catch(() => undefined);
      let rest: PlannedChunk[] = [];
      for (const chunk of cutter.finish()) {
        if (rest.push(chunk) < chunksAtOnce) continue;
        send(rest);
        rest = [];
      }
      send(rest);
      await Promise.all(untaken);
      // Last, so that an import that is stopped leaves no detail behind.
      await deps.keepContacts(contacts);
      return { seeds, ...(await named) };
    },
    async write(lines, returns) {
      const resolving = resolver.resolve(lines);
      last = last.then(async () => put(lines, returns, await resolving));
      // Reported where it is awaited; without this a refusal would also be an unhandled one.
      last.catch(() => undefined);
      if (waiting.push(last) > mostWaiting) await waiting.shift();
    },
  };
};

function withoutErased(read: readonly SettledLine[], all: Resolved) {
  const lines = read.filter((_, at) => all.customers[at] !== '');
  return { lines, resolved: { ...all, customers: all.customers.filter((customer) => customer !== '') } };
}

/** By item. */
type Products = Map<string, { readonly name: string; category: string }>;

function noteProducts(lines: readonly SettledLine[], products: Products): void {
  for (const { item, itemName, category } of lines) {
    const known = products.get(item);
    if (!known) products.set(item, { name: itemName, category });
    else if (known.category === '' && category !== '') known.category = category;
  }
}

function seedsOf(products: Products): readonly ProductSeed[] {
  return [...products].map(([item, { name, category }]) => ({
    name,
    items: [item],
    category,
    isFromOrders: true,
    ...packOfName(name),
    suggestedTags: suggestTags({ name, category }, starterTags).map(({ tag }) => tag),
  }));
}

type Append = <Kind extends FactKind>(columns: FactColumns<Kind>) => void;

function appendOrders(
  lines: readonly SettledLine[],
  customers: readonly string[],
  refunds: readonly MatchedReturn[],
  exportMs: number,
  append: Append,
): void {
  append({
    kind: 'order-line',
    rows: lines.length,
    columns: { ...gatherLines(lines, customers, exportMs), customer: customers as readonly CustomerId[] },
  });
  append({ kind: 'refund', rows: refunds.length, columns: gatherRefunds(refunds, exportMs) });
}

function appendPeople({ links, aliases }: Resolved, append: Append): void {
  append({
    kind: 'identity-link',
    rows: links.length,
    columns: {
      keyKind: links.map(({ keyKind }) => keyKind),
      key: links.map(({ key }) => key),
      customer: links.map(({ customer }) => customer as CustomerId),
      atMs: links.map(({ atMs }) => atMs),
    },
  });
  append({
    kind: 'alias',
    rows: aliases.length,
    columns: {
      customer: aliases.map(({ customer }) => customer as CustomerId),
      alias: aliases.map(({ alias }) => alias),
      maskedPhone: aliases.map(({ maskedPhone }) => maskedPhone),
      byPerson: aliases.map(() => false),
      atMs: aliases.map(({ atMs }) => atMs),
    },
  });
}

/** A tag is as old as the latest order that names it: what somebody has said by hand since then stands. */
function appendTags(lines: readonly SettledLine[], customers: readonly string[], member: string, append: Append): void {
  const marks = new Map<string, { customer: CustomerId; tag: string; atMs: number }>();
  lines.forEach(({ tags, atMs }, at) => {
    for (const tag of tags) {
      const customer = customers[at] as CustomerId;
      const known = marks.get(customer + tag);
      if (!known) marks.set(customer + tag, { customer, tag, atMs });
      else known.atMs = Math.max(known.atMs, atMs);
    }
  });
  const all = [...marks.values()];
  append({
    kind: 'tag-mark',
    rows: all.length,
    columns: {
      customer: all.map(({ customer }) => customer),
      tag: all.map(({ tag }) => tag),
      state: all.map(() => 'on' as const),
      byMember: all.map(() => member),
      atMs: all.map(({ atMs }) => atMs),
    },
  });
}

function appendConsent(words: readonly CustomerConsent[], append: Append): void {
  for (const channel of consentChannels) {
    append({
      kind: 'consent',
      rows: words.length,
      columns: {
        customer: words.map(({ customer }) => customer),
        channel: words.map(() => channel),
        purpose: words.map(() => 'marketing' as const),
        state: words.map(({ state }) => state),
        source: words.map(({ source }) => source),
        atMs: words.map(({ atMs }) => atMs),
      },
    });
  }
}
