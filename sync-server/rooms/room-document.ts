/**
 * One document and its log. The document in memory is exactly what is logged, except while a commit is under way;
 * when a commit fails the document is thrown away and read again.
 */
import * as Y from 'yjs';
import { objectKindsOf } from '#core/workspace/history/object-kinds.ts';
import { applyAndNote } from '#core/workspace/history/touched-objects.doc.ts';
import { pathOfRoom } from '#core/workspace/rooms.ts';
import type { RoomLog } from '#sync-server/storage/storage.ts';
import type { RoomDeps } from './room-deps.ts';
import type { Write } from './room-task.ts';
import { type StoredParts, encodeAside, loadParts, mergeParts, writeSnapshotOf } from './snapshot.ts';

export interface RoomDocumentLimits {
  /** A snapshot is due after so many updates or bytes since the last. */
  readonly snapshotUpdates: number;
  readonly snapshotBytes: number;
  readonly documentBytes: number;
}

type Amend = ReturnType<NonNullable<RoomDeps['amend']>>;

const emptyUpdate = Y.encodeStateAsUpdate(new Y.Doc());
const wholeMs = 5000;
/** Weighing a full document writes all of it: a tenth of the time at most. */
const weighShare = 0.1;

export class RoomDocument {
  doc = new Y.Doc();
  /** Log entries and snapshots that could not be read at the last load. */
  skipped = 0;
  /** Stored size, approximately: the last snapshot and what followed. */
  bytes = 0;
  readonly name: string;
  readonly #log: RoomLog;
  readonly #limits: RoomDocumentLimits;
  readonly #kinds: ReturnType<typeof objectKindsOf>;
  readonly #amendBy: Amend;
  #pending: Uint8Array[] = [];
  #updatesSinceSnapshot = 0;
  #bytesSinceSnapshot = 0;
  #lastSequence = 0;
  #snapshotting: Promise<void> | null = null;
  #weighAgainMs = 0;
  /** After a snapshot that failed the next waits for so many updates, twice as many each time. */
  #pauseUpdates = 0;
  #pausedUntilUpdates = 0;
  #whole: { readonly sequence: number; readonly frame: Promise<Uint8Array> } | null = null;

  constructor(name: string, log: RoomLog, limits: RoomDocumentLimits, amend: Amend = null) {
    this.name = name;
    this.#kinds = objectKindsOf(pathOfRoom(name));
    this.#log = log;
    this.#limits = limits;
    this.#amendBy = amend;
  }

