/**
 * Who is in the room, as awareness states. The server stamps `member` on every state, and a client id belongs to the
 * member that used it first (for a minute after it left, too), so nobody speaks or leaves in another's name. Browser
 * tabs of one member repeat each other's states; a state stays until the last connection that announced it is gone.
 */
import type { AwarenessEntry } from './messages.ts';

export interface Speaker {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

interface Presence {
  clock: number;
  state: AwarenessEntry['state'];
  readonly member: string;
  readonly announcers: Set<object>;
  leftMs: number;
}

const rememberedMs = 60_000;
const mostClientsOfOne = 32;

export class PresenceBook {
  readonly #byClient = new Map<number, Presence>();
  readonly #changed = new Set<number>();

  /** Client ids that belonged to members where the room was before; they may come back. */
  remember(bindings: readonly (readonly [number, string])[], nowMs: number): void {
    for (const [client, member] of bindings)
      if (!this.#byClient.has(client))
        this.#byClient.set(client, { clock: -1, state: null, member, announcers: new Set(), leftMs: nowMs });
  }

  bindings(): readonly (readonly [number, string])[] {
    return [...this.#byClient].map(([client, { member }]) => [client, member]);
  }

  /** Takes what this connection may say; answers whether anything changed. */
  announce(connection: object, speaker: Speaker, entries: readonly AwarenessEntry[], nowMs: number): boolean {
    let changed = false;
    for (const entry of entries) changed = this.#announceOne(connection, speaker, entry, nowMs) || changed;
    return changed;
  }

  #announceOne(connection: object, speaker: Speaker, { client, clock, state }: AwarenessEntry, nowMs: number): boolean {
    let known = this.#byClient.get(client);
    if (known && known.member !== speaker.id) {
      if (known.state !== null || nowMs - known.leftMs < rememberedMs) return false;
      known = undefined;
    }
    if (!known) {
      // Test rooms have no members.
      const isOneTooMany = speaker.id !== '' && this.#countOf(speaker.id) >= mostClientsOfOne;
      if (state === null || isOneTooMany) return false;
      known = { clock: -1, state: null, member: speaker.id, announcers: new Set(), leftMs: 0 };
      this.#byClient.set(client, known);
    }
    const isNewer = clock > known.clock || (clock === known.clock && state === null && known.state !== null);
    if (state !== null && clock >= known.clock) known.announcers.add(connection);
    if (!isNewer) return false;
    known.clock = clock;
    known.state =
      state === null ? null : { ...state, member: { id: speaker.id, name: speaker.name, role: speaker.role } };
    if (state === null) {
      known.leftMs = nowMs;
      known.announcers.clear();
    }
    this.#changed.add(client);
    return true;
  }

  /** The connection closed: what only it announced has left. */
  leave(connection: object, nowMs: number): boolean {
    let changed = false;
    for (const [client, known] of this.#byClient) {
      if (!known.announcers.delete(connection) || known.announcers.size > 0 || known.state === null) continue;
      known.state = null;
      known.leftMs = nowMs;
      this.#changed.add(client);
      changed = true;
    }
    return changed;
  }

  /** A new name or role appears on states already announced. */
  restamp(speaker: Speaker): boolean {
    let changed = false;
    for (const [client, known] of this.#byClient) {
      if (known.member !== speaker.id || known.state === null) continue;
      known.state = { ...known.state, member: { id: speaker.id, name: speaker.name, role: speaker.role } };
      known.clock += 1;
      this.#changed.add(client);
      changed = true;
    }
    return changed;
  }

  /** Everyone present now. */
  everyone(): readonly AwarenessEntry[] {
    return [...this.#byClient].flatMap(([client, { clock, state }]) =>
      state === null ? [] : [{ client, clock, state }],
    );
  }

  /** What changed since the last call; forgets who left long ago. */
  takeChanges(nowMs: number): readonly AwarenessEntry[] {
    const changes = [...this.#changed].flatMap((client) => {
      const known = this.#byClient.get(client);
      return known ? [{ client, clock: known.clock, state: known.state }] : [];
    });
    this.#changed.clear();
    for (const [client, known] of this.#byClient)
      if (known.state === null && nowMs - known.leftMs >= rememberedMs) this.#byClient.delete(client);
    return changes;
  }

  #countOf(member: string): number {
    let count = 0;
    for (const known of this.#byClient.values()) if (known.member === member && known.state !== null) count += 1;
    return count;
  }
}
