/** Presence of one room, told to everyone at most once in a while. */
import type { Connection } from './connection.ts';
import { type AwarenessEntry, encodeAwareness, frameMessage } from './messages.ts';
import { PresenceBook } from './presence.ts';

/** Whose client ids are whose, where the next owner of a room finds it. */
export interface KeptPresence {
  keep(room: string, bindings: readonly (readonly [number, string])[]): void;
  kept(room: string): Promise<readonly (readonly [number, string])[]>;
}

export interface RoomPresenceDeps {
  readonly everyMs: number;
  /** From the room's owner before us. */
  readonly bindings: readonly (readonly [number, string])[];
  nowMs(): number;
  changed(bindings: readonly (readonly [number, string])[]): void;
}

export class RoomPresence {
  readonly #book = new PresenceBook();
  readonly #connections: ReadonlySet<Connection>;
  readonly #deps: RoomPresenceDeps;
  #timer: NodeJS.Timeout | null = null;

  constructor(connections: ReadonlySet<Connection>, deps: RoomPresenceDeps) {
    this.#connections = connections;
    this.#deps = deps;
    this.#book.remember(deps.bindings, deps.nowMs());
  }

  announce(connection: Connection, entries: readonly AwarenessEntry[]): void {
    if (this.#book.announce(connection, connection.identity.member, entries, this.#deps.nowMs())) this.#tellSoon();
  }

  leave(connection: Connection): void {
    if (this.#book.leave(connection, this.#deps.nowMs())) this.#tellSoon();
  }

  restamp(connection: Connection): void {
    if (this.#book.restamp(connection.identity.member)) this.#tellSoon();
  }

  tellEveryone(connection: Connection): void {
    connection.send(encodeAwareness(this.#book.everyone()));
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const changes = this.#book.takeChanges(this.#deps.nowMs());
      if (changes.length === 0) return;
      const frame = frameMessage(encodeAwareness(changes));
      for (const connection of this.#connections) connection.sendFrame(frame);
      this.#deps.changed(this.#book.bindings());
    }, this.#deps.everyMs);
  }
}
