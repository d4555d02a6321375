/** The server's own listeners of a room; one that throws harms nobody else. */
import type * as Y from 'yjs';

export interface RoomWatcher {
  readonly listener: (doc: Y.Doc) => void;
}

export class RoomWatchers {
  readonly #watchers = new Set<RoomWatcher>();
  readonly #complain: (error: unknown) => void;

  constructor(complain: (error: unknown) => void) {
    this.#complain = complain;
  }

  get size(): number {
    return this.#watchers.size;
  }

  add(listener: (doc: Y.Doc) => void): RoomWatcher {
    const watcher = { listener };
    this.#watchers.add(watcher);
    return watcher;
  }

  remove(watcher: RoomWatcher): void {
    this.#watchers.delete(watcher);
  }

  tellAll(doc: Y.Doc): void {
    for (const watcher of this.#watchers) this.tell(watcher, doc);
  }

  tell(watcher: RoomWatcher, doc: Y.Doc): void {
    if (!this.#watchers.has(watcher)) return;
    try {
      watcher.listener(doc);
    } catch (error) {
      this.#complain(error);
    }
  }
}
