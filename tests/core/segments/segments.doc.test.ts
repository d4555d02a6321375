import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addSegment,
  archiveSegment,
  dropDraft,
  keepRule,
  readSegments,
  replaceInRule,
  segmentText,
} from '#core/segments/segments.doc.ts';

const first = { id: 's1', name: '烘焙', rule: '标签 = 烘焙爱好者', createdMs: 5 };

test('[SEG13] two people typing in one rule keep both additions', () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  addSegment(one, first);
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  segmentText(one, 's1', 'rule')?.insert(0, '单数 >= 3\n');
  segmentText(other, 's1', 'rule')?.insert(first.rule.length, '\n并且 7天内没有购买');
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  expect(readSegments(one)).toEqual(readSegments(other));
  expect(readSegments(one).segments[0]?.rule).toBe('单数 >= 3\n标签 = 烘焙爱好者\n并且 7天内没有购买');
});

test('[SEG13] reading writes nothing; unreadable segments are skipped and counted', () => {
  const doc = new Y.Doc();
  expect(readSegments(doc)).toEqual({ segments: [], skipped: 0 });
  expect(Y.encodeStateAsUpdate(doc).length).toBe(2);
  doc.getMap('segments').set('bad', 'text');
  addSegment(doc, first);
  expect(readSegments(doc)).toEqual({ segments: [{ ...first, kept: first.rule, archived: false }], skipped: 1 });
});

test('[SEG13] commands are idempotent and refuse with a kind', () => {
  const doc = new Y.Doc();
  expect(addSegment(doc, { ...first, id: 'Not a slug' })).toMatchObject({ error: { kind: 'unusable-id' } });
  expect(addSegment(doc, first)).toEqual({ ok: true, value: 'done' });
  expect(addSegment(doc, { ...first, rule: 'other' })).toEqual({ ok: true, value: 'unchanged' });
  expect(archiveSegment(doc, 's1', true)).toEqual({ ok: true, value: 'done' });
  expect(archiveSegment(doc, 's1', true)).toEqual({ ok: true, value: 'unchanged' });
  expect(archiveSegment(doc, 's2', true)).toMatchObject({ error: { kind: 'unknown-segment' } });
  expect(replaceInRule(doc, 's1', { start: 5, length: 99, text: '健身轻食派' })).toEqual({ ok: true, value: 'done' });
  expect(segmentText(doc, 's1', 'rule')?.toString()).toBe('标签 = 健身轻食派');
});

test('[SEG17] typing changes the draft; saving puts in force what was seen; a draft can be dropped', () => {
  const doc = new Y.Doc();
  addSegment(doc, first);
  const now = () => readSegments(doc).segments.map(({ rule, kept }) => [rule, kept])[0];
  const text = segmentText(doc, 's1', 'rule');
  text?.insert(first.rule.length, '\n并且 分层 = 沉默客');
  expect(now()).toEqual([`${first.rule}\n并且 分层 = 沉默客`, first.rule]);
  expect(dropDraft(doc, 's1')).toEqual({ ok: true, value: 'done' });
  expect(dropDraft(doc, 's1')).toEqual({ ok: true, value: 'unchanged' });
  expect(now()).toEqual([first.rule, first.rule]);
  text?.insert(0, '单数 >= 3\n');
  const seen = text?.toString() ?? '';
  text?.insert(0, '单数 >= 9\n');
  expect(keepRule(doc, 's1', seen)).toEqual({ ok: true, value: 'done' });
  expect(keepRule(doc, 's1', seen)).toEqual({ ok: true, value: 'unchanged' });
  expect(now()).toEqual([`单数 >= 9\n${seen}`, seen]);
  expect(keepRule(doc, 's2', seen)).toMatchObject({ error: { kind: 'unknown-segment' } });
  expect(dropDraft(doc, 's2')).toMatchObject({ error: { kind: 'unknown-segment' } });
});

test('[SEG17] an older record is in force as it was typed', () => {
  const doc = new Y.Doc();
  addSegment(doc, first);
  (doc.getMap('segments').get('s1') as Y.Map<unknown>).delete('kept');
  expect(readSegments(doc).segments[0]).toMatchObject({ rule: first.rule, kept: first.rule });
});
