import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addSegment, archiveSegment, readSegments, replaceInRule, segmentText } from '#core/segments/segments.doc.ts';

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
  expect(readSegments(doc)).toEqual({ segments: [{ ...first, archived: false }], skipped: 1 });
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
