/**
 * What is on air and where the prompter stands, in the show's document. Host and assistant both write; a chosen value,
 * so the last one wins. Times are passed in.
 */
import type * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';
import { setField } from './fields.doc.ts';
import type { Prompter } from './run-of-show.ts';
import { readRunOfShow, showTypes } from './show.doc.ts';

export type OnAirResult = Result<
  'done' | 'unchanged',
  { readonly kind: 'unknown-item' | 'not-on-air' | 'already-ended' }
>;

const origin = 'on-air';

/** Starts with the first item. Starting again while on air changes nothing; an ended broadcast stays ended. */
export const startBroadcast = (doc: Y.Doc, nowMs: number, by: unknown = origin): OnAirResult => {
  const { onAir } = showTypes(doc);
  if (onAir.get('endedMs') != null) return fail({ kind: 'already-ended' });
  if (onAir.get('startedMs') != null) return ok('unchanged');
  const first = readRunOfShow(doc).items[0]?.id ?? '';
  doc.transact(() => {
    onAir.set('startedMs', nowMs);
    onAir.set('currentItemId', first);
    onAir.set('currentSinceMs', nowMs);
  }, by);
  return ok('done');
};

export const endBroadcast = (doc: Y.Doc, nowMs: number, by: unknown = origin): OnAirResult => {
  const { onAir, prompter } = showTypes(doc);
  if (onAir.get('startedMs') == null) return fail({ kind: 'not-on-air' });
  if (onAir.get('endedMs') != null) return ok('unchanged');
  doc.transact(() => {
    onAir.set('endedMs', nowMs);
    if (prompter.get('isRunning') === true) prompter.set('isRunning', false);
  }, by);
  return ok('done');
};

export const setCurrentItem = (doc: Y.Doc, itemId: string, nowMs: number, by: unknown = origin): OnAirResult => {
  const { onAir, items } = showTypes(doc);
  if (!items.has(itemId)) return fail({ kind: 'unknown-item' });
  if (onAir.get('startedMs') == null || onAir.get('endedMs') != null) return fail({ kind: 'not-on-air' });
  if (onAir.get('currentItemId') === itemId) return ok('unchanged');
  doc.transact(() => {
    onAir.set('currentItemId', itemId);
    onAir.set('currentSinceMs', nowMs);
  }, by);
  return ok('done');
};

/** Host, assistant and the phone remote steer one prompter; only what differs is written. */
export const setPrompter = (doc: Y.Doc, change: Partial<Prompter>, by: unknown = origin): OnAirResult => {
  const { prompter, items } = showTypes(doc);
  if (change.itemId !== undefined && change.itemId !== '' && !items.has(change.itemId))
    return fail({ kind: 'unknown-item' });
  let isChanged = false;
  doc.transact(() => {
    for (const [key, value] of Object.entries(change)) {
      if (value !== undefined && setField(prompter, key, value)) isChanged = true;
    }
  }, by);
  return ok(isChanged ? 'done' : 'unchanged');
};
