/** Tells writers what is durable now. */
import type { Connection } from './connection.ts';
import { encodeAck, encodeStep1 } from './messages.ts';
import type { Meters } from './meters.ts';
import type { RoomDocument } from './room-document.ts';
import type { Write } from './room-task.ts';

const mostPendingBytes = 1024 * 1024;

export const acknowledge = (document: RoomDocument, applied: readonly Write[], meters: Meters): void => {
  if (applied.length === 0) return;
  const stateVector = document.stateVector();
  const { store } = document.doc;
  const nowMs = performance.now();
  for (const { connection, ordinal, isWhole, heardMs } of applied) {
    meters.acknowledged(nowMs - heardMs);
    if (isWhole) connection.hasGap = false;
    if (!connection.hasGap) connection.durableWrites = ordinal;
  }
  const asked = new Set<Connection>(applied.map(({ connection }) => connection));
  for (const connection of asked) {
    connection.send(encodeAck(stateVector, connection.durableWrites));
    // Something before this update never arrived: ask for it.
    if (store.pendingStructs) connection.send(encodeStep1(stateVector));
  }
  if (store.pendingStructs && store.pendingStructs.update.length > mostPendingBytes) store.pendingStructs = null;
};
