/**
 * The rooms open in this process, and mirrors of rooms that other processes serve. A room is opened when its place is
 * asked for: whoever opens a room that nobody serves becomes its owner.
 */
import { type RoomName, parseRoomName } from '#core/workspace/rooms.ts';
import { closeCodes } from './connection.ts';
import { Room } from './room.ts';
import type { RoomDeps } from './room-deps.ts';
import type { Mirror, RoomOwner, RoomPlace, ServedRoom } from './room-owner.ts';
import { RoomUnavailable } from './rooms.ts';

export type RoomTableDeps = Omit<RoomDeps, 'owner' | 'lost' | 'unreadable'> & { readonly owner: RoomOwner };

export class RoomTable {
  readonly rooms = new Map<string, Room>();
  /** Writers that have not heard yet must not bring a removed workspace back. */
  readonly removed = new Set<string>();
  isClosed = false;
  readonly #deps: RoomTableDeps;
  readonly #mirrors = new Map<string, Mirror>();
  readonly #placing = new Map<string, Promise<RoomPlace>>();

  constructor(deps: RoomTableDeps) {
    this.#deps = deps;
  }

  /** Opens the room here unless another process serves it. */
  async place(name: RoomName): Promise<RoomPlace> {
    const key = keyOf(name);
    if (this.isClosed) throw new RoomUnavailable('the server is stopping');
    if (this.removed.has(name.workspace)) throw new RoomUnavailable('the workspace was removed');
    if (this.rooms.has(key)) return { isOwn: true, wasLeft: false };
    const placing = this.#placing.get(key) ?? this.#take(key, name).finally(() => this.#placing.delete(key));
    this.#placing.set(key, placing);
    return placing;
  }

  /** For the server's own writers. */
  async serve(text: string): Promise<ServedRoom> {
    const name = parseRoomName(text);
    if (!name.ok) throw new Error(`not a room: ${text}`);
    const place = await this.place(name.value);
    const room = this.rooms.get(text);
    if (room) return room;
    if (place.isOwn) throw new RoomUnavailable('the room was closed');
    const known = this.#mirrors.get(text);
    if (known) return known;
    const mirror = this.#deps.owner.openMirror(text, place.address, () => {
      if (this.#mirrors.get(text) === mirror) this.#mirrors.delete(text);
    });
    this.#mirrors.set(text, mirror);
    return mirror;
  }

  drop(key: string): void {
    this.rooms.get(key)?.discard();
    this.rooms.delete(key);
    this.#deps.owner.release(key);
  }

  lose(names: readonly string[] = [...this.rooms.keys()]): void {
    for (const key of names) {
      const room = this.rooms.get(key);
      if (!room) continue;
      this.#deps.report('room-moved', room.name.path);
      for (const connection of room.connections) connection.close(closeCodes.restart, 'moved');
      this.drop(key);
    }
  }

  /** Told once, however often somebody comes; whoever comes next has it read again. */
  #giveUp(key: string, error: unknown): void {
    const { report, meters } = this.#deps;
    const room = this.rooms.get(key);
    if (!meters.unreadable.has(key)) report('room-unreadable', `${room?.name.path ?? ''}: ${String(error)}`);
    meters.unreadable.add(key);
    for (const connection of room?.connections ?? []) connection.close(closeCodes.unreadable, 'unreadable');
    this.drop(key);
  }

  dropIdle(nowMs: number, idleMs: number): void {
    for (const [key, room] of this.rooms) if (room.isIdle(nowMs, idleMs)) this.drop(key);
    for (const mirror of this.#mirrors.values()) if (mirror.isIdle(nowMs, idleMs)) mirror.close();
  }

  close(): void {
    for (const key of [...this.rooms.keys()]) this.drop(key);
    for (const mirror of this.#mirrors.values()) mirror.close();
  }

  async #take(key: string, name: RoomName): Promise<RoomPlace> {
    const place = await this.#deps.owner.locate(key);
    if (!place.isOwn) return place;
    const bindings = (await this.#deps.presence?.kept(key)) ?? [];
    if (this.isClosed) {
      this.#deps.owner.release(key);
      throw new RoomUnavailable('the server is stopping');
    }
    this.#mirrors.get(key)?.close();
    const room = new Room(
      name,
      { ...this.#deps, lost: (lost) => this.lose([lost]), unreadable: (_, error) => this.#giveUp(key, error) },
      bindings,
    );
    this.rooms.set(key, room);
    const loaded = room.load();
    // What the owner before us changed last, it may not have told anybody.
    if (place.wasLeft) void loaded.then(() => this.#deps.changed(key));
    return place;
  }
}

export const keyOf = ({ workspace, path }: RoomName): string => `${workspace}/${path}`;
