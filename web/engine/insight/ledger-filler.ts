/**
 * Fills the ledger: fetches the packed bytes of chunks, a few at once, and takes them. A chunk that cannot be had now
 * is asked for again when the network is back; one that cannot be read at all is counted and skipped.
 */
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import type { KeptChunk } from '#web/device/blob-store.ts';
import { type ChunkBytesDeps, readChunk } from './chunk-bytes.ts';

const mostAtOnce = 6;

export class LedgerFiller {
  readonly #missing = new Map<string, KeptChunk>();
  readonly #unreadable = new Set<string>();
  readonly #deps: ChunkBytesDeps;
  readonly #ledger: GrowingLedger;

  constructor(ledger: GrowingLedger, deps: ChunkBytesDeps) {
    this.#ledger = ledger;
    this.#deps = deps;
  }

  get unreadable(): number {
    return this.#unreadable.size;
  }

  /** Chunks that are known but not here. */
  get missing(): number {
    return this.#missing.size;
  }

  async take(
    chunks: readonly KeptChunk[],
    progressed: (done: number, total: number) => void = () => undefined,
  ): Promise<void> {
    const wanted = chunks.filter(({ id }) => !this.#ledger.hasChunk(id));
    let next = 0;
    let done = 0;
    const work = async (): Promise<void> => {
      for (let chunk = wanted[next++]; chunk !== undefined; chunk = wanted[next++]) {
        await this.#takeOne(chunk);
        progressed(++done, wanted.length);
      }
    };
    await Promise.all(Array.from({ length: Math.min(mostAtOnce, wanted.length) }, work));
  }

  /** Asks again for what could not be had. */
  retry(): Promise<void> {
    return this.take([...this.#missing.values()]);
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.#missing.delete(id);
      this.#ledger.dropChunk(id);
    }
  }

  async #takeOne(chunk: KeptChunk): Promise<void> {
    const packed = await readChunk(this.#deps, chunk.path, chunk.record);
    if (!packed.ok) {
      this.#missing.set(chunk.id, chunk);
      return;
    }
    this.#missing.delete(chunk.id);
    const taken = this.#ledger.takeChunk(chunk.record, packed.value);
    if (!taken.ok) this.#unreadable.add(chunk.id);
  }
}
