/** Storage that lives as long as the process: tests, and the contract's second witness. */
import { fail, ok } from '#core/result.ts';
import { checkBlobName } from './blob-name.ts';
import type { Blobs, LoggedUpdate, RecordChange, Records, RoomLog, Storage, StoredRecord } from './storage.ts';

export interface MemoryStorage extends Storage {
  /** While set, every write rejects with it: a full disk, at will. */
  failWrites(reason: Error | null): void;
}

export const createMemoryStorage = (clock: { nowMs(): number } = { nowMs: () => 0 }): MemoryStorage => {
  let failure: Error | null = null;
  const refuseIfFull = (): void => {
    if (failure) throw failure;
  };
  return {
    log: createLog(refuseIfFull),
    records: createRecords(refuseIfFull),
    blobs: createBlobs(refuseIfFull, clock),
    leases: null,
    close: async () => {},
    failWrites: (reason) => {
      failure = reason;
    },
  };
};

interface Room {
  lastSequence: number;
  updates: LoggedUpdate[];
  /** Newest first, at most two. */
  snapshots: LoggedUpdate[];
}

const createLog = (refuseIfFull: () => void): RoomLog => {
  const rooms = new Map<string, Room>();
  const roomOf = (name: string): Room => {
    const room = rooms.get(name) ?? { lastSequence: 0, updates: [], snapshots: [] };
    rooms.set(name, room);
    return room;
  };
  return {
    append: async (name, bytes) => {
      refuseIfFull();
      const room = roomOf(name);
      room.lastSequence += 1;
      room.updates.push({ sequence: room.lastSequence, bytes: bytes.slice() });
      return room.lastSequence;
    },
    flush: async () => {},
    read: async (name, skipSnapshots = 0) => {
      const room = rooms.get(name);
      const snapshot = room?.snapshots[skipSnapshots] ?? null;
      const from = snapshot?.sequence ?? 0;
      return { snapshot, updates: room?.updates.filter(({ sequence }) => sequence > from) ?? [] };
    },
    writeSnapshot: async (name, snapshot) => {
      refuseIfFull();
      const room = roomOf(name);
      room.snapshots = [snapshot, ...room.snapshots.filter(({ sequence }) => sequence !== snapshot.sequence)]
        .sort((a, b) => b.sequence - a.sequence)
        .slice(0, 2);
      const older = room.snapshots[1];
      if (older) room.updates = room.updates.filter(({ sequence }) => sequence > older.sequence);
    },
    retake: async (name, snapshot) => {
      refuseIfFull();
      const room = roomOf(name);
      room.snapshots = [snapshot];
      room.updates = room.updates.filter(({ sequence }) => sequence > snapshot.sequence);
    },
    list: async (workspace) => [...rooms.keys()].filter((name) => name.startsWith(`${workspace}/`)).sort(),
    removeWorkspace: async (workspace) => {
      refuseIfFull();
      for (const name of [...rooms.keys()]) if (name.startsWith(`${workspace}/`)) rooms.delete(name);
    },
  };
};

const createRecords = (refuseIfFull: () => void): Records => {
  const collections = new Map<string, Map<string, StoredRecord & { expiresMs: number }>>();
  const collectionOf = (name: string): Map<string, StoredRecord & { expiresMs: number }> => {
    const collection = collections.get(name) ?? new Map();
    collections.set(name, collection);
    return collection;
  };
  const copy = ({ key, value, version }: StoredRecord): StoredRecord => ({
    key,
    value: structuredClone(value),
    version,
  });
  const apply = (change: RecordChange): void => {
    const collection = collectionOf(change.collection);
    if (change.value === null) {
      collection.delete(change.key);
      return;
    }
    const version = (collection.get(change.key)?.version ?? 0) + 1;
    collection.set(change.key, {
      key: change.key,
      value: structuredClone(change.value),
      version,
      expiresMs: change.expiresMs ?? Number.POSITIVE_INFINITY,
    });
  };
  return {
    read: async (collection, key) => {
      const found = collectionOf(collection).get(key);
      return found ? copy(found) : null;
    },
    list: async (collection, keyPrefix = '') =>
      [...collectionOf(collection).values()]
        .filter(({ key }) => key.startsWith(keyPrefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(copy),
    readAll: async () =>
      [...collections]
        .flatMap(([collection, records]) =>
          [...records.values()].map(({ key, value, expiresMs }) => ({
            collection,
            key,
            value: structuredClone(value),
            expiresMs: Number.isFinite(expiresMs) ? expiresMs : null,
          })),
        )
        .sort((a, b) => (`${a.collection}\n${a.key}` < `${b.collection}\n${b.key}` ? -1 : 1)),
    write: async (changes) => {
      refuseIfFull();
      const isCurrent = ({ collection, key, ifVersion }: RecordChange): boolean =>
        ifVersion === undefined || (collectionOf(collection).get(key)?.version ?? 0) === ifVersion;
      if (!changes.every(isCurrent)) return fail({ kind: 'conflict' });
      changes.forEach(apply);
      return ok(undefined);
    },
    removeExpired: async (nowMs) => {
      refuseIfFull();
      let removed = 0;
      for (const collection of collections.values())
        for (const { key, expiresMs } of [...collection.values()])
          if (expiresMs <= nowMs && collection.delete(key)) removed += 1;
      return removed;
    },
    removeWorkspace: async (workspace) => {
      refuseIfFull();
      for (const collection of collections.values())
        for (const key of [...collection.keys()]) if (key.startsWith(`${workspace}/`)) collection.delete(key);
    },
  };
};

const createBlobs = (refuseIfFull: () => void, clock: { nowMs(): number }): Blobs => {
  const workspaces = new Map<string, Map<string, { bytes: Uint8Array; storedMs: number }>>();
  return {
    write: async (workspace, hash, bytes) => {
      checkBlobName(workspace, hash);
      refuseIfFull();
      const blobs = workspaces.get(workspace) ?? new Map<string, { bytes: Uint8Array; storedMs: number }>();
      workspaces.set(workspace, blobs);
      const stored = blobs.get(hash);
      if (stored) return stored.bytes.length === bytes.length && stored.bytes.every((byte, at) => byte === bytes[at]);
      blobs.set(hash, { bytes: bytes.slice(), storedMs: clock.nowMs() });
      return true;
    },
    read: async (workspace, hash) => {
      checkBlobName(workspace, hash);
      return workspaces.get(workspace)?.get(hash)?.bytes.slice() ?? null;
    },
    list: async (workspace) =>
      [...(workspaces.get(workspace) ?? [])]
        .map(([hash, { bytes, storedMs }]) => ({ hash, bytes: bytes.length, storedMs }))
        .sort((a, b) => (a.hash < b.hash ? -1 : 1)),
    remove: async (workspace, hash) => {
      checkBlobName(workspace, hash);
      workspaces.get(workspace)?.delete(hash);
    },
    removeWorkspace: async (workspace) => {
      workspaces.delete(workspace);
    },
  };
};
