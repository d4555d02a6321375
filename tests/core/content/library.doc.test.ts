import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { clipMaxMs, clipMinMs, clipWindow, effectOfTag, fitClipWindow } from '#core/content/clip.ts';
import {
  archiveClip,
  clipText,
  clipsOf,
  keepClip,
  readLibrary,
  setClipContent,
  setClipProduct,
  setClipTag,
  setClipWindow,
} from '#core/content/library.doc.ts';

const aMark = {
  markId: 'm1',
  campaignId: 'c1',
  productId: 'p1',
  title: '牛腩',
  text: '一戳就透',
  tags: [],
  markedMs: 4_000_000,
  startedMs: 1_000_000,
  byMember: 'Ning',
};
const aLibrary = (): Y.Doc => {
  const doc = new Y.Doc();
  keepClip(doc, aMark);
  return doc;
};
const sync = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
};

test('[CLIP1, CLIP2] a mark is cut around its moment, 15 to 60 s, after the start', () => {
  expect(clipWindow(3_000_000)).toEqual({ startMs: 2_965_000, endMs: 3_010_000 });
  expect(clipWindow(2000)).toEqual({ startMs: 0, endMs: 15_000 });
  expect(clipWindow(50_000, 52_000)).toEqual({ startMs: 15_000, endMs: 52_000 });
  const times = fc.integer({ min: -1e6, max: 1e8 });
  fc.assert(
    fc.property(times, times, (start, end) => {
      const window = fitClipWindow(start, end);
      expect(window.startMs).toBeGreaterThanOrEqual(0);
      expect(window.endMs - window.startMs).toBeGreaterThanOrEqual(clipMinMs);
      expect(window.endMs - window.startMs).toBeLessThanOrEqual(clipMaxMs);
    }),
    { seed: 1 },
  );
});

test('[CLIP10] a clip says its kind of content, and takes it back; one that is not known reads as none', () => {
  const doc = aLibrary();
  const [before, content] = [Y.encodeStateVector(doc), () => readLibrary(doc).clips[0]?.content];
  setClipContent(doc, 'c1-m1', '');
  expect([content(), Y.encodeStateVector(doc)]).toEqual(['', before]);
  setClipContent(doc, 'c1-m1', 'story');
  expect(content()).toBe('story');
  clipsOf(doc).get('c1-m1')?.set('content', 'dance');
  expect(content()).toBe('');
  expect(setClipContent(doc, 'gone', 'story')).toMatchObject({ ok: false });
});

test('[CLIP3] keeping the same mark twice keeps one clip', () => {
  const doc = aLibrary();
  expect(keepClip(doc, { ...aMark, title: 'other' })).toEqual({ ok: true, value: 'c1-m1' });
  expect(readLibrary(doc).clips).toEqual([
    {
      id: 'c1-m1',
      title: '牛腩',
      text: '一戳就透',
      tags: [],
      productId: 'p1',
      content: '',
      campaignId: 'c1',
      startMs: 2_965_000,
      endMs: 3_010_000,
      markedMs: 4_000_000,
      byMember: 'Ning',
      isArchived: false,
    },
  ]);
});

test('[CLIP4] tags have an effect and a theme', () => {
  const doc = aLibrary();
  for (const wrong of ['成功', '-主题', '成功-', ' -x', 'a-'.padEnd(40, 'x')])
    expect(setClipTag(doc, 'c1-m1', wrong, true)).toEqual({ ok: false, error: { kind: 'wrong-tag', tag: wrong } });
  expect(setClipTag(doc, 'c1-m1', '成功话术-解决烹饪疑虑', true).ok).toBe(true);
  expect(effectOfTag('高互动-烹饪-演示')).toBe('高互动');
  expect(setClipTag(doc, 'gone', 'a-b', true)).toEqual({ ok: false, error: { kind: 'unknown-clip' } });
});

test('[CLIP5] two people who add tags and words at once keep both', () => {
  const a = aLibrary();
  const b = new Y.Doc();
  sync(a, b);
  setClipTag(a, 'c1-m1', '高互动-开箱', true);
  setClipTag(b, 'c1-m1', '成功话术-解决烹饪疑虑', true);
  clipText(a, 'c1-m1', 'title')?.insert(2, '甲');
  clipText(b, 'c1-m1', 'title')?.insert(0, '乙');
  sync(a, b);
  expect(readLibrary(a)).toEqual(readLibrary(b));
  expect(readLibrary(a).clips[0]).toMatchObject({ title: '乙牛腩甲', tags: ['成功话术-解决烹饪疑虑', '高互动-开箱'] });
});

test('[CLIP6] unreadable records are skipped and counted; reading writes nothing; edits are replayable', () => {
  const empty = new Y.Doc();
  expect(readLibrary(empty)).toEqual({ clips: [], skipped: 0 });
  expect(Y.encodeStateAsUpdate(empty)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
  const doc = aLibrary();
  clipsOf(doc).set('bad', new Y.Map([['title', 7]]));
  (clipsOf(doc) as unknown as Y.Map<unknown>).set('worse', 'text');
  expect(readLibrary(doc)).toMatchObject({ clips: [{ id: 'c1-m1' }], skipped: 2 });
  setClipWindow(doc, 'c1-m1', 0, 500_000);
  setClipProduct(doc, 'c1-m1', 'p2');
  archiveClip(doc, 'c1-m1', true);
  const before = Y.encodeStateVector(doc);
  setClipWindow(doc, 'c1-m1', 0, 500_000);
  setClipProduct(doc, 'c1-m1', 'p2');
  archiveClip(doc, 'c1-m1', true);
  expect(Y.encodeStateVector(doc)).toEqual(before);
  expect(readLibrary(doc).clips[0]).toMatchObject({ startMs: 0, endMs: 60_000, productId: 'p2', isArchived: true });
});

test('[CLIP9] a moment marked twice within seconds is one clip, with the later end', () => {
  const doc = aLibrary();
  const [first] = readLibrary(doc).clips;
  const again = keepClip(doc, { ...aMark, markId: 'm2', markedMs: aMark.markedMs + 4000 });
  expect(again).toEqual({ ok: true, value: first?.id });
  expect(readLibrary(doc).clips).toEqual([{ ...first, endMs: (first?.endMs ?? 0) + 4000 }]);
  keepClip(doc, { ...aMark, markId: 'm3', markedMs: aMark.markedMs + 11_000 });
  keepClip(doc, { ...aMark, markId: 'm4', productId: 'p2', title: '牛奶', markedMs: aMark.markedMs + 1000 });
  expect(readLibrary(doc).clips).toHaveLength(3);
});
