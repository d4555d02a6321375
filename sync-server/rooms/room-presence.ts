/** Presence of one room, told to everyone at most once in a while. */
import type { Connection } from './connection.ts';
import { type AwarenessEntry, encodeAwareness } from './messages.ts';
import { PresenceBook } from './presence.ts';

export class RoomPresence {
  readonly #book = new PresenceBook();
  readonly #connections: ReadonlySet<Connection>;
  readonly #everyMs: number;
  readonly #nowMs: () => number;
  #timer: NodeJS.Timeout | null = null;

  constructor(connections: ReadonlySet<Connection>, everyMs: number, nowMs: () => number) {
    this.#connections = connections;
    this.#everyMs = everyMs;
    this.#nowMs = nowMs;
  }

  announce(connection: Connection, entries: readonly AwarenessEntry[]): void {
    if (this.#book.announce(connection, connection.identity.member, entries, this.#nowMs())) this.#tellSoon();
  }

  leave(connection: Connection): void {
    if (this.#book.leave(connection, this.#nowMs())) this.#tellSoon();
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
      const changes = this.#book.takeChanges(this.#nowMs());
      if (changes.length === 0) return;
      const frame = encodeAwareness(changes);
      for (const connection of this.#connections) connection.send(frame);
    }, this.#everyMs);
  }
}
