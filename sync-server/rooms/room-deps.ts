/** What a room needs, and its limits. */
import type * as Y from 'yjs';
import type { TouchedObject } from '#core/workspace/history/touched-objects.doc.ts';
import type { RoomLog } from '#sync-server/storage/storage.ts';
import type { Meters } from './meters.ts';
import type { RoomDocumentLimits } from './room-document.ts';
import type { RoomOwner } from './room-owner.ts';
import type { KeptPresence } from './room-presence.ts';

export interface RoomLimits extends RoomDocumentLimits {
  readonly presenceMs: number;
  readonly retryMs: number;
}

/** What one member's write touched, in a document that has a history. */
export interface NotedWrite {
  readonly member: { readonly id: string; readonly name: string };
  readonly touched: readonly TouchedObject[];
}

export interface RoomDeps {
  readonly log: RoomLog;
  readonly limits: RoomLimits;
  readonly owner: Pick<RoomOwner, 'isSure'>;
  /** Storage refused a write because the room is another process's now. */
  lost(room: string): void;
  /** What is stored of the room is damaged, so that nobody can be served. */
  unreadable(room: string, error: unknown): void;
  readonly presence?: KeptPresence | null;
  readonly meters: Meters;
  nowMs(): number;
  /** For a room it has to do with: may change what was applied, before it is durable or shown to anybody. */
  amend?(room: string): ((doc: Y.Doc) => Promise<void>) | null;
  /** After each change, once it is logged. */
  changed(room: string): void;
  /** After a logged change by members of a document that has a history; the change's place in the log. */
  noted?(room: string, writes: readonly NotedWrite[], sequence: number): void;
  /** Something an administrator should know; never a person's data. */
  report(kind: string, detail: string): void;
}
