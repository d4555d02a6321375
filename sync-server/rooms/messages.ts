/**
 * The wire: stock y-websocket messages, decoded strictly. A frame is exactly one message; anything unknown, truncated,
 * too long or with bytes left over is malformed. Nothing here touches a document.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { type Result, fail, ok } from '#core/result.ts';

const messageSync = 0;
const messageAwareness = 1;
const messageQueryAwareness = 3;
const messageAck = 100;
const messageNotice = 101;
const syncStep1 = 0;
const syncStep2 = 1;
const syncUpdate = 2;

export interface AwarenessEntry {
  readonly client: number;
  readonly clock: number;
  /** Null when the client left. */
  readonly state: Readonly<Record<string, unknown>> | null;
}

export type ClientMessage =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  /** `step2` and `update` alike: something to merge. */
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array; readonly isEmpty: boolean }
  | { readonly kind: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly kind: 'query-awareness' };

export type Notice =
  | { readonly kind: 'read-only'; readonly why: 'role' | 'storage' }
  | { readonly kind: 'writable' }
  | { readonly kind: 'not-accepted'; readonly why: 'role' | 'storage' | 'size' };

const mostEntries = 256;
const mostStateLength = 16 * 1024;

export const parseMessage = (frame: Uint8Array): Result<ClientMessage, { kind: 'malformed' }> => {
  try {
    const decoder = decoding.createDecoder(frame);
    const message = readMessage(decoder);
    return message !== null && !decoding.hasContent(decoder) ? ok(message) : fail({ kind: 'malformed' });
  } catch {
    return fail({ kind: 'malformed' });
  }
};

const readMessage = (decoder: decoding.Decoder): ClientMessage | null => {
  switch (decoding.readVarUint(decoder)) {
    case messageSync:
      return readSync(decoder);
    case messageAwareness: {
      const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      const entries = readEntries(inner);
      return entries === null || decoding.hasContent(inner) ? null : { kind: 'awareness', entries };
    }
    case messageQueryAwareness:
      return { kind: 'query-awareness' };
    default:
      return null;
  }
};

const readSync = (decoder: decoding.Decoder): ClientMessage | null => {
  const type = decoding.readVarUint(decoder);
  if (type !== syncStep1 && type !== syncStep2 && type !== syncUpdate) return null;
  const payload = decoding.readVarUint8Array(decoder).slice();
  if (type === syncStep1) {
    Y.decodeStateVector(payload);
    return { kind: 'step1', stateVector: payload };
  }
  // Reads every struct and delete range once, so that what reaches the document is at least well-formed.
  const { structs, ds } = Y.decodeUpdate(payload);
  return {
    kind: type === syncStep2 ? 'step2' : 'update',
    update: payload,
    isEmpty: structs.length === 0 && ds.clients.size === 0,
  };
};

const readEntries = (decoder: decoding.Decoder): readonly AwarenessEntry[] | null => {
  const count = decoding.readVarUint(decoder);
  if (count > mostEntries) return null;
  const entries: AwarenessEntry[] = [];
  for (let at = 0; at < count; at += 1) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const text = decoding.readVarString(decoder);
    if (text.length > mostStateLength) return null;
    const state = JSON.parse(text) as unknown;
    if (state !== null && (typeof state !== 'object' || Array.isArray(state))) return null;
    entries.push({ client, clock, state: state as AwarenessEntry['state'] });
  }
  return entries;
};

const encodeSync = (type: number, payload: Uint8Array): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageSync);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
};

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => encodeSync(syncStep1, stateVector);
export const encodeStep2 = (update: Uint8Array): Uint8Array => encodeSync(syncStep2, update);
export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeSync(syncUpdate, update);

/**
 * The state vector says what is durable of everyone's insertions. Deletions leave no trace in it, so a number
 * follows: all of this connection's step 2 and update messages up to that one (counted from 1) are durable.
 */
export const encodeAck = (stateVector: Uint8Array, durableWrites: number): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAck);
  encoding.writeVarUint8Array(encoder, stateVector);
  encoding.writeVarUint(encoder, durableWrites);
  return encoding.toUint8Array(encoder);
};

export const encodeNotice = (notice: Notice): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageNotice);
  encoding.writeVarString(encoder, JSON.stringify(notice));
  return encoding.toUint8Array(encoder);
};

export const encodeAwareness = (entries: readonly AwarenessEntry[]): Uint8Array => {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, entries.length);
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(inner, client);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, JSON.stringify(state));
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageAwareness);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
  return encoding.toUint8Array(encoder);
};

/** A message as one binary WebSocket frame of a server (RFC 6455, 5.2): unmasked, whole. */
export const frameMessage = (message: Uint8Array): Uint8Array => {
  const { length } = message;
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = 0x82;
  if (start === 2) frame[1] = length;
  else if (start === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(message, start);
  return frame;
};

/** Says nothing, and keeps y-websocket from believing the network is gone. */
export const keepAliveMessage: Uint8Array = encodeAwareness([]);
