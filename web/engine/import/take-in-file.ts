/**
 * The second half of an import: the file once more, now into facts. Lines are settled order by order, customers are
 * found or made, facts are packed in columns and handed to the ledger's owner, which counts them all at once when the
 * last one is there. Contact details go to the device vault alone, as do rows that were left out.
 */
import type { ProductSeed } from '#core/catalogue/product.ts';
import { suggestTags } from '#core/catalogue/suggest-tags.ts';
import { starterTags } from '#core/catalogue/tags.data.ts';
import { ChunkCutter, type PlannedChunk } from '#core/datasets/chunk-cutter.ts';
import type { FactColumns } from '#core/datasets/fact-columns.ts';
import type { FactKind } from '#core/datasets/fact.ts';
import { type CandidateLine, type Problem, keptProblems } from '#core/intake/candidate-line.ts';
import { createCountSet } from '#core/intake/count-set.ts';
import { gatherLines, gatherRefunds, refundsOfLines } from '#core/intake/gather-columns.ts';
import { type CustomerConsent, gatherConsents } from '#core/intake/gather-consents.ts';
import type { MatchedReturn } from '#core/intake/match-returns.ts';
import { type OrderReading, createOrderReading } from '#core/intake/read-orders.ts';
import { type NewContact, type Resolved, createCustomerResolver } from '#core/intake/resolve-customers.ts';
import type { ScanVerdict } from '#core/intake/scan-orders.ts';
import { type Result, ok } from '#core/result.ts';
import type { CandidateKey } from '#core/intake/candidate-line.ts';
import type { CustomerId } from '#core/units/ids.ts';
import type { AnswerOf, AskOf } from '#web/engine/insight/messages.ts';
import type { IntakeRequests } from '#web/engine/insight/intake.messages.ts';
import type { FileFailure, ReadingProgress, TakeInRequest, TakenIn } from './messages.ts';
import type { RowSource } from './open-rows.ts';

export interface TakeInDeps {
  ask<Name extends keyof IntakeRequests & string>(
    name: Name,
    body: AskOf<IntakeRequests, Name>,
  ): Promise<AnswerOf<IntakeRequests, Name>>;
  hash(key: CandidateKey): Promise<string>;
  newCustomer(): string;
  keepContacts(contacts: readonly NewContact[]): Promise<void>;
  keepRejected(importId: string, problems: readonly Problem[]): Promise<void>;
}

export interface TakeInFile {
  readonly name: string;
  readonly hash: string;
  /** 0 when nobody knows. */
  readonly exportMs: number;
}

const batchLines = 4000;
/** Batches the ledger's owner may be behind: what waits for it is held in memory. */
const mostAhead = 6;
/** Of the last chunks of every month: the first are taken while the others are packed. */
const chunksAtOnce = 8;
const mostRejected = 200_000;
const consentChannels = ['wecom-1v1', 'manual'] as const;

export const takeInFile = async (
  source: RowSource,
  file: TakeInFile,
  verdict: ScanVerdict,
  request: TakeInRequest,
  deps: TakeInDeps,
  report: (progress: ReadingProgress) => void,
): Promise<Result<TakenIn, FileFailure>> => {
  const { importId } = await deps.ask('intake.start', {
    fileName: file.name,
    fileHash: file.hash,
    source: request.mapping.format,
    mapping: Object.fromEntries(
      source.header.map((name, column) => [`${column + 1} ${name}`, request.mapping.columns[column] ?? 'skip']),
    ),
  });
  const writer = createBatchWriter(importId, file.exportMs, request, deps);
  let lines: CandidateLine[] = [];
  let returns: MatchedReturn[] = [];
  const rejected: Problem[] = [];
  let rejectedCount = 0;
  const seen = createCountSet();
  const reading = createOrderReading(
    {
      mapping: request.mapping,
      shop: request.shop,
      nowMs: request.nowMs,
      scattered: verdict.scattered,
      hasSeen: (key) => !seen.add(key),
      matchesReturns: verdict.summary.returns > 0,
    },
    {
      order(settled) {
        for (const line of settled) lines.push(line);
      },
      returned: (matched) => void returns.push(...matched),
      problem(problem) {
        if (keptProblems.includes(problem.kind) && request.mapping.answers.choices[problem.kind] !== 'leave-out')
          return;
        if (++rejectedCount <= mostRejected) rejected.push(problem);
      },
    },
  );
  const turns = createTurns();
  const flush = (): Promise<void> => {
    const [taken, back] = [lines, returns];
    lines = [];
    returns = [];
    return turns.take(() => writer.write(taken, back));
  };
  const read = await readWhole(source, reading.row, () => (lines.length >= batchLines ? flush() : undefined), report);
  if (!read.ok) {
    await turns.done().catch(() => undefined);
    await deps.ask('intake.cancel', { importId });
    return read;
  }
  reading.end();
  void flush();
  await turns.done();
  await writer.settle();
  await deps.keepRejected(importId, rejected);
  const { newLines, newCustomers } = await deps.ask('intake.finish', {
    importId,
    lines: writer.counts.lines,
    rejected: rejectedCount,
  });
  return ok({
    importId,
    lines: writer.counts.lines,
    newLines,
    orders: seen.size,
    customers: writer.customers,
    newCustomers,
    refunds: writer.counts.refunds,
    rejected: rejectedCount,
    erased: writer.counts.erased,
    seeds: writer.seeds(),
  });
};

