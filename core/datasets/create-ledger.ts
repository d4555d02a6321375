/**
 * The in-memory ledger: all facts of a workspace in columns, growing chunk by chunk. Of the facts of one key the one of
 * highest rank counts (status order or version, export time, import time, chunk id, place in the chunk), as long as its
 * chunk is not dropped and its import not withdrawn. Every call costs work in proportion to the rows it concerns; what
 * it leaves behind is what a fresh reading of the same chunks gives, whatever the order.
 */
import { fail, ok } from '../result.ts';
import type { GrowingLedger } from './ledger-building.ts';
import { LedgerParts } from './ledger/ledger-parts.ts';
import { unpackColumns } from './unpack-columns.ts';

export const createLedger = (): GrowingLedger => {
  const parts = new LedgerParts();
  const { chunks, customers, products, orderLines, behaviours } = parts;
  let version = 0;
  const change = (act: () => void): void => {
    customers.openVersion(++version);
    act();
    parts.settlePeople();
  };
  return {
    get version() {
      return version;
    },
    orderLines,
    behaviours,
    get customerCount() {
      return customers.count;
    },
    get productCount() {
      return products.count;
    },
    get orderCount() {
      return orderLines.orders.count;
    },
    channels: parts.channels.words,
    campaigns: parts.campaigns.words,
    get byteLength() {
      return parts.byteLength;
    },
    takeChunk(origin, chunk) {
      const known = chunks.find(origin.id);
      if (known >= 0) {
        if (chunks.isDropped(known)) change(() => parts.resettle(chunks.setDropped(known, false)));
        return ok({ lines: chunks.lines(known) });
      }
      const unpacked = chunk instanceof Uint8Array ? unpackColumns(chunk) : ok(chunk);
      if (!unpacked.ok) return fail(unpacked.error);
      change(() => parts.take(origin, unpacked.value));
      return ok({ lines: unpacked.value.rows });
    },
    dropChunk(id) {
      const known = chunks.find(id);
      if (known >= 0 && !chunks.isDropped(known)) change(() => parts.resettle(chunks.setDropped(known, true)));
    },
    hasChunk: (id) => chunks.find(id) >= 0 && !chunks.isDropped(chunks.find(id)),
    setWithdrawnImports(ids) {
      const ranges = chunks.setWithdrawnImports(ids);
      if (ranges.length > 0) change(() => parts.resettle(ranges));
    },
    setExcluded(ids) {
      const excluded = new Set(ids);
      const isSame = excluded.size === parts.excludedIds.size && [...excluded].every((id) => parts.excludedIds.has(id));
      if (!isSame) change(() => (parts.excludedIds = excluded));
    },
    trim: () => parts.trim(),
    setCatalogue: (catalogue) => change(() => parts.setCatalogue(catalogue)),
    product: (dense) => products.show(dense),
    denseProduct: (productIdOrItem) => products.find(productIdOrItem),
    orderName: (dense) => orderLines.orders.text(dense),
    decisionsOfCampaign: (campaign) => parts.decisions.all((decision) => decision.campaign === campaign),
    behavioursNamed: (name, campaign) => behaviours.named(name, campaign),
    ...customerReaders(parts, () => version),
    changedSince: (since) => customers.changedSince(since),
  };
};

/** What the ledger tells of one customer. */
function customerReaders(parts: LedgerParts, version: () => number) {
  const { customers, orderLines, behaviours } = parts;
  const membersOf = (dense: number): readonly number[] => customers.members(dense);
  return {
    customer(dense) {
      const alias = parts.aliasOf(membersOf(dense));
      return { id: customers.id(dense), alias: alias?.alias ?? '', maskedPhone: alias?.maskedPhone ?? '' };
    },
    canonical: (dense) => customers.canonical[dense]!,
    isExcluded: (dense) => customers.excluded.has(dense),
    customerOfKey(keyKind, key) {
      const dense = parts.links.customerOf(keyKind, key);
      return dense < 0 ? '' : customers.id(dense);
    },
    idsOf: (dense) => membersOf(dense).map((one) => customers.id(one)),
    keysOf: (dense) => parts.links.keysOf(membersOf(dense)),
    denseCustomer: (id) => customers.canonical[customers.find(id)] ?? -1,
    linesOfCustomer: keepLatest((dense) => orderLines.linesOf(membersOf(dense)), version),
    behavioursOfCustomer: keepLatest((dense) => behaviours.rowsOf(membersOf(dense)), version),
    decisionsOfCustomer: (dense) => parts.decisions.of(membersOf(dense)),
    outcomesOfCustomer: (dense) => parts.outcomes.of(membersOf(dense)),
    consent: (dense, channel, purpose) => parts.consentOf(membersOf(dense), channel, purpose),
    tagMarks: (dense) => parts.tagMarksOf(membersOf(dense)),
    child: (dense) => parts.childOf(membersOf(dense)),
  } satisfies Partial<GrowingLedger>;
}

/** One customer is read several times in a row, once by each belief: their rows are found and sorted once. */
function keepLatest(find: (dense: number) => Int32Array, version: () => number): (dense: number) => Int32Array {
  let keptVersion = -1;
  let keptDense = -1;
  let kept: Int32Array = new Int32Array(0);
  return (dense) => {
    if (dense !== keptDense || version() !== keptVersion) kept = find(dense);
    keptDense = dense;
    keptVersion = version();
    return kept;
  };
}
