/**
 * One room: a document, its connections and its turns. Whatever arrives while a commit is under way waits and forms
 * the next turn. A turn is: apply all writes in one transaction, log them, then show and answer. They are acknowledged
 * once the log is flushed, while the next turns go on.
 */
import type * as Y from 'yjs';
import type { RoomName } from '#core/workspace/rooms.ts';
import { isStorageDamaged } from '#sync-server/storage/is-storage-damaged.ts';
import { LeaseLost } from '#sync-server/storage/storage.ts';
import { type Connection, type ConnectionOwner, closeCodes } from './connection.ts';
import { answerStep1 } from './answer-step1.ts';
import { countLogged } from './count-logged.ts';
import { isGrowth } from './is-growth.ts';
import { mayWrite } from './may-write.ts';
import { type ClientMessage, encodeStep1 } from './messages.ts';
import type { RoomDeps } from './room-deps.ts';
import { RoomDocument } from './room-document.ts';
import {
  type RoomTask,
  type Write,
  answerTask,
  noStorage,
  rejectTasks,
  runChange,
  settleChange,
  takeTurnFrom,
} from './room-task.ts';
import { RoomUnavailable } from './rooms.ts';
import { RoomPresence } from './room-presence.ts';
import { catchUp, showUpdate } from './show-update.ts';
import { tellFailure } from './tell-failure.ts';

/** How soon a room looks again whether it is still its own. */
const unsureMs = 100;
const wasClosed = (): RoomUnavailable => new RoomUnavailable('the room was closed');

export class Room implements ConnectionOwner {
  readonly name: RoomName;
  readonly document: RoomDocument;
  readonly connections = new Set<Connection>();
  readonly #deps: RoomDeps;
  readonly #presence: RoomPresence;
  #queue: RoomTask[] = [];
  #isLoaded = false;
  #isLoadFailureTold = false;
  #isTurning = false;
  /** What keeps the room from writing; null while it can. */
  writeFailure: unknown = null;
  #isDiscarded = false;
  #lastUsedMs: number;
  #retryTimer: NodeJS.Timeout | null = null;

