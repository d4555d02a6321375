/** What the topics' handlers are given, made of the engine's parts. */
import type { Product, ProductSeed } from '#core/catalogue/product.ts';
import { ChunkCutter } from '#core/datasets/chunk-cutter.ts';
import { readImports, setImportWithdrawn } from '#core/datasets/imports.doc.ts';
import { readExclusions } from '#core/identity/exclusions.doc.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import type { ImportId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { BlobStore, KeptChunk } from '#web/device/blob-store.ts';
import type { Documents } from '#web/workspace/documents.ts';
import type { Member, OpenDocument } from '#web/workspace/workspace.ts';
import type { BeliefKeeper } from './belief-keeper.ts';
import { readChunk } from './chunk-bytes.ts';
import { writeChunks } from './chunk-writer.ts';
import { DeviceEraser } from './device-eraser.ts';
import type { EngineContext } from './engine-context.ts';
import { EngineFailure } from './engine-failure.ts';
import type { ErasedPeople } from './erased-people.ts';
import type { Outbox } from './outbox.ts';
import type { RunningImports } from './running-imports.ts';

export interface ContextParts {
  readonly ledger: GrowingLedger;
  readonly platform: Platform;
  readonly member: Member;
  readonly store: BlobStore;
  readonly documents: Documents;
  readonly settings: OpenDocument;
  readonly keeper: BeliefKeeper;
  readonly outbox: Outbox;
  readonly imports: RunningImports;
  readonly people: ErasedPeople;
  readonly workspace: string;
  /** Null in a workspace without a server. */
  readonly origin: string | null;
  catalogue(): readonly Product[];
  addProducts(seeds: readonly ProductSeed[]): number;
  takeManifest(chunks: readonly KeptChunk[], gone: readonly string[]): Promise<void>;
  nowMs(): number;
  changed(): void;
  /** After an import began or ceased to count: outcomes of decisions may have come or gone with it. */
  importsChanged(): Promise<void>;
}

export const createEngineContext = (parts: ContextParts): EngineContext => {
  const { ledger, platform, member, store, documents, settings, keeper, outbox, imports, nowMs } = parts;
  const setWithdrawn = async (importId: ImportId, withdrawn: boolean): Promise<void> => {
    if (settings.access !== 'write') throw new EngineFailure('not-allowed');
    const done = setImportWithdrawn(settings.doc, { importId, withdrawn, atMs: nowMs(), member: member.id });
    if (!done.ok) throw new EngineFailure(done.error.kind);
    await documents.flush();
    await parts.importsChanged();
  };
  const eraser = new DeviceEraser({
    ...parts,
    memberId: member.id,
    taken: parts.takeManifest,
    sent: () => outbox.send(),
  });
  return {
    ledger,
    platform,
    member,
    nowMs,
    beliefs: () => keeper.beliefs,
    parameters: () => keeper.parameters,
    asOfDay: () => keeper.asOfDay,
    catalogue: () => parts.catalogue(),
    addProducts: (seeds) => parts.addProducts(seeds),
    open: async (path) => {
      const document = documents.open(path);
      await document.loaded;
      return document;
    },
    append: async (facts) => {
      const cutter = new ChunkCutter();
      const planned = [...cutter.add(facts), ...cutter.finish()];
      const chunks = await writeChunks({ store, platform }, planned, { importId: '', importMs: nowMs() }, 'outbox');
      for (const { record, columns } of chunks) ledger.takeChunk(record, columns);
      parts.changed();
      await outbox.tell();
      void outbox.send();
    },
    erased: () => parts.people.read(),
    eachPacked: (prefix, take) => eachPacked(parts, prefix, take),
    erase: (person) => {
      if (parts.origin !== null) throw new EngineFailure('not-allowed');
      return eraser.erase(person);
    },
    forgetComments: async () => (parts.origin === null ? eraser.forgetComments() : 0),
    searchTexts: (words, trims) => eraser.search(words, trims),
    imports: () => readImports(settings.doc).imports,
    exclusions: () => readExclusions(settings.doc),
    startImport: (plan) => imports.start(plan),
    appendImportFacts: (id, facts) => imports.append(id, facts),
    appendImportColumns: (id, columns) => imports.appendColumns(id, columns),
    appendImportChunks: (id, chunks) => imports.appendChunks(id, chunks),
    finishImport: (id, counts) => imports.finish(id, counts),
    cancelImport: (id) => imports.cancel(id),
    withdrawImport: (id) => setWithdrawn(id, true),
    redoImport: (id) => setWithdrawn(id, false),
  };
};

/** What a manifest names and what waits to be named. */
const eachPacked = async (
  parts: Pick<ContextParts, 'store' | 'platform' | 'workspace' | 'origin'>,
  prefix: string,
  take: (packed: Uint8Array) => Promise<void>,
): Promise<void> => {
  const kept = [...(await parts.store.chunks.toArray()), ...(await parts.store.outbox.toArray())];
  for (const { path, record } of kept.filter((chunk) => chunk.path.startsWith(prefix))) {
    const packed = await readChunk(parts, path, record);
    if (!packed.ok) throw new EngineFailure(packed.error.kind);
    await take(packed.value);
  }
};
