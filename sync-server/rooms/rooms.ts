/**
 * What the rest of the server may do with shared documents. Room names are whole: `<workspace>/<path>`. Every call
 * waits until the room is loaded, and answers when what it saw or did is durable.
 */
import type * as Y from 'yjs';

export interface Rooms {
  /**
   * Runs `write` in one transaction and resolves with its answer once the change is durable. Rejects with
   * `RoomUnavailable` when storage cannot take it: then nothing was changed, unless it was the flush that failed; that
   * change is seen, and durable when storage is well again.
   */
  change<Answer>(room: string, origin: string, write: (doc: Y.Doc) => Answer): Promise<Answer>;
  /** The document must not be kept or changed by `read`. */
  read<Answer>(room: string, read: (doc: Y.Doc) => Answer): Promise<Answer>;
  /** Nothing of what was deleted from the document is left in storage when this resolves, whoever serves the room. */
  retake(room: string): Promise<void>;
  /** Calls the listener with a room's name after each logged change of a room that this process serves; opens nothing. */
  watchNames(listener: (room: string) => void): () => void;
}

export class RoomUnavailable extends Error {
  readonly kind = 'room-unavailable';
}
