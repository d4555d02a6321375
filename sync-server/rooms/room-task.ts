/** What may stand in a room's queue. */
import type * as Y from 'yjs';
import type { TouchedObject } from '#core/workspace/history/touched-objects.doc.ts';
import type { Connection } from './connection.ts';
import { RoomUnavailable } from './rooms.ts';

export interface Write {
  readonly kind: 'write';
  readonly connection: Connection;
  readonly update: Uint8Array;
  readonly isEmpty: boolean;
  /** A step 2: everything the connection has that the document lacked. */
  readonly isWhole: boolean;
  /** Counts the connection's step 2 and update messages. */
  readonly ordinal: number;
  readonly heardMs: number;
  /** Once it is applied, in a document that has a history. */
  touched?: readonly TouchedObject[];
}

/** A change by the server itself. */
export interface Change {
  readonly kind: 'change';
  readonly write: (doc: Y.Doc) => unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
  outcome?: { readonly answer: unknown } | { readonly error: unknown };
}

/** Anything that reads a logged document. */
export interface Look {
  readonly kind: 'look';
  readonly look: (doc: Y.Doc) => void;
  /** Hears that the room was closed first. */
  readonly reject?: (reason: unknown) => void;
}

/** A look that answers once what it saw is durable. */
export const answerTask = <Answer>(
  read: (doc: Y.Doc) => Answer,
  flush: () => Promise<void>,
  resolve: (answer: Answer) => void,
  reject: (reason: unknown) => void,
): Look => ({
  kind: 'look',
  look: (doc) => {
    try {
      const answer = read(doc);
      flush().then(
        () => resolve(answer),
        () => reject(noStorage()),
      );
    } catch (error) {
      reject(error);
    }
  },
  reject,
});

export type RoomTask = Write | Change | Look;

/** One merged update is no larger than this and what made it so. */
const mostTurnBytes = 1024 * 1024;

/** Takes what forms one turn from the head of the queue. */
export const takeTurnFrom = (queue: RoomTask[]): RoomTask[] => {
  let bytes = 0;
  const end = queue.findIndex((task) => {
    const isFull = bytes >= mostTurnBytes;
    if (task.kind === 'write') bytes += task.update.length;
    return isFull;
  });
  return queue.splice(0, end < 0 ? queue.length : end);
};

export const noStorage = (): RoomUnavailable => new RoomUnavailable('storage does not accept writes');

export const runChange = (task: Change, doc: Y.Doc, canStore: boolean): void => {
  try {
    task.outcome = canStore ? { answer: task.write(doc) } : { error: noStorage() };
  } catch (error) {
    task.outcome = { error };
  }
};

export const settleChange = ({ outcome, resolve, reject }: Change): void => {
  if (outcome && 'answer' in outcome) resolve(outcome.answer);
  else reject(outcome?.error);
};

export const rejectTasks = (tasks: readonly RoomTask[], reason: unknown): void => {
  for (const task of tasks) if (task.kind !== 'write') task.reject?.(reason);
};
