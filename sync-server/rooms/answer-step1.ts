/**
 * What a client asks for that has just come, or come back. Up to 1 MB is encoded from the document; more is made from
 * the stored bytes on another thread, because everybody else's second is as long. Those bytes may hold what came after
 * the question; never less.
 */
import * as Y from 'yjs';
import type { Connection } from './connection.ts';
import { encodeAck, encodeStep2 } from './messages.ts';
import type { RoomDocument } from './room-document.ts';

const largeBytes = 1024 * 1024;

export const answerStep1 = (
  connection: Connection,
  document: RoomDocument,
  stateVector: Uint8Array,
  report: (kind: string, detail: string) => void,
  whenDurable: (then: () => void) => void,
): void => {
  /** Asked faster than it is sent: the last question stands for all. */
  const isLater = (): boolean => {
    if (connection.asks || connection.isOverMark()) connection.asks = stateVector;
    return connection.asks !== null;
  };
  const answer = (frame: Uint8Array): void => {
    if (isLater()) return;
    connection.answer(frame);
    const ack = encodeAck(document.stateVector(), connection.loggedWrites);
    whenDurable(() => connection.send(ack));
  };
  const encodeHere = (): Uint8Array => encodeStep2(Y.encodeStateAsUpdate(document.doc, stateVector));
  if (isLater()) return;
  if (missingBytes(document, stateVector) <= largeBytes) return answer(encodeHere());
  document.encodeAside(stateVector).then(answer, (error: unknown) => {
    report('join', String(error));
    if (connection.isOpen) answer(encodeHere());
  });
};

/** An estimate: the share of all clocks that the client has not seen, of the stored size. */
const missingBytes = (document: RoomDocument, stateVector: Uint8Array): number => {
  if (document.bytes <= largeBytes) return 0;
  const known = Y.decodeStateVector(stateVector);
  let all = 0;
  let missing = 0;
  for (const [client, clock] of Y.decodeStateVector(document.stateVector())) {
    all += clock;
    missing += Math.max(0, clock - (known.get(client) ?? 0));
  }
  return (document.bytes * missing) / Math.max(1, all);
};
