/**
 * What the assistant (or the computation) puts before the host and the team: pushed lines, move suggestions, marks.
 * All in the show's document, appended to arrays; ids come from the caller and make every command idempotent.
 */
import * as Y from 'yjs';
import { maskContacts } from '../identity/mask-contacts.ts';
import { type Result, fail, ok } from '../result.ts';
import { type Entry, asEntry, setField } from './fields.doc.ts';
import { type ItemRefusal, moveRunOfShowItem } from './run-of-show.doc.ts';
import type { Mark, MoveSuggestion, PushedLine, PushedState } from './run-of-show.ts';
import { showTypes } from './show.doc.ts';

export type AnswerResult = Result<
  'done' | 'unchanged',
  ItemRefusal | { readonly kind: 'unknown-suggestion' | 'unknown-line' | 'already-answered' }
>;

const origin = 'suggestions';

/** Whatever shows the line shows it to a room: contact details do not enter it. */
export const pushLine = (
  doc: Y.Doc,
  line: Omit<PushedLine, 'state' | 'reachedMs'>,
  by: unknown = origin,
): AnswerResult => {
  const { pushed } = showTypes(doc);
  if (find(pushed, line.id)) return ok('unchanged');
  doc.transact(() => pushed.push([entryFrom({ ...line, text: maskContacts(line.text), state: 'waiting' })]), by);
  return ok('done');
};

/** Said by the host's screen of every line that waits there; no other device can know it. */
export const notePushedReached = (doc: Y.Doc, nowMs: number, by: unknown = origin): AnswerResult => {
  const unnoted = showTypes(doc)
    .pushed.toArray()
    .flatMap((value) => asEntry(value) ?? [])
    .filter((entry) => entry.get('state') === 'waiting' && !entry.has('reachedMs'));
  if (unnoted.length === 0) return ok('unchanged');
  doc.transact(() => {
    for (const entry of unnoted) entry.set('reachedMs', nowMs);
  }, by);
  return ok('done');
};

/** The host's answer; `later` may still become `said` or `dismissed`. */
export const answerPushedLine = (
  doc: Y.Doc,
  { id, state }: { readonly id: string; readonly state: PushedState },
  by: unknown = origin,
): AnswerResult => {
  const entry = find(showTypes(doc).pushed, id);
  if (!entry) return fail({ kind: 'unknown-line' });
  let isChanged = false;
  doc.transact(() => (isChanged = setField(entry, 'state', state)), by);
  return ok(isChanged ? 'done' : 'unchanged');
};

export const addSuggestion = (
  doc: Y.Doc,
  suggestion: Pick<MoveSuggestion, 'id' | 'itemId' | 'beforeItemId' | 'evidence' | 'atMs'>,
  by: unknown = origin,
): AnswerResult => {
  const { suggestions, items } = showTypes(doc);
  if (find(suggestions, suggestion.id)) return ok('unchanged');
  if (!items.has(suggestion.itemId)) return fail({ kind: 'unknown-item' });
  const { evidence, ...plain } = suggestion;
  doc.transact(() => {
    const entry = entryFrom({ ...plain, kind: 'move', state: 'open', byMember: '' });
    entry.set('evidence', { ...evidence });
    suggestions.push([entry]);
  }, by);
  return ok('done');
};

/** Accepting moves the item in the same transaction; when the move is refused, the suggestion stays open. */
export const answerSuggestion = (
  doc: Y.Doc,
  { id, state, byMember }: { readonly id: string; readonly state: 'accepted' | 'dismissed'; readonly byMember: string },
  by: unknown = origin,
): AnswerResult => {
  const entry = find(showTypes(doc).suggestions, id);
  if (!entry) return fail({ kind: 'unknown-suggestion' });
  if (entry.get('state') === state) return ok('unchanged');
  if (entry.get('state') !== 'open') return fail({ kind: 'already-answered' });
  const before = entry.get('beforeItemId');
  return doc.transact((): AnswerResult => {
    if (state === 'accepted') {
      const target = { itemId: String(entry.get('itemId')), beforeItemId: typeof before === 'string' ? before : null };
      const moved = moveRunOfShowItem(doc, target, by);
      if (!moved.ok) return moved;
    }
    setField(entry, 'state', state);
    setField(entry, 'byMember', byMember);
    return ok('done');
  }, by);
};

export const addMark = (doc: Y.Doc, mark: Mark, by: unknown = origin): AnswerResult => {
  const { marks } = showTypes(doc);
  if (marks.toArray().some((each) => (each as Partial<Mark> | null)?.id === mark.id)) return ok('unchanged');
  doc.transact(() => marks.push([{ ...mark }]), by);
  return ok('done');
};

/** However many devices pushed it. */
export const removeMark = (doc: Y.Doc, id: string, by: unknown = origin): AnswerResult => {
  const { marks } = showTypes(doc);
  const at = marks.toArray().flatMap((each, place) => ((each as Partial<Mark> | null)?.id === id ? [place] : []));
  if (at.length === 0) return ok('unchanged');
  doc.transact(() => {
    for (const place of at.reverse()) marks.delete(place);
  }, by);
  return ok('done');
};

function find(array: Y.Array<Entry>, id: string): Entry | null {
  for (const value of array) {
    const entry = asEntry(value);
    if (entry?.get('id') === id) return entry;
  }
  return null;
}

function entryFrom(fields: Readonly<Record<string, unknown>>): Entry {
  const entry: Entry = new Y.Map();
  for (const [key, value] of Object.entries(fields)) entry.set(key, value);
  return entry;
}