/**
 * One batch is written while the next is read, because to learn who its customers are it waits for the ledger's owner:
 * `take` resolves when the work before is done.
 */
function createTurns(): { take(work: () => Promise<void>): Promise<void>; done(): Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  return {
    take(work) {
      const before = last;
      last = before.then(work);
      // Reported where it is awaited; without this a refusal would also be an unhandled one.
      last.catch(() => undefined);
      return before;
    },
    done: () => last,
  };
}

/** Reads every row, lets `pause` work between pieces of the file, and reports ten times a second. */
async function readWhole(
  source: RowSource,
  row: OrderReading['row'],
  pause: () => Promise<void> | undefined,
  report: (progress: ReadingProgress) => void,
): Promise<Result<null, FileFailure>> {
  let rows = 0;
  const startMs = performance.now();
  let reportedMs = startMs;
  return source.read(
    (cells, count, line, raw) => {
      rows++;
      row(cells, count, line, raw());
    },
    async (doneBytes) => {
      await pause();
      const nowMs = performance.now();
      if (nowMs - reportedMs < 100) return;
      reportedMs = nowMs;
      report({ doneBytes, totalBytes: source.bytes, rows, elapsedMs: nowMs - startMs, summary: null });
    },
  );
}

interface BatchWriter {
  write(lines: readonly CandidateLine[], returns: readonly MatchedReturn[]): Promise<void>;
  /** Resolves when everything handed over has been taken. */
  settle(): Promise<void>;
  seeds(): readonly ProductSeed[];
  readonly counts: { readonly lines: number; readonly refunds: number; readonly erased: number };
  readonly customers: number;
}

function createBatchWriter(importId: string, exportMs: number, request: TakeInRequest, deps: TakeInDeps): BatchWriter {
  const resolver = createCustomerResolver({
    hash: deps.hash,
    ask: (keys) => deps.ask('intake.customers-of-keys', keys),
    newCustomer: deps.newCustomer,
  });
  const products = new Map<string, { name: string; category: string }>();
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
  return {
    counts,
    get customers() {
      return resolver.customers.size;
    },
    async settle() {
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
    },
    seeds: () => seedsOf(products),
    async write(read, returns) {
      const all = await resolver.resolve(read);
      const lines = read.filter((_, at) => all.customers[at] !== '');
      const resolved: Resolved = { ...all, customers: all.customers.filter((customer) => customer !== '') };
      counts.erased += read.length - lines.length;
      const refunds = [...refundsOfLines(lines, exportMs), ...returns];
      counts.lines += lines.length;
      counts.refunds += refunds.length;
      for (const { item, itemName, category } of lines) {
        const known = products.get(item);
        if (!known) products.set(item, { name: itemName, category });
        else if (known.category === '' && category !== '') known.category = category;
      }
      while (untaken.length >= mostAhead) await untaken.shift();
      contacts.push(...resolved.contacts);
      append({
        kind: 'order-line',
        rows: lines.length,
        columns: {
          ...gatherLines(lines, resolved.customers, exportMs),
          customer: resolved.customers as readonly CustomerId[],
        },
      });
      append({ kind: 'refund', rows: refunds.length, columns: gatherRefunds(refunds, exportMs) });
      appendPeople(resolved, append);
      appendTags(lines, resolved.customers, request.member, append);
      appendConsent(gatherConsents(lines, resolved.customers, stated, consenting), append);
      send(full);
      full = [];
    },
  };
}

function seedsOf(products: ReadonlyMap<string, { name: string; category: string }>): readonly ProductSeed[] {
  return [...products].map(([item, { name, category }]) => ({
    name,
    items: [item],
    category,
    isFromOrders: true,
    suggestedTags: suggestTags({ name, category }, starterTags).map(({ tag }) => tag),
  }));
}

type Append = <Kind extends FactKind>(columns: FactColumns<Kind>) => void;

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
function appendTags(
  lines: readonly CandidateLine[],
  customers: readonly string[],
  member: string,
  append: Append,
): void {
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
