import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  addCard,
  addChecklistItem,
  addRemark,
  campaignTypes,
  cardText,
  changeCard,
  checklistText,
  moveCard,
  readCampaign,
  readCards,
  removeCard,
  resolveRemark,
  tickChecklistItem,
} from '#core/campaigns/campaign.doc.ts';
import { addCampaign, campaignListType, changeCampaign, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { copyPlan, copyRunOfShow } from '#core/campaigns/copy-campaign.doc.ts';
import { startBroadcast } from '#core/campaigns/on-air.doc.ts';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';

const aPlan = (): Y.Doc => {
  const doc = new Y.Doc();
  addCard(doc, { id: 'a', title: 'Invite', deadlineMs: 1000, checklist: [{ id: 'k', text: 'call' }] });
  addCard(doc, { id: 'b', title: 'Film', column: 'doing' });
  addCard(doc, { id: 'c', title: 'Order' });
  return doc;
};
const twin = (doc: Y.Doc): Y.Doc => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
};
const sync = (a: Y.Doc, b: Y.Doc) => {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
};

test('[CMP1] reading a plan or a list writes nothing', () => {
  const doc = new Y.Doc();
  readCampaign(doc);
  readCampaignList(doc);
  expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
});

test('[CMP2] unreadable cards, remarks and campaigns are skipped and counted', () => {
  const doc = aPlan();
  (campaignTypes(doc).cards as Y.Map<unknown>).set('bad', 3);
  (campaignTypes(doc).remarks as Y.Array<unknown>).push([{}]);
  expect(readCampaign(doc)).toMatchObject({ skipped: 2, cards: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
  addCampaign(doc, { id: 'one', title: 'One', startMs: 5 });
  campaignListType(doc).set('two', new Y.Map([['startMs', 'soon']]));
  expect(readCampaignList(doc)).toMatchObject({ skipped: 1, campaigns: [{ id: 'one' }] });
});

test('[CMP3] replayed commands change nothing', () => {
  const doc = aPlan();
  const remark = { id: 'r', about: 'card/a', quote: '', text: 'who?', byName: 'He', atMs: 1 };
  const commands = [
    () => addCard(doc, { id: 'a', title: 'again' }),
    () => changeCard(doc, 'a', { owner: 'Xu' }),
    () => addChecklistItem(doc, 'a', { id: 'k', text: 'again' }),
    () => tickChecklistItem(doc, 'a', 'k', true),
    () => addRemark(doc, remark),
    () => resolveRemark(doc, 'r', true),
    () => removeCard(doc, 'c'),
    () => addCampaign(doc, { id: 'one', title: 'One', startMs: 5 }),
    () => changeCampaign(doc, 'one', { phase: 'during' }),
  ];
  for (const command of commands) {
    expect(command().ok).toBe(true);
    const before = Y.encodeStateVector(doc);
    expect(command()).toEqual({ ok: true, value: 'unchanged' });
    expect(Y.encodeStateVector(doc)).toEqual(before);
  }
});

test('[CMP4] a campaign is archived, its id must be usable in a room name', () => {
  const doc = new Y.Doc();
  expect(addCampaign(doc, { id: 'Friday night', title: 'x', startMs: 1 })).toEqual({
    ok: false,
    error: { kind: 'unusable-id' },
  });
  expect(addCampaign(doc, { id: 'friday', title: 'x'.repeat(61), startMs: 1 })).toEqual({
    ok: false,
    error: { kind: 'title-too-long' },
  });
  addCampaign(doc, { id: 'friday', title: 'Friday', startMs: 1 });
  changeCampaign(doc, 'friday', { archived: true });
  expect(readCampaignList(doc).campaigns).toEqual([
    { id: 'friday', title: 'Friday', startMs: 1, plannedMinutes: 120, phase: 'before', archived: true },
  ]);
  expect(changeCampaign(doc, 'monday', { archived: true }).ok).toBe(false);
});

test('[CMP14] a card moved to another column keeps one place and all it holds', () => {
  const a = aPlan();
  const b = twin(a);
  moveCard(a, { id: 'a', column: 'doing', beforeCardId: 'b' });
  moveCard(b, { id: 'a', column: 'done', beforeCardId: null });
  cardText(b, 'a', 'note')?.insert(0, 'late');
  sync(a, b);
  expect(readCampaign(a)).toEqual(readCampaign(b));
  const card = readCampaign(a).cards.filter(({ id }) => id === 'a');
  expect(card).toHaveLength(1);
  expect(card[0]).toMatchObject({
    title: 'Invite',
    note: 'late',
    deadlineMs: 1000,
    checklist: [{ text: 'call', isDone: false }],
  });
});

test('[CMP15] a tick and an edit of the same checklist line made at once both stay', () => {
  const a = aPlan();
  const b = twin(a);
  tickChecklistItem(a, 'a', 'k', true);
  checklistText(b, 'a', 'k')?.insert(4, ' Wang');
  sync(a, b);
  expect(readCampaign(a).cards[0]?.checklist).toMatchObject([{ text: 'call Wang', isDone: true }]);
});

test('[CMP16] a duplicate takes the plan and none of what happened', () => {
  const plan = aPlan();
  tickChecklistItem(plan, 'a', 'k', true);
  addRemark(plan, { id: 'r', about: 'card/a', quote: '', text: 'x', byName: 'He', atMs: 1 });
  const show = new Y.Doc();
  addRunOfShowItem(show, { id: 'i', kind: 'talk', title: 'Open', script: 'Hello', minutes: 4, locked: true });
  addRunOfShowItem(show, { id: 'j', kind: 'game', title: 'Game' });
  startBroadcast(show, 99);
  const nextPlan = new Y.Doc();
  const nextShow = new Y.Doc();
  copyPlan(plan, nextPlan, 500);
  copyRunOfShow(show, nextShow);
  const copied = readCampaign(nextPlan);
  expect(copied.cards.map(({ id, column, deadlineMs }) => [id, column, deadlineMs])).toEqual([
    ['a', 'not-ready', 1500],
    ['b', 'not-ready', null],
    ['c', 'not-ready', null],
  ]);
  expect(copied.cards[0]?.checklist[0]?.isDone).toBe(false);
  expect(copied.remarks).toEqual([]);
  expect(readShow(nextShow).items.map(({ id, script, locked }) => [id, script, locked])).toEqual([
    ['i', 'Hello', true],
    ['j', '', false],
  ]);
  expect(readShow(nextShow).onAir.startedMs).toBeNull();
});

test('[CMP18] reading only what changed gives what reading everything gives', () => {
  const doc = aPlan();
  let cards = readCards(doc);
  const changed = new Set<string>();
  campaignTypes(doc).cards.observeDeep((events) => {
    for (const { path, keys } of events)
      for (const key of path.length > 0 ? [String(path[0])] : keys.keys()) changed.add(key);
  });
  const acts = [
    () => moveCard(doc, { id: 'c', column: 'doing', beforeCardId: 'b' }),
    () => cardText(doc, 'a', 'title')?.insert(0, 'Please: '),
    () => tickChecklistItem(doc, 'a', 'k', true),
    () => addCard(doc, { id: 'd', title: 'Pack', column: 'done' }),
    () => removeCard(doc, 'b'),
    () => campaignTypes(doc).cards.get('d')?.set('order', 7),
    () => undefined,
  ];
  for (const act of acts) {
    act();
    const untouched = cards.filter(({ id }) => !changed.has(id));
    cards = readCards(doc, cards, changed);
    expect(cards).toEqual(readCampaign(doc).cards);
    for (const card of untouched) expect(cards).toContain(card);
    changed.clear();
  }
  expect(cards.map(({ id }) => id)).toEqual(['a', 'c']);
});
