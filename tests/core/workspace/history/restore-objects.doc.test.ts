import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addCard,
  addChecklistItem,
  cardText,
  changeCard,
  moveCard,
  readCampaign,
  removeCard,
  removeChecklistItem,
  tickChecklistItem,
} from '#core/campaigns/campaign.doc.ts';
import { addCampaign, campaignTitle, changeCampaign, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { startBroadcast } from '#core/campaigns/on-air.doc.ts';
import { addRunOfShowItem, changeRunOfShowItem, itemScript } from '#core/campaigns/run-of-show.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { addMark } from '#core/campaigns/suggestions.doc.ts';
import { beginTemplate, messageTextOf } from '#core/journeys/journeys.doc.ts';
import { compareVersion, readLabels } from '#core/workspace/history/compare-version.doc.ts';
import { objectKindsOf } from '#core/workspace/history/object-kinds.ts';
import { restoreObjects } from '#core/workspace/history/restore-objects.doc.ts';

const campaign = objectKindsOf('campaign/c1')!;
const show = objectKindsOf('show/c1')!;
const card = (id: string) => ({ collection: 'cards', id });

const copy = (doc: Y.Doc): Y.Doc => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
};
const exchange = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
};
const cardOf = (doc: Y.Doc, id: string) => readCampaign(doc).cards.find((each) => each.id === id);
const aPlan = (): Y.Doc => {
  const doc = new Y.Doc();
  addCard(doc, { id: 'a', title: 'Poster', note: 'red', checklist: [{ id: 'x', text: 'print' }] });
  addCard(doc, { id: 'b', title: 'Samples', owner: 'Wang' });
  return doc;
};

test('[HIS2, HIS3] one card goes back; what others wrote elsewhere, or type into it meanwhile, stays', () => {
  const doc = aPlan();
  const then = copy(doc);
  cardText(doc, 'a', 'title')?.insert(6, ' for the window');
  tickChecklistItem(doc, 'a', 'x', true);
  changeCard(doc, 'b', { owner: 'Li' });
  addCard(doc, { id: 'c', title: 'Later' });
  const text = cardText(doc, 'a', 'title');
  const other = copy(doc);
  cardText(other, 'a', 'title')?.insert(0, 'Big ');
  cardText(other, 'b', 'note')?.insert(0, 'twelve');

  expect(restoreObjects(doc, then, campaign, [card('a')])).toEqual([{ ...card('a'), act: 'changed' }]);
  expect(cardText(doc, 'a', 'title')).toBe(text);
  exchange(doc, other);
  expect(cardOf(doc, 'a')).toMatchObject({ title: 'Big Poster', note: 'red', checklist: [{ isDone: false }] });
  expect(cardOf(doc, 'b')).toMatchObject({ owner: 'Li', note: 'twelve' });
  expect(cardOf(doc, 'c')?.title).toBe('Later');
  expect(readCampaign(other)).toEqual(readCampaign(doc));
});

test('[HIS4, HIS7] a card that is gone comes back whole, to type in; taking that back removes it again', () => {
  const doc = aPlan();
  const then = copy(doc);
  removeCard(doc, 'a');
  const before = copy(doc);
  expect(restoreObjects(doc, then, campaign, [card('a')])).toEqual([{ ...card('a'), act: 'added' }]);
  expect(cardOf(doc, 'a')).toEqual(cardOf(then, 'a'));
  cardText(doc, 'a', 'note')?.insert(3, 'dish');
  expect(cardOf(doc, 'a')?.note).toBe('reddish');
  expect(restoreObjects(doc, before, campaign, [card('a')])).toEqual([{ ...card('a'), act: 'removed' }]);
  expect(readCampaign(doc)).toEqual(readCampaign(before));
});

test('[HIS5] what came later goes only when it is named', () => {
  const doc = aPlan();
  const then = copy(doc);
  addCard(doc, { id: 'c', title: 'Later' });
  restoreObjects(doc, then, campaign, [card('a'), card('b'), { collection: 'elsewhere', id: 'q' }, card('')]);
  expect(readCampaign(doc).cards).toHaveLength(3);
  restoreObjects(doc, then, campaign, [card('c')]);
  expect(readCampaign(doc)).toEqual(readCampaign(then));
});

test('[HIS8] a run of show goes back while the broadcast and its marks go on', () => {
  const doc = new Y.Doc();
  addRunOfShowItem(doc, { id: 'i', kind: 'talk', title: 'Hello', script: 'one\ntwo' });
  const then = copy(doc);
  startBroadcast(doc, 7);
  addMark(doc, { id: 'm', kind: 'highlight', itemId: 'i', atMs: 8, byMember: 'w' });
  itemScript(doc, 'i')?.insert(3, ' and a half');
  changeRunOfShowItem(doc, 'i', { minutes: 9 });
  restoreObjects(doc, then, show, [
    { collection: 'items', id: 'i' },
    { collection: 'onAir', id: '' },
  ]);
  expect(readShow(doc)).toMatchObject({
    items: [{ script: 'one\ntwo', minutes: 5 }],
    onAir: { startedMs: 7 },
    marks: [{ id: 'm' }],
  });
});