  /** Reads everything from storage into a fresh document, in place of the present one. */
  async load(): Promise<void> {
    const loaded = await loadNewest(this.#log, this.name);
    this.doc.destroy();
    this.doc = loaded.doc;
    this.skipped = loaded.skipped;
    this.#updatesSinceSnapshot = loaded.parts.updates.length;
    this.#bytesSinceSnapshot = loaded.parts.updates.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.bytes = this.#bytesSinceSnapshot + (loaded.parts.snapshot?.bytes.length ?? 0);
    this.#lastSequence = loaded.parts.updates.at(-1)?.sequence ?? loaded.parts.snapshot?.sequence ?? 0;
    this.#pending = [];
    this.doc.on('update', (update: Uint8Array) => this.#pending.push(update));
  }

  /** Runs the writes in one transaction. Nothing is durable before `commit`. */
  apply(write: (doc: Y.Doc) => void): void {
    this.doc.transact(() => write(this.doc), 'room');
  }

  /** Applies a member's write within `apply`. */
  merge(write: Write): void {
    if (this.#kinds === null) Y.applyUpdate(this.doc, write.update, 'connection');
    else write.touched = applyAndNote(this.doc, this.#kinds, write.update, 'connection');
  }

  /** Tells of a change that is logged, and whose it was; a peer's copy writes for no member. */
  announce(writes: readonly Write[], { changed, noted }: Pick<RoomDeps, 'changed' | 'noted'>): void {
    changed(this.name);
    const own = writes.filter(({ connection, touched }) => connection.identity.member.id !== '' && touched?.length);
    if (own.length > 0)
      noted?.(
        this.name,
        own.map(({ connection, touched = [] }) => ({ member: connection.identity.member, touched })),
        this.#lastSequence,
      );
  }

  /**
   * What was applied and is not committed may be changed. What is taken out never reaches the log: the update that is
   * committed is made anew, without the content of what is deleted. Answers whether anything was changed.
   */
  async #amend(amend: NonNullable<Amend>): Promise<boolean> {
    const applied = this.#pending.length;
    if (applied === 0) return false;
    const before = Y.decodeStateVector(this.stateVector());
    for (const [client, clock] of Y.parseUpdateMeta(Y.mergeUpdates(this.#pending)).from) before.set(client, clock);
    await amend(this.doc);
    if (this.#pending.length === applied) return false;
    this.#pending = [Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(before))];
    return true;
  }

  /** Logs what was applied: it survives this process, and the loss of power after `flush`. Answers it as one update, or null when nothing changed. */
  async commit(): Promise<{ readonly update: Uint8Array | null; readonly isAmended: boolean }> {
    const isAmended = this.#amendBy !== null && (await this.#amend(this.#amendBy));
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length === 0) return { update: null, isAmended };
    const update = pending.length === 1 && pending[0] ? pending[0] : Y.mergeUpdates(pending);
    await this.append(update);
    return { update, isAmended };
  }

  async append(update: Uint8Array): Promise<void> {
    this.#lastSequence = await this.#log.append(this.name, update);
    this.#updatesSinceSnapshot += 1;
    this.#bytesSinceSnapshot += update.length;
    this.bytes += update.length;
  }

  /** Rejects unless what is logged can be flushed and more be logged. */
  async tryStorage(): Promise<void> {
    await this.flush();
    await this.append(emptyUpdate);
  }

  flush(): Promise<void> {
    return this.#log.flush();
  }

  /** Updates after the last snapshot. */
  get logLength(): number {
    return this.#updatesSinceSnapshot;
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  /**
   * Step 2 for a client with this state, made on another thread. A whole document is kept for a moment: after a restart
   * many come at once.
   */
  async encodeAside(stateVector: Uint8Array): Promise<Uint8Array> {
    if (Y.decodeStateVector(stateVector).size > 0) return encodeAside(this.#log, this.name, stateVector);
    if (this.#whole?.sequence !== this.#lastSequence) {
      const whole = { sequence: this.#lastSequence, frame: encodeAside(this.#log, this.name, stateVector) };
      this.#whole = whole;
      const forget = (): void => {
        if (this.#whole === whole) this.#whole = null;
      };
      whole.frame.then(() => setTimeout(forget, wholeMs).unref(), forget);
    }
    return this.#whole.frame;
  }

  /** Over its size, as far as the last snapshot and what followed tell: what they overwrite and delete counts until the next. */
  get isFull(): boolean {
    return this.bytes > this.#limits.documentBytes;
  }

  /** Large documents wait longer, so that rewriting them stays a small part of the work. */
  isSnapshotDue(): boolean {
    if (this.#snapshotting || this.#updatesSinceSnapshot < this.#pausedUntilUpdates) return false;
    if (this.isFull && this.#updatesSinceSnapshot > 0 && performance.now() >= this.#weighAgainMs) return true;
    const dueBytes = Math.max(this.#limits.snapshotBytes, (this.bytes - this.#bytesSinceSnapshot) / 2);
    return this.#updatesSinceSnapshot >= this.#limits.snapshotUpdates || this.#bytesSinceSnapshot >= dueBytes;
  }

  /** Replaces the log so far by a snapshot, made from the stored bytes and not from this document. */
  writeSnapshot(): Promise<void> {
    this.#snapshotting ??= this.#writeSnapshot()
      .catch((error: unknown) => {
        this.#pauseUpdates = Math.min(Math.max(1, this.#pauseUpdates * 2), this.#limits.snapshotUpdates);
        this.#pausedUntilUpdates = this.#updatesSinceSnapshot + this.#pauseUpdates;
        throw error;
      })
      .finally(() => {
        this.#snapshotting = null;
      });
    return this.#snapshotting;
  }

  /**
   * The document, which must be as it is durable, takes the place of its log and snapshots: what was deleted is nowhere
   * any more.
   */
  retake(): Promise<void> {
    // A snapshot under way would bring back what it read before.
    const earlier = this.#snapshotting;
    const sequence = this.#lastSequence;
    const state = Y.encodeStateAsUpdate(this.doc);
    this.#snapshotting = (async () => {
      await earlier?.catch(() => undefined);
      if (sequence > 0) await this.#retake(sequence, state);
    })().finally(() => {
      this.#snapshotting = null;
    });
    return this.#snapshotting;
  }

  async #retake(sequence: number, state: Uint8Array): Promise<void> {
    const bytes = mergeParts({ snapshot: null, updates: [{ sequence, bytes: state }] });
    await this.#log.retake(this.name, { sequence, bytes });
    this.#whole = null;
    this.#updatesSinceSnapshot = 0;
    this.#bytesSinceSnapshot = 0;
    this.bytes = bytes.length;
  }

  async #writeSnapshot(): Promise<void> {
    const startMs = performance.now();
    const updates = this.#updatesSinceSnapshot;
    const bytes = this.#bytesSinceSnapshot;
    const size = await writeSnapshotOf(this.#log, this.name, this.#lastSequence);
    this.#pauseUpdates = this.#pausedUntilUpdates = 0;
    const endMs = performance.now();
    this.#weighAgainMs = endMs + (endMs - startMs) / weighShare;
    this.#updatesSinceSnapshot = Math.max(0, this.#updatesSinceSnapshot - updates);
    this.#bytesSinceSnapshot = Math.max(0, this.#bytesSinceSnapshot - bytes);
    this.bytes = size + this.#bytesSinceSnapshot;
  }

  destroy(): void {
    this.doc.destroy();
  }
}

const loadNewest = async (log: RoomLog, name: string): Promise<{ doc: Y.Doc; parts: StoredParts; skipped: number }> => {
  const newest = await log.read(name);
  const loaded = loadParts(newest);
  if (loaded) return { ...loaded, parts: newest };
  const older = await log.read(name, 1);
  const fallback = loadParts(older);
  if (!fallback) throw new Error(`both snapshots of ${name} are corrupt`);
  return { ...fallback, parts: older, skipped: fallback.skipped + 1 };
};
