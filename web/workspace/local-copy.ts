/**
 * A document's copy on this device, in the layout of y-indexeddb (stores `updates` and `custom`). Unlike it, this one
 * knows what is on disk: an update counts as saved when its transaction has completed, a database that was closed or
 * refused is opened again and the same updates are written again, and every failure is told.
 */
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
  close(): Promise<void>;
}

/** Under such keys a document keeps what its server has not confirmed. */
export const unconfirmedPrefix = 'unconfirmed/';

const trimAfter = 200;
const retryMs = 2000;

export const openLocalCopy = (name: string, doc: Y.Doc, report: (state: CopyState) => void): LocalCopy =>
  new IndexedCopy(name, doc, report);

class IndexedCopy implements LocalCopy {
  readonly loaded: Promise<void>;
  readonly kept = new Map<string, unknown>();
  #database: IDBDatabase | null = null;
  #queue: Uint8Array[] = [];
  readonly #keeping = new Map<string, unknown>();
  #failure: CopyFailure | null = null;
  #writing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stored = 0;
  #isClosed = false;
  readonly #name: string;
  readonly #doc: Y.Doc;
  readonly #report: (state: CopyState) => void;

  constructor(name: string, doc: Y.Doc, report: (state: CopyState) => void) {
    this.#name = name;
    this.#doc = doc;
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

  async close(): Promise<void> {
    this.#doc.off('update', this.#take);
    await this.flush();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#database?.close();
    this.#database = null;
  }

  readonly #take = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
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
      const [updates, keys, values] = await inTransaction(database, 'readonly', (updateStore, customStore) =>
        Promise.all([
          answerOf(updateStore.getAll() as IDBRequest<Uint8Array[]>),
          answerOf(customStore.getAllKeys()),
          answerOf(customStore.getAll() as IDBRequest<unknown[]>),
        ]),
      );
      keys.forEach((key, at) => this.kept.set(String(key), values[at]));
      this.#apply(updates);
      this.#stored = updates.length;
      if (this.#stored > trimAfter) await this.#trim(database);
    } catch (error) {
      this.#failure = failureOf(error);
    }
    this.#tell();
  }

  /** One transaction, and not a local one: reading a copy is no edit. A damaged update does not hide the others. */
  #apply(updates: readonly Uint8Array[]): void {
    Y.transact(this.#doc, () => updates.forEach((update) => applyReadable(this.#doc, update, this)), this, false);
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
      await inTransaction(database, 'readwrite', async (updateStore, customStore) => {
        if (batch.length > 0) updateStore.add(batch.length === 1 ? batch[0] : Y.mergeUpdates(batch));
        for (const [key, value] of keeping)
          if (value === undefined) customStore.delete(key);
          else customStore.put(value, key);
      });
      this.#failure = null;
      this.#stored += batch.length > 0 ? 1 : 0;
      if (this.#stored > trimAfter) await this.#trim(database);
    } catch (error) {
      this.#queue = [...batch, ...this.#queue];
      for (const [key, value] of keeping) if (!this.#keeping.has(key)) this.#keeping.set(key, value);
      this.#failure = failureOf(error);
      this.#database?.close();
      this.#database = null;
      this.#schedule(retryMs);
    }
    this.#tell();
  }

  /** Replaces all updates by one. What other tabs have written since is read in the same transaction. */
  async #trim(database: IDBDatabase): Promise<void> {
    await inTransaction(database, 'readwrite', async (updateStore) => {
      const [updates, keys] = await Promise.all([
        answerOf(updateStore.getAll() as IDBRequest<Uint8Array[]>),
        answerOf(updateStore.getAllKeys()),
      ]);
      const last = keys.at(-1);
      if (last === undefined) return;
      this.#apply(updates);
      updateStore.delete(IDBKeyRange.upperBound(last));
      updateStore.add(Y.encodeStateAsUpdate(this.#doc));
    });
    this.#stored = 1;
  }

  async #open(): Promise<IDBDatabase> {
    if (this.#database) return this.#database;
    const request = indexedDB.open(this.#name);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('updates', { autoIncrement: true });
      request.result.createObjectStore('custom');
    };
    const database = await answerOf(request);
    const letGo = (): void => {
      if (this.#database === database) this.#database = null;
    };
    database.onclose = letGo;
    database.onversionchange = () => {
      database.close();
      letGo();
    };
    this.#database = database;
    return database;
  }
}

function applyReadable(doc: Y.Doc, update: Uint8Array, origin: unknown): void {
  try {
    Y.applyUpdate(doc, update, origin);
  } catch {
    // Damaged on disk. The server still has what it acknowledged, and the rest of the copy is read.
  }
}

async function inTransaction<Answer>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  run: (updates: IDBObjectStore, custom: IDBObjectStore) => Promise<Answer>,
): Promise<Answer> {
  const transaction = database.transaction(['updates', 'custom'], mode);
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
  });
  const answer = run(transaction.objectStore('updates'), transaction.objectStore('custom'));
  // The transaction's own failure is the one that tells why; a failed request only repeats it.
  answer.catch(() => undefined);
  await done;
  return answer;
}

const answerOf = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('request failed', 'UnknownError'));
  });

const failureOf = (error: unknown): CopyFailure =>
  error instanceof DOMException && error.name === 'QuotaExceededError' ? 'quota' : 'unavailable';