test('[HIS8] a campaign goes back to its title and start while it is on air, and stays on air', () => {
  const settings = objectKindsOf('settings')!;
  const doc = new Y.Doc();
  addCampaign(doc, { id: 'c1', title: 'Sunday', startMs: 5 });
  const then = copy(doc);
  changeCampaign(doc, 'c1', { phase: 'during' });
  expect(compareVersion(doc, then, settings)).toEqual([]);
  campaignTitle(doc, 'c1')?.insert(0, 'Late ');
  changeCampaign(doc, 'c1', { startMs: 9 });
  const own = [{ collection: 'campaigns', id: 'c1' }];
  expect(restoreObjects(doc, then, settings, own)).toHaveLength(1);
  expect(readCampaignList(doc).campaigns).toMatchObject([{ title: 'Sunday', startMs: 5, phase: 'during' }]);
  expect(restoreObjects(doc, then, settings, own)).toEqual([]);
});

test('[HIS3] a text is changed where it differs, and a character of two halves is never split', () => {
  const doc = new Y.Doc();
  const name = 'message/c1/confirm';
  beginTemplate(doc, 'c1', 'confirm');
  const text = messageTextOf(doc, 'c1', 'confirm');
  text.delete(0, text.length);
  text.insert(0, '谢谢😀你');
  const then = copy(doc);
  text.delete(2, 2);
  text.insert(2, '😁');
  const deltas: unknown[] = [];
  text.observe(({ changes }) => deltas.push(changes.delta));
  restoreObjects(doc, then, objectKindsOf('journeys')!, [{ collection: name, id: '' }]);
  expect(text.toJSON()).toBe('谢谢😀你');
  expect(deltas).toEqual([[{ retain: 2 }, { delete: 2 }, { insert: '😀' }]]);
});

const edits: readonly ((doc: Y.Doc, id: string, n: number) => unknown)[] = [
  (doc, id, n) => addCard(doc, { id, title: `card ${n}`, note: 'n'.repeat(n % 5) }),
  (doc, id) => removeCard(doc, id),
  (doc, id, n) => changeCard(doc, id, { owner: `owner ${n % 3}`, deadlineMs: n }),
  (doc, id, n) => cardText(doc, id, 'title')?.insert(0, String(n)),
  (doc, id) => {
    const note = cardText(doc, id, 'note');
    if (note && note.length > 0) note.delete(0, 1);
  },
  (doc, id, n) => moveCard(doc, { id, column: n % 2 ? 'done' : 'not-ready', beforeCardId: n % 3 ? null : 'k0' }),
  (doc, id, n) => addChecklistItem(doc, id, { id: `t${n % 3}`, text: `step ${n}` }),
  (doc, id, n) => tickChecklistItem(doc, id, `t${n % 3}`, n % 2 === 0),
  (doc, id, n) => removeChecklistItem(doc, id, `t${n % 3}`),
];
const script = fc.array(fc.tuple(fc.nat(edits.length - 1), fc.nat(4), fc.nat(99)), { maxLength: 25 });
const play = (doc: Y.Doc, steps: readonly (readonly [number, number, number])[], ids = 'k'): void => {
  for (const [at, id, n] of steps) edits[at]?.(doc, `${ids}${id}`, n);
};

test('[HIS2, HIS6, HIS7, HIS9] any history: restored objects read as then, the rest as now, and it can be taken back', () => {
  fc.assert(
    fc.property(script, script, script, fc.nat(31), (first, later, elsewhere, chosen) => {
      const doc = new Y.Doc();
      play(doc, first);
      play(doc, first, 'other');
      const then = copy(doc);
      play(doc, later);
      const before = copy(doc);
      const objects = [0, 1, 2, 3, 4].filter((bit) => chosen & (1 << bit)).map((bit) => card(`k${bit}`));
      const ids = new Set(objects.map(({ id }) => id));
      const colleague = copy(doc);
      play(colleague, elsewhere, 'other');
      restoreObjects(doc, then, campaign, objects);
      expect(compareVersion(doc, then, campaign).filter(({ id }) => ids.has(id))).toEqual([]);
      expect(compareVersion(doc, before, campaign).every(({ id }) => ids.has(id))).toBe(true);
      const vector = Y.encodeStateAsUpdate(doc);
      expect(restoreObjects(doc, then, campaign, objects)).toEqual([]);
      expect(Y.encodeStateAsUpdate(doc)).toEqual(vector);
      exchange(doc, colleague);
      // A move of somebody else's card may re-key a neighbour; what people wrote is theirs.
      const others = (from: Y.Doc) => compareVersion(from, colleague, campaign).filter(({ id }) => id.startsWith('o'));
      expect(others(doc)).toEqual([]);
      restoreObjects(doc, before, campaign, objects);
      expect(compareVersion(doc, before, campaign).filter(({ id }) => ids.has(id))).toEqual([]);
    }),
    { seed: 20261122, numRuns: 60 },
  );
});

test('[HIS9] a comparison names object and field, and reading it writes nothing', () => {
  const doc = aPlan();
  const then = copy(doc);
  expect(compareVersion(doc, then, campaign)).toEqual([]);
  cardText(doc, 'a', 'title')?.insert(6, 's');
  removeCard(doc, 'b');
  addCard(doc, { id: 'c', title: 'Later' });
  const state = Y.encodeStateAsUpdate(doc);
  const found = compareVersion(doc, then, campaign);
  expect(found.map(({ id, act, label }) => [id, act, label.title])).toEqual([
    ['a', 'changed', 'Posters'],
    ['c', 'added', 'Later'],
    ['b', 'removed', 'Samples'],
  ]);
  expect(found[0]?.fields).toEqual([{ field: 'title', was: 'Poster', is: 'Posters' }]);
  expect(found[2]?.fields).toContainEqual({ field: 'owner', was: 'Wang', is: undefined });
  expect(readLabels(doc, campaign)['cards/c']).toEqual({ title: 'Later', productId: '' });
  expect(Y.encodeStateAsUpdate(doc)).toEqual(state);
});
