/**
 * Keeps this device's manifest records in step with the shared manifests: the current month of every dataset stays
 * connected, any other is opened when its counter in `facts-index` differs from the one this device has read, synced,
 * and closed again, a few at once. What was read is remembered, so a start needs no document at all.
 */
import { readFactsIndex, readManifest } from '#core/datasets/manifest.doc.ts';
import { monthFromMs } from '#core/units/business-day.ts';
import type { Access } from '#core/workspace/rooms.ts';
import type { BlobStore, KeptChunk } from '#web/device/blob-store.ts';
import type { Documents } from '#web/workspace/documents.ts';
import type { OpenDocument } from '#web/workspace/workspace.ts';
import type { DocumentWatch } from './document-watch.ts';

/** The datasets whose facts the ledger holds. */
const usedDatasets = ['orders', 'behaviour', 'decisions', 'outcomes', 'identity', 'profile'] as const;
const mostAtOnce = 6;
const syncMs = 20_000;

export interface MonthsDeps {
  readonly home: 'server' | 'device';
  readonly store: BlobStore;
  readonly documents: Documents;
  readonly watch: DocumentWatch;
  accessTo(path: string): Access;
  nowMs(): number;
  /** A manifest was read: these are its chunks, and these are no longer in it. */
  read(chunks: readonly KeptChunk[], gone: readonly string[]): Promise<void>;
  /** A month is read whole, or nothing more can be read for now. */
  progressed(): void;
}

export class Months {
  skipped = 0;
  readonly #index: OpenDocument;
  readonly #open = new Map<string, OpenDocument>();
  readonly #readCounter = new Map<string, number>();
  readonly #behind = new Set<string>();
  /** Ids of chunks that were handed on already. */
  readonly #knownByPath = new Map<string, Set<string>>();
  readonly #running = new Set<Promise<void>>();
  #isClosed = false;
  readonly #deps: MonthsDeps;

  constructor(deps: MonthsDeps) {
    this.#deps = deps;
    this.#index = deps.documents.open('facts-index');
  }

  /** What this device has read already: before it, every month is behind. */
  async recall(kept: readonly KeptChunk[]): Promise<void> {
    for (const { id, path } of kept) this.#knownOf(path).add(id);
    for (const { path, counter } of await this.#deps.store.months.toArray()) this.#readCounter.set(path, counter);
  }

  /** Resolves when everything that can be known now has been read: this device's copies, and the server's if it answers. */
  async start(withinMs: number): Promise<void> {
    await this.#index.loaded;
    this.#deps.progressed();
    this.keepCurrent();
    this.#index.doc.on('update', () => void this.catchUp());
    if (this.#deps.home === 'server' && !(await this.#deps.watch.isSynced('facts-index', withinMs))) return;
    await this.catchUp();
  }

  /** Opens the current month of every dataset and lets go of earlier ones. */
  keepCurrent(): void {
    const month = monthFromMs(this.#deps.nowMs());
    const wanted = usedDatasets
      .map((dataset) => `facts/${dataset}/${month}`)
      .filter((path) => this.#deps.accessTo(path) !== 'none');
    for (const [path, document] of this.#open)
      if (!wanted.includes(path)) {
        document.close();
        this.#open.delete(path);
      }
    for (const path of wanted) {
      if (this.#open.has(path)) continue;
      const document = this.#deps.documents.open(path);
      this.#open.set(path, document);
      let isWaiting = false;
      const later = (): void => {
        if (isWaiting) return;
        isWaiting = true;
        // Updates of one moment are read together.
        setTimeout(() => {
          isWaiting = false;
          if (this.#open.get(path) === document) void this.#read(path, document);
        }, 30);
      };
      document.doc.on('update', later);
      void document.loaded.then(later);
    }
  }

  /** Reads every manifest whose counter differs from the one read; resolves when none is behind, whoever began. */
  async catchUp(): Promise<void> {
    const wanted = [...readFactsIndex(this.#index.doc)].filter(
      ([path, counter]) => this.#readCounter.get(path) !== counter && this.#isWanted(path),
    );
    for (const [path] of wanted) this.#behind.add(path);
    for (let free = Math.min(mostAtOnce - this.#running.size, this.#behind.size); free > 0; free--) {
      const work: Promise<void> = this.#work().finally(() => this.#running.delete(work));
      this.#running.add(work);
    }
    await Promise.all(this.#running);
    this.#deps.progressed();
  }

  /** Manifests the server has named, and how many of them this device has not read as they are now. */
  get standing(): { readonly behind: number; readonly months: number } {
    const named = [...readFactsIndex(this.#index.doc)].filter(([path]) => this.#isWanted(path));
    const behind = named.filter(([path, counter]) => this.#readCounter.get(path) !== counter);
    return { behind: behind.length, months: named.length };
  }

  close(): void {
    this.#isClosed = true;
    this.#index.close();
    for (const document of this.#open.values()) document.close();
  }

  #isWanted(path: string): boolean {
    return usedDatasets.some((dataset) => path.startsWith(`facts/${dataset}/`)) && this.#deps.accessTo(path) !== 'none';
  }

  async #work(): Promise<void> {
    for (const path of this.#behind) {
      if (this.#isClosed) break;
      this.#behind.delete(path);
      await this.#catchUpMonth(path);
    }
  }

  async #catchUpMonth(path: string): Promise<void> {
    const counter = readFactsIndex(this.#index.doc).get(path);
    if (counter === undefined || this.#readCounter.get(path) === counter) return;
    const document = this.#deps.documents.open(path);
    try {
      await document.loaded;
      // Without the server's word the counter stays as it was, and the month is opened again next time.
      const isWhole = this.#deps.home === 'device' || (await this.#deps.watch.isSynced(path, syncMs));
      await this.#read(path, document);
      if (!isWhole || this.#isClosed) return;
      this.#readCounter.set(path, counter);
      await this.#deps.store.months.put({ path, counter });
      this.#deps.progressed();
    } finally {
      document.close();
    }
  }

  async #read(path: string, { doc }: OpenDocument): Promise<void> {
    const { records, skipped } = readManifest(doc);
    this.skipped = Math.max(this.skipped, skipped);
    const known = this.#knownOf(path);
    const fresh = records
      .filter(({ id }) => !known.has(id))
      .map((record): KeptChunk => ({ id: record.id, path, record }));
    const replaced = new Set<string>(records.flatMap(({ replaces }) => replaces));
    // Only what a record replaces goes; a copy that is behind the server merely lacks something.
    const gone = [...known].filter((id) => replaced.has(id));
    for (const { id } of fresh) known.add(id);
    for (const id of gone) known.delete(id);
    if (fresh.length > 0 || gone.length > 0) await this.#deps.read(fresh, gone);
  }

  #knownOf(path: string): Set<string> {
    let known = this.#knownByPath.get(path);
    if (known === undefined) this.#knownByPath.set(path, (known = new Set()));
    return known;
  }
}
