/**
 * The show: run of show, script, prompter, suggestions, marks. Room `show/<id>`, version 1; owner, operator, host and
 * assistant write.
 *
 * | key | type | when two write at once |
 * | --- | --- | --- |
 * | `items` | Y.Map id → Y.Map | both items stay; a removed item stays removed |
 * | item `order` | fractional index | the last move wins whole: one item, one place; equal keys are ordered by id |
 * | item `title`, `script` | Y.Text | every character of both stays; one line of script is one prompter line |
 * | item `kind`, `productId`, `minutes`, `priceFen`, `owner`, `locked` | plain | chosen values: the last wins |
 * | `onAir`, `prompter` | Y.Map of plain values | the last wins (`on-air.doc.ts`) |
 * | `pushed`, `suggestions` | Y.Array of Y.Map | all stay; the state: the last answer wins (`suggestions.doc.ts`) |
 * | `marks` | Y.Array of plain records | all stay until taken back; equal ids count once |
 *
 * Reading writes nothing and never throws; a record it cannot read is skipped and counted.
 */
import type * as Y from 'yjs';
import { type Entry, asEntry, numberIn, oneOf, stringIn, textIn } from './fields.doc.ts';
import { byOrder } from './order.doc.ts';
import {
  type Mark,
  type MoveSuggestion,
  type OnAir,
  type Prompter,
  type PushedLine,
  type RunOfShowItem,
  type Show,
  itemKinds,
  pushedStates,
  suggestionStates,
} from './run-of-show.ts';

export const defaultWordsAMinute = 220;

/** The shared types of a show; getting them writes nothing. */
export const showTypes = (doc: Y.Doc) => ({
  items: doc.getMap<Entry>('items'),
  onAir: doc.getMap<unknown>('onAir'),
  prompter: doc.getMap<unknown>('prompter'),
  pushed: doc.getArray<Entry>('pushed'),
  suggestions: doc.getArray<Entry>('suggestions'),
  marks: doc.getArray<unknown>('marks'),
});

export const readShow = (doc: Y.Doc): Show => {
  const types = showTypes(doc);
  const items = readRunOfShow(doc);
  const pushed = readRecords(types.pushed.toArray(), readPushedLine);
  const suggestions = readRecords(types.suggestions.toArray(), readSuggestion);
  const marks = readRecords(types.marks.toArray(), readMark);
  return Object.freeze({
    items: items.items,
    onAir: readOnAir(types.onAir),
    prompter: readPrompter(types.prompter),
    pushed: pushed.records,
    suggestions: suggestions.records,
    marks: marks.records,
    skipped: items.skipped + pushed.skipped + suggestions.skipped + marks.skipped,
  });
};

/** The items alone, in order. */
export const readRunOfShow = (doc: Y.Doc): { readonly items: readonly RunOfShowItem[]; readonly skipped: number } => {
  const items: RunOfShowItem[] = [];
  let skipped = 0;
  for (const [id, value] of showTypes(doc).items) {
    const item = readItem(id, value);
    if (item) items.push(item);
    else skipped++;
  }
  return Object.freeze({ items: Object.freeze(items.sort(byOrder)), skipped });
};

function readItem(id: string, value: unknown): RunOfShowItem | null {
  const entry = asEntry(value);
  const kind = entry && oneOf(entry.get('kind'), itemKinds, null);
  const order = entry ? stringIn(entry, 'order') : '';
  if (!entry || !kind || order === '') return null;
  return Object.freeze({
    id,
    order,
    kind,
    productId: stringIn(entry, 'productId'),
    title: textIn(entry, 'title'),
    minutes: Math.max(0, numberIn(entry, 'minutes') ?? 0),
    priceFen: numberIn(entry, 'priceFen'),
    owner: stringIn(entry, 'owner'),
    locked: entry.get('locked') === true,
    script: textIn(entry, 'script'),
  });
}

function readOnAir(entry: Entry): OnAir {
  return Object.freeze({
    startedMs: numberIn(entry, 'startedMs'),
    endedMs: numberIn(entry, 'endedMs'),
    currentItemId: stringIn(entry, 'currentItemId'),
    currentSinceMs: numberIn(entry, 'currentSinceMs'),
  });
}

function readPrompter(entry: Entry): Prompter {
  return Object.freeze({
    itemId: stringIn(entry, 'itemId'),
    line: Math.max(0, Math.floor(numberIn(entry, 'line') ?? 0)),
    isRunning: entry.get('isRunning') === true,
    wordsAMinute: numberIn(entry, 'wordsAMinute') ?? defaultWordsAMinute,
  });
}

function readPushedLine(value: unknown): PushedLine | null {
  const entry = asEntry(value);
  const atMs = entry && numberIn(entry, 'atMs');
  if (!entry || atMs === null || !stringIn(entry, 'id')) return null;
  return Object.freeze({
    id: stringIn(entry, 'id'),
    text: textIn(entry, 'text'),
    sourceFact: stringIn(entry, 'sourceFact'),
    from: stringIn(entry, 'from'),
    askers: numberIn(entry, 'askers') ?? 0,
    atMs,
    state: oneOf(entry.get('state'), pushedStates, 'waiting'),
    reachedMs: numberIn(entry, 'reachedMs'),
  });
}

function readSuggestion(value: unknown): MoveSuggestion | null {
  const entry = asEntry(value);
  const atMs = entry && numberIn(entry, 'atMs');
  if (!entry || atMs === null || entry.get('kind') !== 'move' || !stringIn(entry, 'id')) return null;
  const before = entry.get('beforeItemId');
  return Object.freeze({
    id: stringIn(entry, 'id'),
    kind: 'move',
    itemId: stringIn(entry, 'itemId'),
    beforeItemId: typeof before === 'string' ? before : null,
    evidence: readEvidence(entry.get('evidence')),
    atMs,
    state: oneOf(entry.get('state'), suggestionStates, 'open'),
    byMember: stringIn(entry, 'byMember'),
  });
}

function readEvidence(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return Object.freeze({});
  const numbers = Object.entries(value).filter((pair): pair is [string, number] => typeof pair[1] === 'number');
  return Object.freeze(Object.fromEntries(numbers));
}

function readMark(value: unknown): Mark | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, kind, itemId, atMs, byMember } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof kind !== 'string' || typeof atMs !== 'number') return null;
  return Object.freeze({
    id,
    kind,
    itemId: typeof itemId === 'string' ? itemId : '',
    atMs,
    byMember: typeof byMember === 'string' ? byMember : '',
  });
}

/** The same command replayed on two devices leaves a record twice in an array: the first of an id counts. */
function readRecords<Record extends { readonly id: string }>(
  values: readonly unknown[],
  read: (value: unknown) => Record | null,
): { readonly records: readonly Record[]; readonly skipped: number } {
  const recordsById = new Map<string, Record>();
  let skipped = 0;
  for (const value of values) {
    const record = read(value);
    if (!record) skipped++;
    else if (!recordsById.has(record.id)) recordsById.set(record.id, record);
  }
  return { records: Object.freeze([...recordsById.values()]), skipped };
}
