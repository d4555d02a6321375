/** What a room needs, and its limits. */
import type { RoomLog } from '#sync-server/storage/storage.ts';
import type { RoomDocumentLimits } from './room-document.ts';

export interface RoomLimits extends RoomDocumentLimits {
  readonly documentBytes: number;
  readonly presenceMs: number;
  readonly retryMs: number;
}

export interface RoomDeps {
  readonly log: RoomLog;
  readonly limits: RoomLimits;
  nowMs(): number;
  /** After each durable change. */
  changed?(room: string): void;
  /** Something an administrator should know; never a person's data. */
  report(kind: string, detail: string): void;
}
