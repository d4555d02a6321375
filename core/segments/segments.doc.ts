/**
 * The saved segments. In room `segments`, top-level `segments`: Y.Map id → Y.Map{ name: Y.Text, rule: Y.Text,
 * kept, createdMs, archived }. Version 1; owner and operator write. Two people typing in one rule keep both additions;
 * two creating at once keep both segments. The shared text is a draft, errors and all; `kept` is the rule in force, put
 * there by somebody's act: chosen, not written. A segment without it (an older record) is in force as it is typed.
 */
import * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';
import { isSlug } from '../units/ids.ts';

export interface Segment {
  readonly id: string;
  readonly name: string;
  /** The draft, as it stands in the shared text. */
  readonly rule: string;
  /** The rule in force; changes only when somebody saves. */
  readonly kept: string;
  readonly createdMs: number;
  readonly archived: boolean;
}

export type SegmentResult = Result<'done' | 'unchanged', { readonly kind: 'unknown-segment' | 'unusable-id' }>;

const origin = 'segments';

export const segmentsType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('segments');

export const readSegments = (doc: Y.Doc): { readonly segments: readonly Segment[]; readonly skipped: number } => {
  const segments: Segment[] = [];
  let skipped = 0;
  for (const [id, value] of segmentsType(doc)) {
    const name = value instanceof Y.Map ? value.get('name') : null;
    const rule = value instanceof Y.Map ? value.get('rule') : null;
    const createdMs = value instanceof Y.Map ? value.get('createdMs') : null;
    if (
      !(value instanceof Y.Map) ||
      !(name instanceof Y.Text) ||
      !(rule instanceof Y.Text) ||
      typeof createdMs !== 'number'
    ) {
      skipped++;
      continue;
    }
    const archived = value.get('archived') === true;
    const draft = rule.toString();
    const kept = value.get('kept');
    segments.push(
      Object.freeze({
        id,
        name: name.toString(),
        rule: draft,
        kept: typeof kept === 'string' ? kept : draft,
        createdMs,
        archived,
      }),
    );
  }
  segments.sort((a, b) => b.createdMs - a.createdMs || (a.id < b.id ? -1 : 1));
  return Object.freeze({ segments: Object.freeze(segments), skipped });
};

/** Asked for, with nothing in it yet. */
export const isBlank = ({ name, rule, kept }: Segment): boolean =>
  [name, rule, kept].every((text) => text.trim() === '');

export const addSegment = (
  doc: Y.Doc,
  segment: { readonly id: string; readonly name: string; readonly rule: string; readonly createdMs: number },
  by: unknown = origin,
): SegmentResult => {
  if (!isSlug(segment.id)) return fail({ kind: 'unusable-id' });
  const segments = segmentsType(doc);
  if (segments.has(segment.id)) return ok('unchanged');
  doc.transact(() => {
    const entry = new Y.Map<unknown>();
    segments.set(segment.id, entry);
    entry.set('name', new Y.Text(segment.name));
    entry.set('rule', new Y.Text(segment.rule));
    entry.set('kept', segment.rule);
    entry.set('createdMs', segment.createdMs);
    entry.set('archived', false);
  }, by);
  return ok('done');
};

export const archiveSegment = (doc: Y.Doc, id: string, archived: boolean, by: unknown = origin): SegmentResult => {
  const entry = segmentsType(doc).get(id);
  if (!(entry instanceof Y.Map)) return fail({ kind: 'unknown-segment' });
  if ((entry.get('archived') === true) === archived) return ok('unchanged');
  doc.transact(() => entry.set('archived', archived), by);
  return ok('done');
};

/** Puts a rule in force: the very text that was seen and counted, whatever is typed meanwhile. */
export const keepRule = (doc: Y.Doc, id: string, rule: string, by: unknown = origin): SegmentResult => {
  const entry = segmentsType(doc).get(id);
  if (!(entry instanceof Y.Map)) return fail({ kind: 'unknown-segment' });
  if (entry.get('kept') === rule) return ok('unchanged');
  doc.transact(() => entry.set('kept', rule), by);
  return ok('done');
};

/** The draft becomes the rule in force again. */
export const dropDraft = (doc: Y.Doc, id: string, by: unknown = origin): SegmentResult => {
  const segment = readSegments(doc).segments.find((one) => one.id === id);
  if (!segment) return fail({ kind: 'unknown-segment' });
  if (segment.rule === segment.kept) return ok('unchanged');
  return replaceInRule(doc, id, { start: 0, length: segment.rule.length, text: segment.kept }, by);
};

/** The shared text of a segment, to bind an editor to; null when there is none. */
export const segmentText = (doc: Y.Doc, id: string, field: 'name' | 'rule'): Y.Text | null => {
  const entry = segmentsType(doc).get(id);
  const text = entry instanceof Y.Map ? entry.get(field) : null;
  return text instanceof Y.Text ? text : null;
};

/** Replaces `length` characters from `start`, as a correction does; out of range is cut to what is there. */
export const replaceInRule = (
  doc: Y.Doc,
  id: string,
  change: { readonly start: number; readonly length: number; readonly text: string },
  by: unknown = origin,
): SegmentResult => {
  const rule = segmentText(doc, id, 'rule');
  if (!rule) return fail({ kind: 'unknown-segment' });
  const start = Math.min(Math.max(0, change.start), rule.length);
  const length = Math.min(change.length, rule.length - start);
  if (length <= 0 && change.text === '') return ok('unchanged');
  doc.transact(() => {
    if (length > 0) rule.delete(start, length);
    if (change.text !== '') rule.insert(start, change.text);
  }, by);
  return ok('done');
};
