/**
 * Which process serves a room: the port behind which `leases/` stands where several processes share a storage. Alone, a
 * process owns every room.
 */
import type { Rooms } from './rooms.ts';

export type RoomPlace =
  /** `wasLeft`: its last owner is gone without having said so; what it had begun to announce may not be known. */
  { readonly isOwn: true; readonly wasLeft: boolean } | { readonly isOwn: false; readonly address: string };

/** What the server's own writers need of a room, wherever it is. */
export interface ServedRoom {
  change<Answer>(write: (doc: Parameters<Parameters<Rooms['change']>[2]>[0]) => Answer): Promise<Answer>;
  read<Answer>(read: (doc: Parameters<Parameters<Rooms['read']>[1]>[0]) => Answer): Promise<Answer>;
  retake(): Promise<void>;
}

/** A copy of a room that another process serves. */
export interface Mirror extends ServedRoom {
  isIdle(nowMs: number, idleMs: number): boolean;
  close(): void;
}

export interface RoomOwner {
  /** Takes the room when nobody has it. Rejects with `RoomUnavailable` while nobody can tell. */
  locate(room: string): Promise<RoomPlace>;
  /** False while this process cannot be sure that its rooms are still its own: nothing is served then. */
  isSure(): boolean;
  release(room: string): void;
  openMirror(room: string, address: string, closed: () => void): Mirror;
}

export const soleOwner: RoomOwner = {
  locate: async () => ({ isOwn: true, wasLeft: false }),
  isSure: () => true,
  release: () => {},
  openMirror: () => {
    throw new Error('there is no other process');
  },
};