  constructor(name: RoomName, deps: RoomDeps, bindings: readonly (readonly [number, string])[]) {
    this.name = name;
    this.#deps = deps;
    this.#lastUsedMs = deps.nowMs();
    const documentName = `${name.workspace}/${name.path}`;
    this.document = new RoomDocument(documentName, deps.log, deps.limits, deps.amend?.(documentName));
    this.#presence = new RoomPresence(this.connections, {
      everyMs: deps.limits.presenceMs,
      bindings,
      nowMs: deps.nowMs,
      changed: (now) => deps.presence?.keep(this.document.name, now),
    });
  }

  async load(): Promise<void> {
    try {
      await this.document.load();
      this.#isLoaded = true;
      this.#isLoadFailureTold = false;
      this.#deps.meters.unreadable.delete(this.document.name);
      if (this.document.skipped > 0)
        this.#deps.report('unreadable-updates', `${this.name.path}: ${this.document.skipped}`);
      this.#schedule();
    } catch (error) {
      if (isStorageDamaged(error)) return this.#deps.unreadable(this.document.name, error);
      if (!this.#isLoadFailureTold) this.#deps.report('room-not-loaded', `${this.name.path}: ${String(error)}`);
      this.#isLoadFailureTold = true;
      this.#retryLater();
    }
  }

  join(connection: Connection): void {
    this.#lastUsedMs = this.#deps.nowMs();
    this.connections.add(connection);
    connection.start(this);
    this.#presence.tellEveryone(connection);
    if (!connection.identity.canWrite) connection.notify({ kind: 'read-only', why: 'role' });
    else if (this.writeFailure) connection.notify({ kind: 'read-only', why: 'storage' });
    this.#add({ kind: 'look', look: () => this.#ask(connection) });
  }

  leave(connection: Connection): void {
    this.#lastUsedMs = this.#deps.nowMs();
    this.connections.delete(connection);
    this.#presence.leave(connection);
  }

  receive(connection: Connection, message: ClientMessage): void {
    switch (message.kind) {
      case 'step1':
        return this.#add({
          kind: 'look',
          look: () => answerStep1(connection, this.document, message.stateVector, this.#deps.report, this.#whenDurable),
        });
      case 'step2':
      case 'update':
        connection.heardWrites += 1;
        return this.#add({
          ...message,
          kind: 'write',
          connection,
          isWhole: message.kind === 'step2',
          ordinal: connection.heardWrites,
          heardMs: performance.now(),
        });
      case 'awareness':
        return this.#presence.announce(connection, message.entries);
      case 'query-awareness':
        return this.#presence.tellEveryone(connection);
    }
  }

  resync(connection: Connection): void {
    this.#add({ kind: 'look', look: (doc) => catchUp(connection, doc, this.#deps.meters) });
  }

  change<Answer>(write: (doc: Y.Doc) => Answer): Promise<Answer> {
    return new Promise((resolve, reject) =>
      this.#add({ kind: 'change', write, resolve: resolve as (answer: unknown) => void, reject }),
    );
  }

  read<Answer>(read: (doc: Y.Doc) => Answer): Promise<Answer> {
    return new Promise((resolve, reject) => this.#add(answerTask(read, () => this.document.flush(), resolve, reject)));
  }

  /** Nothing of what was deleted is left in storage when this resolves. */
  async retake(): Promise<void> {
    const { retaken } = await this.read(() => ({ retaken: this.document.retake() }));
    await retaken;
  }

  /** A connection's right to write, or its member's name or role, is not what it was. */
  reauthorize(connection: Connection, canWrite: boolean): void {
    this.#presence.restamp(connection);
    if (connection.identity.canWrite === canWrite) return;
    connection.identity.canWrite = canWrite;
    connection.forgetRefusals();
    connection.notify(canWrite ? { kind: 'writable' } : { kind: 'read-only', why: 'role' });
    if (canWrite) this.#add({ kind: 'look', look: () => this.#ask(connection) });
  }

  isIdle(nowMs: number, idleMs: number): boolean {
    const isUsed = this.connections.size + this.#queue.length > 0 || this.#isTurning;
    return !isUsed && nowMs - this.#lastUsedMs >= idleMs;
  }

  /** Resolves once everything that arrived so far is durable, or was refused. */
  async settle(): Promise<void> {
    if (this.#isLoaded) await this.read(() => undefined).catch(() => {});
  }

  /** The room's workspace is gone, or nobody uses the room: nothing more is written. */
  discard(): void {
    this.#isDiscarded = true;
    rejectTasks(this.#queue.splice(0), wasClosed());
    this.#presence.close();
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.document.destroy();
  }

  #add(task: RoomTask): void {
    if (this.#isDiscarded) return rejectTasks([task], wasClosed());
    this.#lastUsedMs = this.#deps.nowMs();
    this.#queue.push(task);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isTurning || !this.#isLoaded || this.#isDiscarded || this.#queue.length === 0) return;
    this.#isTurning = true;
    if (this.#deps.owner.isSure()) setImmediate(() => void this.#turnAll());
    else setTimeout(() => void this.#turnAll(), unsureMs).unref();
  }

  async #turnAll(): Promise<void> {
    try {
      while (this.#queue.length > 0 && this.#isLoaded && !this.#isDiscarded && this.#deps.owner.isSure())
        await this.#takeTurn(takeTurnFrom(this.#queue));
    } catch (error) {
      this.#deps.report('room-turn', `${this.name.path}: ${String(error)}`);
    }
    this.#isTurning = false;
    this.#schedule();
  }

  async #takeTurn(turn: RoomTask[]): Promise<void> {
    const applied = await this.#applyAll(turn);
    if (applied === null) return;
    let update: Uint8Array | null;
    let isAmended: boolean;
    try {
      ({ update, isAmended } = await this.document.commit());
    } catch (error) {
      return this.#fall(turn, error);
    }
    if (this.#isDiscarded) {
      for (const task of turn) if (task.kind === 'look') task.reject?.(wasClosed());
      return this.#confirm(turn, () => {});
    }
    const { doc } = this.document;
    const own = [...applied.filter(({ isEmpty }) => !isEmpty), ...turn.filter(({ kind }) => kind === 'change')];
    const sources = isAmended ? [] : own;
    if (update) showUpdate(this.connections, doc, update, sources, this.#deps.nowMs());
    void this.#confirm(turn, countLogged(this.document, applied, this.#deps.meters));
    for (const task of turn) if (task.kind === 'look') task.look(doc);
    if (update) this.document.announce(applied, this.#deps);
    this.snapshotWhenDue();
  }

  snapshotWhenDue(): void {
    if (this.#isLoaded && this.document.isSnapshotDue()) void this.#snapshot();
  }

  async #snapshot(): Promise<void> {
    const { isFull } = this.document;
    try {
      await this.document.writeSnapshot();
      if (isFull && !this.document.isFull && !this.#isDiscarded) this.#askWriters();
    } catch (error) {
      tellFailure(this.#deps, 'snapshot', this.name.path, error);
    }
  }

  readonly #whenDurable = (then: () => void): void => void this.#confirm([], then);

  /** The next turns do not wait for this. */
  async #confirm(turn: readonly RoomTask[], acknowledge: () => void): Promise<void> {
    try {
      await this.document.flush();
    } catch (error) {
      return this.#suspend(turn, error);
    }
    acknowledge();
    for (const task of turn) if (task.kind === 'change') settleChange(task);
  }

  /** Applies the writes that are allowed; null when the turn had to be taken apart and is done already. */
  async #applyAll(turn: RoomTask[]): Promise<Write[] | null> {
    const applied: Write[] = [];
    let culprit: RoomTask | null = null;
    const { isFull } = this.document;
    try {
      this.document.apply((doc) => {
        for (const task of turn) {
          culprit = task;
          if (task.kind === 'write' && mayWrite(task, !this.writeFailure, () => isFull && isGrowth(doc, task.update))) {
            if (!task.isEmpty) this.document.merge(task);
            applied.push(task);
          } else if (task.kind === 'change') runChange(task, doc, !this.writeFailure);
        }
        culprit = null;
      });
      return applied;
    } catch (error) {
      this.#deps.report('update-not-applied', `${this.name.path}: ${String(error)}`);
      await this.#takeApart(turn, culprit);
      return null;
    }
  }

  /** Yjs gave up in the middle: back to what is logged, then again without the culprit, one by one if unknown. */
  async #takeApart(turn: RoomTask[], culprit: RoomTask | null): Promise<void> {
    try {
      await this.document.load();
    } catch (error) {
      return this.#fall(turn, error);
    }
    const only = turn.length === 1 ? (turn[0] ?? null) : culprit;
    if (only?.kind === 'write') only.connection.close(closeCodes.malformed, 'malformed');
    else if (only?.kind === 'change') only.reject(new Error('the change could not be applied'));
    if (only) {
      const rest = turn.filter((task) => task !== only);
      if (rest.length > 0) await this.#takeTurn(rest);
    } else for (const task of turn) await this.#takeTurn([task]);
  }

  /** Asks a writer for what this document lacks. A reader is never asked: it has nothing that may come in. */
  #ask(connection: Connection): void {
    if (connection.identity.canWrite) connection.send(encodeStep1(this.document.stateVector()));
  }

  /** Nobody is acknowledged, and the room is read-only until storage works. */
  #suspend(turn: readonly RoomTask[], error: unknown): void {
    tellFailure(this.#deps, 'write-failed', this.name.path, error);
    for (const task of turn) if (task.kind === 'change') task.reject(noStorage());
    const wasWritable = !this.writeFailure;
    this.writeFailure = error ?? true;
    if (error instanceof LeaseLost) return this.#deps.lost(this.document.name);
    if (wasWritable)
      for (const connection of this.connections)
        if (connection.identity.canWrite) connection.notify({ kind: 'read-only', why: 'storage' });
    this.#retryLater();
  }

  /** The commit failed: the document goes back to what is logged. */
  async #fall(turn: readonly RoomTask[], error: unknown): Promise<void> {
    for (const task of turn)
      if (task.kind === 'look') this.#add(task);
      else if (task.kind === 'write') task.connection.hasGap = true;
    this.#suspend(turn, error);
    if (error instanceof LeaseLost) return;
    await this.document.load().catch(() => {
      this.#isLoaded = false;
      // A retry may have passed while this was being read.
      this.#retryLater();
    });
  }

  #retryLater(): void {
    this.#retryTimer ??= setTimeout(() => {
      this.#retryTimer = null;
      if (!this.#isDiscarded) void this.#retry();
    }, this.#deps.limits.retryMs);
  }

  async #retry(): Promise<void> {
    if (!this.#isLoaded) await this.load();
    if (!this.#isLoaded || !this.writeFailure) return;
    try {
      await this.document.tryStorage();
    } catch {
      return this.#retryLater();
    }
    this.writeFailure = null;
    this.#askWriters();
  }

  /** What was refused is taken again. */
  #askWriters(): void {
    for (const connection of this.connections) {
      connection.forgetRefusals();
      if (!connection.identity.canWrite) continue;
      connection.notify({ kind: 'writable' });
      this.#add({ kind: 'look', look: () => this.#ask(connection) });
    }
  }
}
