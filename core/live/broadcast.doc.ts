/**
 * Room `broadcast/<id>`, version 1. Written by the server alone, or by the one device that conducts a workspace without
 * a server; everybody may read it, so it holds nothing about a customer beyond a nickname and one safe line.
 *
 * | key | Y type | merge |
 * | --- | --- | --- |
 * | `broadcast` → `second` | packed value in a Y.Map | last writer; one writer |
 * | `arrivals` | Y.Array of plain records, newest last, at most 20 | append and trim |
 * | `comments` | Y.Array of plain records, newest last, at most 60 | append and trim |
 *
 * Arrays, never maps, for what comes and goes: deleted map keys are never given back.
 */
import type * as Y from 'yjs';
import { type LiveSecond, packSecond, unpackSecond } from './live-second.ts';

export const arrivalKinds = ['vip', 'koc', 'regular'] as const;
export type ArrivalKind = (typeof arrivalKinds)[number];
/** What may be said aloud to this person; `unnamed` says nothing and names nobody. */
export const safeLines = ['welcome-back', 'long-time-no-see', 'thank-advocate', 'unnamed'] as const;
export type SafeLine = (typeof safeLines)[number];

export interface Arrival {
  readonly id: string;
  readonly nickname: string;
  readonly arrival: ArrivalKind;
  readonly line: SafeLine;
  readonly atMs: number;
}

export interface RecentComment {
  readonly id: string;
  readonly nickname: string;
  readonly text: string;
  readonly atMs: number;
}

export interface BroadcastView {
  readonly second: LiveSecond | null;
  readonly arrivals: readonly Arrival[];
  readonly comments: readonly RecentComment[];
  readonly skipped: number;
}

export const arrivalLimit = 20;
export const commentLimit = 60;
export const conductOrigin = 'conduct-broadcast';

export const broadcastTypes = (doc: Y.Doc): readonly Y.AbstractType<unknown>[] => [
  doc.getMap('broadcast') as Y.AbstractType<unknown>,
  doc.getArray('arrivals') as unknown as Y.AbstractType<unknown>,
  doc.getArray('comments') as unknown as Y.AbstractType<unknown>,
];

export const readBroadcast = (doc: Y.Doc): BroadcastView => {
  const packed = doc.getMap('broadcast').get('second');
  const second = packed === undefined ? null : unpackSecond(packed);
  const arrivals = doc.getArray('arrivals').toArray();
  const comments = doc.getArray('comments').toArray();
  const goodArrivals = arrivals.filter(isArrival);
  const goodComments = comments.filter(isComment);
  const unread = arrivals.length + comments.length - goodArrivals.length - goodComments.length;
  return Object.freeze({
    second,
    arrivals: goodArrivals,
    comments: goodComments,
    skipped: unread + (packed !== undefined && second === null ? 1 : 0),
  });
};

export interface SecondWrite {
  readonly second: LiveSecond;
  readonly arrivals: readonly Arrival[];
  readonly comments: readonly RecentComment[];
}

/** One transaction a second. Arrivals and comments already there (by id) add nothing. */
export const writeSecond = (doc: Y.Doc, write: SecondWrite): void => {
  doc.transact(() => {
    doc.getMap('broadcast').set('second', packSecond(write.second));
    append(doc.getArray('arrivals'), write.arrivals, arrivalLimit);
    append(doc.getArray('comments'), write.comments, commentLimit);
  }, conductOrigin);
};

function append(list: Y.Array<unknown>, records: readonly { readonly id: string }[], limit: number): void {
  if (records.length === 0) return;
  const known = new Set(list.toArray().map((record) => (isRecord(record) ? record['id'] : undefined)));
  const fresh = records.filter((record) => !known.has(record.id)).slice(-limit);
  if (fresh.length === 0) return;
  list.push(fresh.map((record) => ({ ...record })));
  if (list.length > limit) list.delete(0, list.length - limit);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isArrival(value: unknown): value is Arrival {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['nickname'] === 'string' &&
    Number.isFinite(value['atMs']) &&
    arrivalKinds.some((kind) => kind === value['arrival']) &&
    safeLines.some((line) => line === value['line'])
  );
}

function isComment(value: unknown): value is RecentComment {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['nickname'] === 'string' &&
    typeof value['text'] === 'string' &&
    Number.isFinite(value['atMs'])
  );
}
