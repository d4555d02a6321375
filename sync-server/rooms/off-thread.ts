/** Work on a room's stored bytes that would hold everybody up, on one thread beside, which ends when it has nothing to do. */
import { Worker } from 'node:worker_threads';
import type { StoredParts } from './snapshot.ts';

export interface PartsJob {
  readonly id: number;
  readonly parts: StoredParts;
  /** Null merges to a snapshot; else what a client with this state lacks is encoded as step 2. */
  readonly stateVector: Uint8Array | null;
}

export type PartsAnswer =
  { readonly id: number; readonly bytes: Uint8Array } | { readonly id: number; readonly failure: string };

const idleMs = 30_000;

export class OffThread {
  readonly #waiting = new Map<number, { resolve(bytes: Uint8Array): void; reject(reason: unknown): void }>();
  #worker: Worker | null = null;
  #ids = 0;
  #idle: NodeJS.Timeout | null = null;

  run(parts: StoredParts, stateVector: Uint8Array | null): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#ids += 1;
      this.#waiting.set(this.#ids, { resolve, reject });
      this.#open().postMessage({ id: this.#ids, parts, stateVector } satisfies PartsJob);
    });
  }

  #open(): Worker {
    if (this.#idle) clearTimeout(this.#idle);
    if (this.#worker) {
      this.#worker.ref();
      return this.#worker;
    }
    const worker = new Worker(new URL('./parts.worker.ts', import.meta.url));
    const end = (reason: unknown): void => {
      // At rest it was let go, and whoever waits now waits for the next.
      if (this.#worker !== worker) return;
      this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(reason);
      this.#waiting.clear();
    };
    worker.on('message', (answer: PartsAnswer) => {
      const asked = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('bytes' in answer) asked?.resolve(answer.bytes);
      else asked?.reject(new Error(answer.failure));
      if (this.#waiting.size === 0) this.#rest(worker);
    });
    worker.on('error', end);
    worker.on('exit', (code) => end(new Error(`the thread for large documents ended with ${code}`)));
    this.#worker = worker;
    return worker;
  }

  /** Nothing to do does not keep the process alive. */
  #rest(worker: Worker): void {
    worker.unref();
    this.#idle = setTimeout(() => {
      this.#worker = null;
      void worker.terminate();
    }, idleMs).unref();
  }
}
