/**
 * A document's copy on this device: a database of y-indexeddb, read and caught up by its `fetchUpdates`. Its own
 * persistence is not used: that one writes at every opening, which fails on a full disk, throws through Yjs when the
 * database closes, and never says what is stored. Here an update counts as saved when its transaction has completed, a
 * database that was closed or refused is opened again and the same updates are written again, and every failure is told.
 */
import * as idb from 'lib0/indexeddb';
import { fetchUpdates, type IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';

export type CopyFailure = 'quota' | 'unavailable';

export interface CopyState {
  /** Updates not yet on disk. */
  readonly unsaved: number;
  readonly failure: CopyFailure | null;
}

export interface LocalCopy {
  /** Resolves when this device's copy is in the document; also when there is none or it cannot be read. */
  readonly loaded: Promise<void>;
  /** What `keep` stored in earlier sessions, by key. Known once loaded. */
  readonly kept: ReadonlyMap<string, unknown>;
  /** Stores a value beside the updates, with the next write; undefined removes it. */
  keep(key: string, value: unknown): void;
  /** Resolves when everything so far is on disk, or could not be written. */
  flush(): Promise<void>;
  /** Keeps the document as it is and nothing of how it became so: what was deleted leaves the disk. */
  trim(): Promise<void>;
  close(): Promise<void>;
}

/** Under such keys a document keeps what its server has not confirmed. */
export const unconfirmedPrefix = 'unconfirmed/';

const trimAfter = 200;
const retryMs = 2000;
/** So many updates of one moment are stored as they came: merging a large one costs far more than a row. */
const mostRows = 32;

export const openLocalCopy = (name: string, doc: Y.Doc, report: (state: CopyState) => void): LocalCopy =>
  new IndexedCopy(name, doc, report);

class IndexedCopy implements LocalCopy {
  readonly loaded: Promise<void>;
  readonly kept = new Map<string, unknown>();
  #queue: Uint8Array[] = [];
  readonly #keeping = new Map<string, unknown>();
  #failure: CopyFailure | null = null;
  #writing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How far the stored updates have been read, as y-indexeddb keeps it: next key, and how many there are. */
  readonly #reading: Pick<IndexeddbPersistence, 'db' | 'doc' | '_dbref' | '_dbsize' | '_destroyed'>;
  #isClosed = false;
  readonly #name: string;
  readonly #doc: Y.Doc;
  readonly #report: (state: CopyState) => void;

  constructor(name: string, doc: Y.Doc, report: (state: CopyState) => void) {
    this.#name = name;
    this.#doc = doc;
    this.#reading = { db: null, doc, _dbref: 0, _dbsize: 0, _destroyed: false };
    this.#report = report;
    doc.on('update', this.#take);
    this.loaded = this.#load();
  }

  keep(key: string, value: unknown): void {
    this.#keeping.set(key, value);
    this.#schedule();
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.loaded;
    await this.#write();
  }

  async trim(): Promise<void> {
    await this.flush();
    try {
      await this.#trim(await this.#open());
    } catch (error) {
      this.#failure = failureOf(error);
      this.#tell();
    }
  }

  async close(): Promise<void> {
    this.#doc.off('update', this.#take);
    await this.flush();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#letGo();
  }

  readonly #take = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.#reading) return;
    this.#queue.push(update);
    this.#tell();
    this.#schedule();
  };

  #schedule(afterMs = 0): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => void this.flush(), afterMs);
  }

  #tell(): void {
    this.#report({ unsaved: this.#queue.length, failure: this.#failure });
  }

  async #load(): Promise<void> {
    // Nothing is reported before whoever opened us holds us.
    await Promise.resolve();
    try {
      const database = await this.#open();
      await this.#read(database);
      const [custom] = idb.transact(database, ['custom'], 'readonly');
      if (custom) for (const { k, v } of await idb.getAllKeysValues(custom)) this.kept.set(String(k), v);
      if (this.#reading._dbsize > trimAfter) await this.#trim(database);
    } catch (error) {
      this.#failure = failureOf(error);
    }
    this.#tell();
  }

  /** Takes in what is stored and has not been read. A damaged update, which ends the library's reading, hides no other. */
  async #read(database: IDBDatabase): Promise<IDBObjectStore> {
    try {
      return await fetchUpdates(this.#reading as IndexeddbPersistence);
    } catch {
      const [store] = idb.transact(database, ['updates']) as [IDBObjectStore];
      const rows = (await idb.getAllKeysValues(store)) as { k: number; v: Uint8Array }[];
      Y.transact(this.#doc, () => rows.forEach(({ v }) => applyReadable(this.#doc, v)), this.#reading, false);
      this.#reading._dbref = (rows.at(-1)?.k ?? 0) + 1;
      this.#reading._dbsize = rows.length;
      return store;
    }
  }

  /** One write at a time; what arrives meanwhile goes with the next. */
  async #write(): Promise<void> {
    while (this.#writing) await this.#writing;
    if (this.#queue.length === 0 && this.#keeping.size === 0) return;
    this.#writing = this.#writeBatch().finally(() => (this.#writing = null));
    await this.#writing;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#queue;
    const keeping = [...this.#keeping];
    this.#queue = [];
    this.#keeping.clear();
    try {
      const database = await this.#open();
      const [updates, custom] = idb.transact(database, ['updates', 'custom']) as [IDBObjectStore, IDBObjectStore];
      const completed = completionOf(updates);
      const rows = batch.length > mostRows ? [Y.mergeUpdates(batch)] : batch;
      for (const row of rows) updates.add(row);
      for (const [key, value] of keeping)
        if (value === undefined) custom.delete(key);
        else custom.put(value, key);
      await completed;
      this.#failure = null;
      this.#reading._dbsize += rows.length;
      if (this.#reading._dbsize > trimAfter) await this.#trim(database);
    } catch (error) {
      this.#queue = [...batch, ...this.#queue];
      for (const [key, value] of keeping) if (!this.#keeping.has(key)) this.#keeping.set(key, value);
      this.#failure = failureOf(error);
      this.#letGo();
      this.#schedule(retryMs);
    }
    this.#tell();
  }

  /** Replaces all updates by one. What other tabs have written since is read in the same transaction. */
  async #trim(database: IDBDatabase): Promise<void> {
    const store = await this.#read(database);
    const completed = completionOf(store);
    store.add(Y.encodeStateAsUpdate(this.#doc));
    store.delete(IDBKeyRange.upperBound(this.#reading._dbref, true));
    await completed;
    this.#reading._dbsize = 1;
  }

  async #open(): Promise<IDBDatabase> {
    if (this.#reading.db) return this.#reading.db;
    const database = await idb.openDB(this.#name, (fresh) =>
      idb.createStores(fresh, [['updates', { autoIncrement: true }], ['custom']]),
    );
    database.onclose = () => this.#letGo(database);
    database.onversionchange = () => this.#letGo(database);
    this.#reading.db = database;
    // It may be another than before: deleted meanwhile, it begins anew.
    this.#reading._dbref = 0;
    return database;
  }

  #letGo(database = this.#reading.db): void {
    database?.close();
    if (this.#reading.db === database) this.#reading.db = null;
  }
}

function applyReadable(doc: Y.Doc, update: Uint8Array): void {
  try {
    Y.applyUpdate(doc, update);
  } catch {
    // Damaged on disk. The server still has what it acknowledged, and the rest of the copy is read.
  }
}

/** The transaction's own failure is the one that tells why; a failed request only repeats it. */
const completionOf = ({ transaction }: IDBObjectStore): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
  });

/** lib0 hands on a failure as its text. */
const failureOf = (error: unknown): CopyFailure =>
  String(error).includes('QuotaExceededError') ? 'quota' : 'unavailable';
