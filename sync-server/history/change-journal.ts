/**
 * Who changed what and when, in stretches: told to this journal after each logged change, held for a moment, then
 * written. It also knows the moments worth a version: a day's first change, a broadcast's start and end.
 */
import { readShow } from '#core/campaigns/show.doc.ts';
import { type BusinessDay, dayFromMs } from '#core/units/business-day.ts';
import { mergeTouched } from '#core/workspace/history/merge-touched.ts';
import type { Author, Stretch, Version } from '#core/workspace/history/version.ts';
import { pathOfRoom } from '#core/workspace/rooms.ts';
import type { NotedWrite } from '#sync-server/rooms/room-deps.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import type { Versions } from './versions.ts';

export interface JournalDeps {
  readonly records: Records;
  readonly versions: Versions;
  readonly rooms: () => Pick<Rooms, 'read'>;
  nowMs(): number;
  report(kind: string, detail: string): void;
  /** In tests fewer. */
  readonly mostStretches?: number;
}

const collection = 'changes';
const stretchMs = 600_000;
const writeMs = 2000;
const keptMs = 183 * 86_400_000;

interface Held {
  stretch: Stretch;
  readonly room: string;
  isNew: boolean;
  isWritten: boolean;
}

export class ChangeJournal {
  readonly #deps: JournalDeps;
  readonly #held = new Map<string, Held>();
  readonly #days = new Map<string, BusinessDay>();
  #timer: NodeJS.Timeout | null = null;
  /** One after another: what is read and pruned is what the one before has written. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(deps: JournalDeps) {
    this.#deps = deps;
  }

  /** After a logged change; `sequence` is its place in the room's log. */
  note(room: string, writes: readonly NotedWrite[], sequence: number): void {
    const atMs = this.#deps.nowMs();
    this.#keepDay(room, atMs, sequence);
    for (const { member, touched } of writes) {
      const { id, name } = member;
      this.#hold(room, { kind: 'edit', member: { id, name }, atMs, untilMs: atMs, objects: touched });
      if (touched.some(({ collection: of }) => of === 'onAir')) this.#later(() => this.#keepBroadcast(room));
    }
    this.#timer ??= setTimeout(() => void this.flush(), writeMs);
  }

  /** A restore stands for itself. */
  async noteRestore(
    room: string,
    member: Author,
    { version, before, objects }: Required<Pick<Stretch, 'version' | 'before' | 'objects'>>,
  ): Promise<void> {
    const atMs = this.#deps.nowMs();
    await this.#write(room, { kind: 'restore', member, atMs, untilMs: atMs, objects, version, before }, true);
  }

  /** Newest first. */
  async list(room: string): Promise<readonly Stretch[]> {
    await this.flush();
    const found = await this.#deps.records.list(collection, `${room}/`);
    return found.map(({ value }) => value as Stretch).sort((a, b) => b.untilMs - a.untilMs);
  }

  /** Resolves when everything told so far is written. */
  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    return this.#later(async () => {
      for (const [key, held] of this.#held) {
        if (!held.isWritten) {
          held.isWritten = true;
          const { isNew } = held;
          held.isNew = false;
          await this.#write(held.room, held.stretch, isNew).catch((error: unknown) => {
            held.isWritten = false;
            held.isNew = isNew;
            throw error;
          });
        }
        if (this.#deps.nowMs() - held.stretch.atMs >= stretchMs) this.#held.delete(key);
      }
    });
  }

  forgetWorkspace(workspace: string): void {
    for (const [key, { room }] of this.#held) if (room.startsWith(`${workspace}/`)) this.#held.delete(key);
  }

  #hold(room: string, told: Stretch): void {
    if (told.objects.length === 0) return;
    const key = `${room}\n${told.member.id}`;
    const held = this.#held.get(key);
    if (!held || told.atMs - held.stretch.atMs >= stretchMs) {
      if (held && !held.isWritten) this.#later(() => this.#write(held.room, held.stretch, held.isNew));
      this.#held.set(key, { stretch: told, room, isNew: true, isWritten: false });
      return;
    }
    const objects = mergeTouched(held.stretch.objects, told.objects);
    held.stretch = { ...held.stretch, untilMs: told.atMs, objects };
    held.isWritten = false;
  }

  async #write(room: string, stretch: Stretch, isNew: boolean): Promise<void> {
    const { records, mostStretches = 1000 } = this.#deps;
    const key = `${room}/${String(stretch.atMs).padStart(14, '0')}-${stretch.kind}-${stretch.member.id}`;
    const isEmpty = stretch.objects.length === 0;
    const expiresMs = stretch.atMs + keptMs;
    await records.write([{ collection, key, value: isEmpty ? null : stretch, expiresMs }]);
    if (!isNew) return;
    const tooMany = (await records.list(collection, `${room}/`)).slice(0, -mostStretches);
    if (tooMany.length > 0) await records.write(tooMany.map((old) => ({ collection, key: old.key, value: null })));
  }

  #keepDay(room: string, atMs: number, sequence: number): void {
    const day = dayFromMs(atMs);
    if (this.#days.get(room) === day) return;
    this.#days.set(room, day);
    this.#later(() => this.#keep(room, `day-${day}`, 'day', atMs, sequence - 1));
  }

  async #keepBroadcast(room: string): Promise<void> {
    const { startedMs, endedMs } = (await this.#deps.rooms().read(room, readShow)).onAir;
    const kind = endedMs !== null ? 'off-air' : 'on-air';
    const atMs = endedMs ?? startedMs;
    if (atMs === null) return;
    for (const each of [room, room.replace('/show/', '/campaign/')])
      await this.#keep(each, `${kind}-${atMs}`, kind, this.#deps.nowMs());
  }

  async #keep(room: string, id: string, kind: Version['kind'], atMs: number, upTo?: number): Promise<void> {
    const kept = await this.#deps.versions.keep(room, { id, kind, name: '', atMs, member: null }, upTo);
    if (!kept.ok && kept.error.kind !== 'nothing-yet')
      this.#deps.report('version-not-kept', `${pathOfRoom(room)}: ${kept.error.kind}`);
  }

  /** In turn, and never a reason to fail for whoever told it. */
  #later(act: () => Promise<void>): Promise<void> {
    const done = this.#work.then(act).catch((error: unknown) => this.#deps.report('history', String(error)));
    this.#work = done;
    return done;
  }
}
