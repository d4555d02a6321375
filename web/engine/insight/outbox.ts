/**
 * Chunks that are counted on this device but not known to be where they belong: in the manifest of their month, and on
 * a server workspace on the server's disk. They lie in Dexie before anybody is told that they are saved, and leave it
 * only when the server has confirmed the manifest that names them. A blob is uploaded before a manifest names it.
 */
import { addManifestRecords, countManifestChanges } from '#core/datasets/manifest.doc.ts';
import type { BlobStore, KeptChunk } from '#web/device/blob-store.ts';
import type { Documents } from '#web/workspace/documents.ts';
import { blobAddress, type ChunkBytesDeps } from './chunk-bytes.ts';
import type { DocumentWatch } from './document-watch.ts';

export interface OutboxDeps extends ChunkBytesDeps {
  readonly store: BlobStore;
  readonly documents: Documents;
  readonly watch: DocumentWatch;
  /** Only one worker of a device sends at a time. */
  readonly lockName: string;
  told(waiting: number): void;
}

const retryMs = 15_000;
const confirmMs = 20_000;

export class Outbox {
  #isSending = false;
  #isAskedAgain = false;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #deps: OutboxDeps;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Sends what waits, now or as soon as what is being sent is done; what fails is tried again later. */
  async send(): Promise<void> {
    this.#isAskedAgain = true;
    if (this.#isSending || this.#isClosed) return;
    this.#isSending = true;
    clearTimeout(this.#timer);
    while (this.#isAskedAgain && !this.#isClosed) {
      this.#isAskedAgain = false;
      await navigator.locks.request(this.#deps.lockName, () => this.#sendAll()).catch(() => undefined);
    }
    this.#isSending = false;
    const waiting = await this.tell();
    if (waiting > 0 && !this.#isClosed) this.#timer = setTimeout(() => void this.send(), retryMs);
  }

  async tell(): Promise<number> {
    const waiting = this.#isClosed ? 0 : await this.#deps.store.outbox.count().catch(() => 0);
    this.#deps.told(waiting);
    return waiting;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #sendAll(): Promise<void> {
    const chunksByPath = new Map<string, KeptChunk[]>();
    for (const chunk of await this.#deps.store.outbox.toArray()) {
      const own = chunksByPath.get(chunk.path);
      if (own === undefined) chunksByPath.set(chunk.path, [chunk]);
      else own.push(chunk);
    }
    for (const [path, chunks] of chunksByPath) {
      if (this.#isClosed) return;
      await this.#sendMonth(path, chunks);
      await this.tell();
    }
  }

  async #sendMonth(path: string, chunks: readonly KeptChunk[]): Promise<void> {
    const { documents, store, origin, watch } = this.#deps;
    const ready: KeptChunk[] = [];
    for (const chunk of chunks) if (chunk.record.inline !== null || (await this.#upload(chunk))) ready.push(chunk);
    if (ready.length === 0) return;
    const manifest = documents.open(path);
    try {
      await manifest.loaded;
      const added = addManifestRecords(
        manifest.doc,
        ready.map(({ record }) => record),
      );
      await documents.flush();
      if (origin === null) {
        if (added > 0) await this.#countChange(path);
      } else if (!(await watch.isConfirmed(path, confirmMs))) return;
      await store.transaction('rw', store.chunks, store.outbox, async () => {
        await store.chunks.bulkPut(ready.map((chunk) => ({ ...chunk })));
        await store.outbox.bulkDelete(ready.map(({ id }) => id));
      });
    } finally {
      manifest.close();
    }
  }

  async #countChange(path: string): Promise<void> {
    const index = this.#deps.documents.open('facts-index');
    await index.loaded;
    countManifestChanges(index.doc, [path]);
    index.close();
  }

  async #upload({ path, record }: KeptChunk): Promise<boolean> {
    if (this.#deps.origin === null) return true;
    const kept = await this.#deps.store.blobs.get(record.hash);
    if (kept === undefined) return false;
    const response = await fetch(blobAddress(this.#deps, path, record.hash), {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/octet-stream' },
      body: kept.stored as Uint8Array<ArrayBuffer>,
    }).catch(() => null);
    return response?.ok ?? false;
  }
}
