/**
 * Imports while they run. Their chunks are written to this device as they fill, taken into the ledger without counting,
 * and count all together once the import is finished; an import that is cancelled, or whose tab died, leaves nothing.
 */
import { ChunkCutter, type PlannedChunk } from '#core/datasets/chunk-cutter.ts';
import type { Fact } from '#core/datasets/fact.ts';
import type { FactColumns } from '#core/datasets/fact-columns.ts';
import { addImport, type ImportRecord } from '#core/datasets/imports.doc.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { hexFromBytes, type ImportId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { BlobStore } from '#web/device/blob-store.ts';
import type { Documents } from '#web/workspace/documents.ts';
import type { OpenDocument } from '#web/workspace/workspace.ts';
import { writeChunks } from './chunk-writer.ts';
import type { ImportPlan } from './engine-context.ts';
import { EngineFailure } from './engine-failure.ts';

interface RunningImport {
  readonly plan: ImportPlan;
  readonly atMs: number;
  readonly cutter: ChunkCutter;
  readonly chunkIds: string[];
  /** Chunks are written one after another, in the order of the file. */
  writing: Promise<void>;
}

export interface RunningImportsDeps {
  readonly store: BlobStore;
  readonly platform: Platform;
  readonly ledger: GrowingLedger;
  readonly documents: Documents;
  readonly settings: OpenDocument;
  readonly memberId: string;
  nowMs(): number;
  /** The set of imports that must not count has changed. */
  resettle(): void;
  finished(): Promise<void>;
}

export class RunningImports {
  readonly #runningById = new Map<string, RunningImport>();
  readonly #deps: RunningImportsDeps;

  constructor(deps: RunningImportsDeps) {
    this.#deps = deps;
  }

  get ids(): Iterable<string> {
    return this.#runningById.keys();
  }

  /** Ends what an earlier session left: complete imports are named in the settings, others are swept away. */
  async recover(): Promise<void> {
    const { store, settings, documents } = this.#deps;
    const left = await store.imports.toArray();
    if (left.length === 0) return;
    await settings.loaded;
    for (const { complete } of left)
      if (complete !== null && settings.access === 'write') addImport(settings.doc, complete);
    await documents.flush();
    await store.transaction('rw', store.imports, store.staged, async () => {
      await store.imports.bulkDelete(left.map(({ id }) => id));
      await store.staged.clear();
    });
  }

  async start(plan: ImportPlan): Promise<ImportId> {
    const id = `i-${hexFromBytes(crypto.getRandomValues(new Uint8Array(8)))}` as ImportId;
    const atMs = this.#deps.nowMs();
    await this.#deps.store.imports.put({ id, startedMs: atMs, complete: null });
    this.#runningById.set(id, { plan, atMs, cutter: new ChunkCutter(), chunkIds: [], writing: Promise.resolve() });
    this.#deps.resettle();
    return id;
  }

  append(id: ImportId, facts: readonly Fact[]): Promise<void> {
    return this.#write(id, ({ cutter }) => cutter.add(facts));
  }

  appendColumns(id: ImportId, columns: FactColumns): Promise<void> {
    return this.#write(id, ({ cutter }) => cutter.addColumns(columns));
  }

  appendChunks(id: ImportId, chunks: readonly PlannedChunk[]): Promise<void> {
    return this.#write(id, () => chunks);
  }

  async finish(id: ImportId, counts: Pick<ImportRecord, 'lines' | 'rejected'>): Promise<void> {
    await this.#write(id, ({ cutter }) => [...cutter.finish()]);
    const { plan, atMs, chunkIds } = this.#runningOf(id);
    const { store, settings, documents, memberId } = this.#deps;
    const complete = { ...plan, ...counts, id, atMs, member: memberId, chunks: chunkIds.length };
    // From here on a crash loses nothing: the chunks wait to be sent, and the record to be named.
    await store.transaction('rw', store.imports, store.staged, store.outbox, async () => {
      const staged = await store.staged.bulkGet(chunkIds);
      await store.outbox.bulkPut(staged.filter((chunk) => chunk !== undefined));
      await store.staged.bulkDelete(chunkIds);
      await store.imports.put({ id, startedMs: atMs, complete });
    });
    addImport(settings.doc, complete);
    await documents.flush();
    await store.imports.delete(id);
    this.#runningById.delete(id);
    this.#deps.resettle();
    await this.#deps.finished();
  }

  async cancel(id: ImportId): Promise<void> {
    const running = this.#runningById.get(id);
    if (running === undefined) return;
    this.#runningById.delete(id);
    await running.writing.catch(() => undefined);
    const { store, ledger } = this.#deps;
    await store.transaction('rw', store.imports, store.staged, async () => {
      await store.staged.bulkDelete(running.chunkIds);
      await store.imports.delete(id);
    });
    for (const chunk of running.chunkIds) ledger.dropChunk(chunk);
    this.#deps.resettle();
  }

  #write(id: ImportId, cut: (running: RunningImport) => readonly PlannedChunk[]): Promise<void> {
    const running = this.#runningOf(id);
    const planned = cut(running);
    if (planned.length === 0) return running.writing;
    running.writing = running.writing.then(async () => {
      const chunks = await writeChunks(this.#deps, planned, { importId: id, importMs: running.atMs }, 'staged');
      if (!this.#runningById.has(id)) {
        await this.#deps.store.staged.bulkDelete(chunks.map(({ record }) => record.id));
        return;
      }
      for (const { record, columns } of chunks) {
        running.chunkIds.push(record.id);
        this.#deps.ledger.takeChunk(record, columns);
      }
    });
    return running.writing;
  }

  #runningOf(id: ImportId): RunningImport {
    const running = this.#runningById.get(id);
    if (running === undefined) throw new EngineFailure('unknown-import');
    return running;
  }
}
