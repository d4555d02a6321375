/**
 * The storage port: three small interfaces, one contract suite (tests/sync-server/storage). A promise that resolves
 * means the bytes would survive the loss of power (of an append: once `flush` resolves, until then they survive the
 * process); a promise that rejects means nothing of that call was kept.
 */
import type { Result } from '#core/result.ts';

export interface Storage {
  readonly log: RoomLog;
  readonly records: Records;
  readonly blobs: Blobs;
  /** Null where a second process cannot open the same storage, so that all of it is ours. */
  readonly leases: LeaseRows | null;
  close(): Promise<void>;
}

export interface LoggedUpdate {
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

export interface StoredRoom {
  /** Null when the room has none, or when more were skipped than are kept. */
  readonly snapshot: LoggedUpdate | null;
  /** Every update after the snapshot, oldest first. */
  readonly updates: readonly LoggedUpdate[];
}

export interface RoomLog {
  /**
   * Appends of one event-loop turn share one commit. Answers the update's place in the room's log. Where storage has
   * leases, writing to a room that this process does not hold rejects with `LeaseLost`.
   */
  append(room: string, bytes: Uint8Array): Promise<number>;
  /** Resolves once every append that resolved before would survive the loss of power. One that rejected may be tried again. */
  flush(): Promise<void>;
  /** `skipSnapshots: 1` reads from the snapshot before the newest, for when the newest cannot be loaded. */
  read(room: string, skipSnapshots?: 0 | 1): Promise<StoredRoom>;
  /** Keeps this snapshot and the one before it, and every update after the older of the two. */
  writeSnapshot(room: string, snapshot: LoggedUpdate): Promise<void>;
  /**
   * This snapshot and the updates after it are all that stays. Where storage can, what goes is overwritten, not merely
   * unlinked: it held what somebody asked to have erased.
   */
  retake(room: string, snapshot: LoggedUpdate): Promise<void>;
  /** Names of the rooms of a workspace that hold anything, in order. */
  list(workspace: string): Promise<readonly string[]>;
  removeWorkspace(workspace: string): Promise<void>;
}

/** A version counts the writes of one record: 0 means absent. */
export interface StoredRecord {
  readonly key: string;
  readonly value: unknown;
  readonly version: number;
}

export interface RecordChange {
  readonly collection: string;
  readonly key: string;
  /** Plain JSON; `null` removes. */
  readonly value: unknown;
  /** The change, and with it the whole call, is refused unless the record is at this version now. */
  readonly ifVersion?: number;
  /** After this instant `removeExpired` may drop the record. */
  readonly expiresMs?: number;
}

export interface RecordEntry {
  readonly collection: string;
  readonly key: string;
  readonly value: unknown;
  readonly expiresMs: number | null;
}

/** Small JSON records that are never a shared document: members, sessions, invitations, sources, accepted events. */
export interface Records {
  read(collection: string, key: string): Promise<StoredRecord | null>;
  /** In order of key. */
  list(collection: string, keyPrefix?: string): Promise<readonly StoredRecord[]>;
  /** Every record as it is at one instant, by collection and key: for a backup. */
  readAll(): Promise<readonly RecordEntry[]>;
  /** All or nothing. */
  write(changes: readonly RecordChange[]): Promise<Result<void, { readonly kind: 'conflict' }>>;
  removeExpired(nowMs: number): Promise<number>;
  /** Removes, in every collection, what has a key that starts with `<workspace>/`. */
  removeWorkspace(workspace: string): Promise<void>;
}

export interface StoredBlob {
  readonly hash: string;
  readonly bytes: number;
  readonly storedMs: number;
}

/** Immutable bytes by the hash their writer verified, separately for each workspace. */
export interface Blobs {
  /** The first stored encoding wins; answers whether these bytes are now the stored ones. */
  write(workspace: string, hash: string, bytes: Uint8Array): Promise<boolean>;
  read(workspace: string, hash: string): Promise<Uint8Array | null>;
  list(workspace: string): Promise<readonly StoredBlob[]>;
  remove(workspace: string, hash: string): Promise<void>;
  removeWorkspace(workspace: string): Promise<void>;
}

export type LeaseAnswer =
  /** `wasLeft`: its last owner did not release it, so it died or is cut off. */
  | { readonly isOwn: true; readonly wasLeft: boolean }
  /** Where the process that owns it is reached. */
  | { readonly isOwn: false; readonly address: string };

/** Ownership of rooms (and of work that only one process may do) among processes that share a storage. */
export interface LeaseRows {
  /** The name of this process, new at every start. */
  readonly process: string;
  /** Takes a lease that nobody alive holds, and makes every earlier token of it worthless. */
  take(name: string): Promise<LeaseAnswer>;
  /** This process is alive for so long from now. Answers which leases it has lost in the meantime. */
  renew(address: string, isAlone: boolean, forMs: number): Promise<readonly string[]>;
  /** Other processes that are alive. */
  others(): Promise<readonly { readonly address: string; readonly isAlone: boolean }[]>;
  release(name: string): Promise<void>;
  releaseAll(): Promise<void>;
}

export class LeaseLost extends Error {
  constructor(name: string) {
    super(`${name} belongs to another process`);
  }
}
