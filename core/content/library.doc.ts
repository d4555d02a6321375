/**
 * Room `library`, version 1; owner, operator and assistant write.
 *
 * | key | Y type | merge |
 * | --- | --- | --- |
 * | `clips` | Y.Map by clip id | a clip each |
 * | … `title`, `text` | Y.Text | both people's letters survive |
 * | … `tags` | Y.Map tag → true | set union |
 * | … `productId`, `content`, `campaignId`, `startMs`, `endMs`, `markedMs`, `byMember`, `isArchived` | plain | last writer |
 *
 * The id of a clip kept from a mark is derived from that mark, so keeping it twice keeps it once.
 */
import * as Y from 'yjs';
import { type ContentKind, isContentKind } from '../insight/preference/preference-parameters.ts';
import { type Result, fail, ok } from '../result.ts';
import { type Clip, clipWindow, fitClipWindow, sameMomentMs } from './clip.ts';

export const libraryOrigin = 'library';

export const clipsOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('clips');

export const readLibrary = (doc: Y.Doc): { readonly clips: readonly Clip[]; readonly skipped: number } => {
  const clips: Clip[] = [];
  let skipped = 0;
  for (const [id, record] of clipsOf(doc)) {
    const clip = readClip(id, record);
    if (clip) clips.push(clip);
    else skipped++;
  }
  clips.sort((a, b) => b.markedMs - a.markedMs || (a.id < b.id ? -1 : 1));
  return Object.freeze({ clips, skipped });
};

export type ClipFailure = { readonly kind: 'unknown-clip' } | { readonly kind: 'wrong-tag'; readonly tag: string };

export interface HighlightMark {
  readonly markId: string;
  readonly campaignId: string;
  readonly productId: string;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly markedMs: number;
  readonly startedMs: number;
  readonly byMember: string;
}

export const keepClip = (doc: Y.Doc, mark: HighlightMark): Result<string, ClipFailure> => {
  const wrong = mark.tags.find((tag) => !isTag(tag));
  if (wrong !== undefined) return fail({ kind: 'wrong-tag', tag: wrong });
  const id = `${mark.campaignId}-${mark.markId}`;
  if (clipsOf(doc).has(id)) return ok(id);
  const same = sameMoment(doc, mark);
  if (same) {
    const { endMs } = clipWindow(Math.max(0, mark.markedMs - mark.startedMs));
    if (endMs > same.endMs) setClipWindow(doc, same.id, same.startMs, endMs);
    return ok(same.id);
  }
  doc.transact(() => {
    const record = new Y.Map<unknown>();
    const { startMs, endMs } = clipWindow(Math.max(0, mark.markedMs - mark.startedMs));
    record.set('title', new Y.Text(mark.title));
    record.set('text', new Y.Text(mark.text));
    const tags = new Y.Map<true>();
    for (const tag of mark.tags) tags.set(tag, true);
    record.set('tags', tags);
    for (const [key, value] of Object.entries({
      productId: mark.productId,
      campaignId: mark.campaignId,
      startMs,
      endMs,
      markedMs: mark.markedMs,
      byMember: mark.byMember,
      isArchived: false,
    }))
      record.set(key, value);
    clipsOf(doc).set(id, record);
  }, libraryOrigin);
  return ok(id);
};

/** What somebody marked a moment ago, of the same part of the same broadcast. */
const sameMoment = (doc: Y.Doc, { campaignId, productId, title, markedMs }: HighlightMark): Clip | undefined =>
  readLibrary(doc).clips.find(
    (clip) =>
      clip.campaignId === campaignId &&
      clip.productId === productId &&
      clip.title === title &&
      !clip.isArchived &&
      Math.abs(clip.markedMs - markedMs) <= sameMomentMs,
  );

export const setClipTag = (doc: Y.Doc, id: string, tag: string, isOn: boolean): Result<null, ClipFailure> => {
  if (!isTag(tag)) return fail({ kind: 'wrong-tag', tag });
  return change(doc, id, (record) => {
    const tags = record.get('tags');
    if (!(tags instanceof Y.Map)) return;
    if (isOn && !tags.has(tag)) tags.set(tag, true);
    if (!isOn && tags.has(tag)) tags.delete(tag);
  });
};

export const setClipWindow = (doc: Y.Doc, id: string, startMs: number, endMs: number): Result<null, ClipFailure> =>
  change(doc, id, (record) => {
    const window = fitClipWindow(startMs, endMs);
    setPlain(record, 'startMs', window.startMs);
    setPlain(record, 'endMs', window.endMs);
  });

export const setClipProduct = (doc: Y.Doc, id: string, productId: string): Result<null, ClipFailure> =>
  change(doc, id, (record) => setPlain(record, 'productId', productId));

/** Empty takes the kind back. */
export const setClipContent = (doc: Y.Doc, id: string, content: ContentKind | ''): Result<null, ClipFailure> =>
  change(doc, id, (record) => {
    if (content !== '' || record.has('content')) setPlain(record, 'content', content);
  });

export const archiveClip = (doc: Y.Doc, id: string, isArchived: boolean): Result<null, ClipFailure> =>
  change(doc, id, (record) => setPlain(record, 'isArchived', isArchived));

/** The shared text of a clip, for a field that binds to it; null when the clip is gone. */
export const clipText = (doc: Y.Doc, id: string, field: 'title' | 'text'): Y.Text | null => {
  const text = clipsOf(doc).get(id)?.get(field);
  return text instanceof Y.Text ? text : null;
};

/** Two levels, each 1 to 20 long, no second hyphen in the effect. */
export const isTag = (tag: string): boolean => /^[^-\s][^-]{0,19}-\S[^\n]{0,19}$/u.test(tag);

function change(doc: Y.Doc, id: string, act: (record: Y.Map<unknown>) => void): Result<null, ClipFailure> {
  const record = clipsOf(doc).get(id);
  if (!(record instanceof Y.Map)) return fail({ kind: 'unknown-clip' });
  doc.transact(() => act(record), libraryOrigin);
  return ok(null);
}

function setPlain(record: Y.Map<unknown>, key: string, value: string | number | boolean): void {
  if (record.get(key) !== value) record.set(key, value);
}

function readClip(id: string, record: unknown): Clip | null {
  if (!(record instanceof Y.Map)) return null;
  const title = record.get('title');
  const text = record.get('text');
  const tags = record.get('tags');
  const startMs = record.get('startMs');
  const endMs = record.get('endMs');
  if (!(title instanceof Y.Text) || !(text instanceof Y.Text) || !(tags instanceof Y.Map)) return null;
  if (typeof startMs !== 'number' || typeof endMs !== 'number') return null;
  const word = (key: string): string => (typeof record.get(key) === 'string' ? (record.get(key) as string) : '');
  const markedMs = record.get('markedMs');
  const content = record.get('content');
  return Object.freeze({
    id,
    title: title.toJSON(),
    text: text.toJSON(),
    tags: [...tags.keys()].filter(isTag).sort(),
    productId: word('productId'),
    content: isContentKind(content) ? content : '',
    campaignId: word('campaignId'),
    ...fitClipWindow(startMs, endMs),
    markedMs: typeof markedMs === 'number' ? markedMs : 0,
    byMember: word('byMember'),
    isArchived: record.get('isArchived') === true,
  });
}
