/**
 * Which edits of this device the server has not yet confirmed. An edit counts as one place (the record it touched),
 * however many keys were pressed there. The server acknowledges by number of messages taken, because deletions leave
 * no trace in a state vector; an edit is confirmed when the message that carried it has been.
 */
import type * as Y from 'yjs';

export interface PendingPlace {
  /** Root type and record, as in `items/i7`; the root alone when the change was at its top. */
  readonly place: string;
  readonly atMs: number;
}

interface Pending {
  readonly place: string;
  readonly atMs: number;
  /** Which message of this connection carried it; null while it waits for one. */
  sentAs: number | null;
}

export interface PendingChanges {
  /** Places with unconfirmed edits, oldest first. */
  readonly places: readonly PendingPlace[];
  /** Edits that earlier sessions of this device left unconfirmed. */
  restore(places: readonly PendingPlace[]): void;
  /** An own transaction; `sentAs` when the connection has just sent it. */
  add(transaction: Y.Transaction, atMs: number, sentAs: number | null): void;
  /** Step 2 went out as this message: it carries everything there is. */
  sentAll(sentAs: number): void;
  /** The server has taken that many messages of this connection, durably. True when something was confirmed. */
  confirm(taken: number): boolean;
  /** The connection is gone: whatever was on the way may not have arrived. */
  disconnected(): void;
}

export const createPendingChanges = (): PendingChanges => {
  let list: Pending[] = [];
  return {
    get places() {
      const firstByPlace = new Map<string, PendingPlace>();
      for (const { place, atMs } of list) if (!firstByPlace.has(place)) firstByPlace.set(place, { place, atMs });
      return [...firstByPlace.values()];
    },
    restore: (places) => {
      list = [...places.map((place) => ({ ...place, sentAs: null })), ...list];
    },
    add: (transaction, atMs, sentAs) => {
      for (const place of placesOf(transaction)) {
        // A thousand keystrokes in one place while offline are one entry.
        const last = list.findLast((pending) => pending.place === place && pending.sentAs === sentAs);
        if (!last) list.push({ place, atMs, sentAs });
      }
    },
    sentAll: (sentAs) => {
      for (const pending of list) pending.sentAs ??= sentAs;
    },
    confirm: (taken) => {
      const before = list.length;
      list = list.filter(({ sentAs }) => sentAs === null || sentAs > taken);
      return list.length < before;
    },
    disconnected: () => {
      for (const pending of list) pending.sentAs = null;
    },
  };
};

function placesOf(transaction: Y.Transaction): Set<string> {
  const places = new Set<string>();
  for (const [type, keys] of transaction.changed) {
    const path = pathOf(type as unknown as Y.AbstractType<unknown>);
    if (path.length > 1) places.add(path.slice(0, 2).join('/'));
    else for (const key of keys) places.add(key === null ? (path[0] ?? '') : `${path[0]}/${key}`);
  }
  return places;
}

/** From the root: its name, then the key (or nothing, inside a list) at each step down. */
function pathOf(type: Y.AbstractType<unknown>): string[] {
  const path: string[] = [];
  let at: Y.AbstractType<unknown> | null = type;
  while (at) {
    const item: Y.Item | null = at._item;
    if (item === null) {
      const root = at;
      path.unshift([...(root.doc?.share ?? [])].find(([, shared]) => shared === root)?.[0] ?? '');
      break;
    }
    if (item.parentSub !== null) path.unshift(item.parentSub);
    at = item.parent as Y.AbstractType<unknown> | null;
  }
  return path;
}
