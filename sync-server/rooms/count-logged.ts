/** Tells writers what is durable: what was logged when they were counted, once that is flushed. */
import { encodeAck, encodeStep1 } from './messages.ts';
import type { Meters } from './meters.ts';
import type { RoomDocument } from './room-document.ts';
import type { Write } from './room-task.ts';

const mostPendingBytes = 1024 * 1024;

/** Counts these writes as logged. To be called when they are durable: what it answers. */
export const countLogged = (document: RoomDocument, applied: readonly Write[], meters: Meters): (() => void) => {
  if (applied.length === 0) return () => {};
  for (const { connection, ordinal, isWhole } of applied) {
    if (isWhole) connection.hasGap = false;
    if (!connection.hasGap) connection.loggedWrites = ordinal;
  }
  const logged = new Map(applied.map(({ connection }) => [connection, connection.loggedWrites]));
  const stateVector = document.stateVector();
  const { store } = document.doc;
  // Something before these updates never arrived: ask for it.
  if (store.pendingStructs) for (const connection of logged.keys()) connection.send(encodeStep1(stateVector));
  if (store.pendingStructs && store.pendingStructs.update.length > mostPendingBytes) store.pendingStructs = null;
  return () => {
    const nowMs = performance.now();
    for (const { heardMs } of applied) meters.acknowledged(nowMs - heardMs);
    for (const [connection, count] of logged) connection.send(encodeAck(stateVector, count));
  };
};
