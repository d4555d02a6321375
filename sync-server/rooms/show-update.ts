/** Fan-out of one turn's merged update; readers over the mark are held back and resynced later. */
import * as Y from 'yjs';
import type { Connection } from './connection.ts';
import { encodeUpdate, frameMessage } from './messages.ts';
import type { Meters } from './meters.ts';
import type { RoomTask } from './room-task.ts';

export const showUpdate = (
  connections: ReadonlySet<Connection>,
  doc: Y.Doc,
  update: Uint8Array,
  sources: readonly RoomTask[],
  nowMs: number,
): void => {
  const frame = frameMessage(encodeUpdate(update));
  const onlySource = onlyConnection(sources);
  for (const connection of connections) {
    // It has this already: nobody else wrote in this turn.
    if (connection === onlySource || connection.behind) continue;
    if (connection.isOverMark()) connection.behind = { sinceMs: nowMs, stateVector: stateVectorBefore(doc, update) };
    else connection.sendFrame(frame);
  }
};

/** All that was held back, as one update. */
export const catchUp = (connection: Connection, doc: Y.Doc, meters: Meters): void => {
  if (!connection.behind) return;
  const { stateVector } = connection.behind;
  connection.behind = null;
  meters.resyncs += 1;
  connection.send(encodeUpdate(Y.encodeStateAsUpdate(doc, stateVector)));
};

const onlyConnection = (sources: readonly RoomTask[]): Connection | null => {
  const writers = new Set(sources.map((task) => (task.kind === 'write' ? task.connection : null)));
  return writers.size === 1 ? ([...writers][0] ?? null) : null;
};

/** The document's state vector as it was before the update that was merged last. */
const stateVectorBefore = (doc: Y.Doc, update: Uint8Array): Uint8Array => {
  const clocks = Y.decodeStateVector(Y.encodeStateVector(doc));
  for (const [client, clock] of Y.parseUpdateMeta(update).from) clocks.set(client, clock);
  return Y.encodeStateVector(clocks);
};
