/** What the topics' handlers are given, made of the engine's parts. */
import { readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { ChunkCutter } from '#core/datasets/chunk-cutter.ts';
import { readImports, setImportWithdrawn } from '#core/datasets/imports.doc.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import type { ImportId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { BlobStore } from '#web/device/blob-store.ts';
import type { Documents } from '#web/workspace/documents.ts';
import type { Member, OpenDocument } from '#web/workspace/workspace.ts';
import type { BeliefKeeper } from './belief-keeper.ts';
import { writeChunks } from './chunk-writer.ts';
import type { EngineContext } from './engine-context.ts';
import { EngineFailure } from './engine-failure.ts';
import type { Outbox } from './outbox.ts';
import type { RunningImports } from './running-imports.ts';

export interface ContextParts {
  readonly ledger: GrowingLedger;
  readonly platform: Platform;
  readonly member: Member;
  readonly store: BlobStore;
  readonly documents: Documents;
  readonly settings: OpenDocument;
  readonly catalogue: OpenDocument;
  readonly keeper: BeliefKeeper;
  readonly outbox: Outbox;
  readonly imports: RunningImports;
  nowMs(): number;
  changed(): void;
  /** After an import began or ceased to count: outcomes of decisions may have come or gone with it. */
  importsChanged(): Promise<void>;
}

export const createEngineContext = (parts: ContextParts): EngineContext => {
  const { ledger, platform, member, store, documents, settings, catalogue, keeper, outbox, imports, nowMs } = parts;
  const setWithdrawn = async (importId: ImportId, withdrawn: boolean): Promise<void> => {
    if (settings.access !== 'write') throw new EngineFailure('not-allowed');
    const done = setImportWithdrawn(settings.doc, { importId, withdrawn, atMs: nowMs(), member: member.id });
    if (!done.ok) throw new EngineFailure(done.error.kind);
    await documents.flush();
    await parts.importsChanged();
  };
  return {
    ledger,
    platform,
    member,
    nowMs,
    beliefs: () => keeper.beliefs,
    parameters: () => keeper.parameters,
    asOfDay: () => keeper.asOfDay,
    catalogue: () => readCatalogue(catalogue.doc).products,
    open: async (path) => {
      const document = documents.open(path);
      await document.loaded;
      return document;
    },
    append: async (facts) => {
      const cutter = new ChunkCutter();
      const planned = [...cutter.add(facts), ...cutter.finish()];
      const chunks = await writeChunks({ store, platform }, planned, { importId: '', importMs: nowMs() }, 'outbox');
      chunks.forEach(({ record }, at) => {
        const taken = ledger.takeChunk(record, planned[at]!.packed);
        if (!taken.ok) throw new EngineFailure(taken.error.kind);
      });
      parts.changed();
      await outbox.tell();
      void outbox.send();
    },
    imports: () => readImports(settings.doc).imports,
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
