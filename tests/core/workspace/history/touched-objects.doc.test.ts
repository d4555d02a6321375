import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCard, addChecklistItem, cardText, changeCard, removeCard } from '#core/campaigns/campaign.doc.ts';
import { startBroadcast } from '#core/campaigns/on-air.doc.ts';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { setPrompter } from '#core/campaigns/on-air.doc.ts';
import { beginTemplate } from '#core/journeys/journeys.doc.ts';
import { objectKindsOf } from '#core/workspace/history/object-kinds.ts';
import { applyAndNote } from '#core/workspace/history/touched-objects.doc.ts';

const campaign = objectKindsOf('campaign/c1')!;
const show = objectKindsOf('show/c1')!;

/** What somebody's edit touches in the server's copy. */
const touchedBy = (server: Y.Doc, kinds: typeof campaign, edit: (doc: Y.Doc) => void) => {
  const own = new Y.Doc();
  Y.applyUpdate(own, Y.encodeStateAsUpdate(server));
  const before = Y.encodeStateVector(own);
  edit(own);
  return applyAndNote(server, kinds, Y.encodeStateAsUpdate(own, before), 'test');
};

test('[HIS1] an edit tells which cards came, changed and went', () => {
  const server = new Y.Doc();
  const card = (id: string, act: string) => ({ collection: 'cards', id, act });
  expect(touchedBy(server, campaign, (doc) => addCard(doc, { id: 'a', title: 'Poster' }))).toEqual([
    card('a', 'added'),
  ]);
  touchedBy(server, campaign, (doc) => addCard(doc, { id: 'b', title: 'Samples' }));
  expect(touchedBy(server, campaign, (doc) => cardText(doc, 'a', 'title')?.insert(6, 's'))).toEqual([
    card('a', 'changed'),
  ]);
  expect(touchedBy(server, campaign, (doc) => addChecklistItem(doc, 'b', { id: 'x', text: 'call' }))).toEqual([
    card('b', 'changed'),
  ]);
  const both = touchedBy(server, campaign, (doc) => {
    changeCard(doc, 'b', { owner: 'Wang' });
    removeCard(doc, 'a');
  });
  expect(both).toHaveLength(2);
  expect(both).toEqual(expect.arrayContaining([card('b', 'changed'), card('a', 'removed')]));
});

test('[HIS1] what was known or gone before does not count, though a returning device sends it all', () => {
  const server = new Y.Doc();
  touchedBy(server, campaign, (doc) => addCard(doc, { id: 'a', title: 'Poster' }));
  touchedBy(server, campaign, (doc) => addCard(doc, { id: 'b', title: 'Samples' }));
  touchedBy(server, campaign, (doc) => removeCard(doc, 'a'));
  const returning = new Y.Doc();
  Y.applyUpdate(returning, Y.encodeStateAsUpdate(server));
  cardText(returning, 'b', 'note')?.insert(0, 'by hand');
  expect(applyAndNote(server, campaign, Y.encodeStateAsUpdate(returning), 'test')).toEqual([
    { collection: 'cards', id: 'b', act: 'changed' },
  ]);
  expect(applyAndNote(server, campaign, Y.encodeStateAsUpdate(returning), 'test')).toEqual([]);
});

test('[HIS1] within one transaction each update tells its own', () => {
  const server = new Y.Doc();
  const [first, second] = ['a', 'b'].map((id) => {
    const own = new Y.Doc();
    addCard(own, { id, title: id });
    return Y.encodeStateAsUpdate(own);
  });
  server.transact(() => {
    expect(applyAndNote(server, campaign, first!, 1).map(({ id }) => id)).toEqual(['a']);
    expect(applyAndNote(server, campaign, second!, 2).map(({ id }) => id)).toEqual(['b']);
  });
});

test('[HIS1] going on air is told, the prompter is not; a message is one object', () => {
  const server = new Y.Doc();
  touchedBy(server, show, (doc) => addRunOfShowItem(doc, { id: 'i', kind: 'talk', title: 'Hello' }));
  expect(touchedBy(server, show, (doc) => startBroadcast(doc, 5))).toEqual([
    { collection: 'onAir', id: '', act: 'changed' },
  ]);
  expect(touchedBy(server, show, (doc) => setPrompter(doc, { line: 3 }))).toEqual([]);
  const journeys = objectKindsOf('journeys')!;
  expect(touchedBy(new Y.Doc(), journeys, (doc) => beginTemplate(doc, 'c1', 'confirm'))).toEqual([
    { collection: 'message/c1/confirm', id: '', act: 'changed' },
  ]);
});

test('[HIS1] only what people write has a history', () => {
  for (const path of ['campaign/c1', 'show/c1', 'catalogue', 'segments', 'journeys', 'library', 'settings'])
    expect(objectKindsOf(path)).not.toBeNull();
  for (const path of ['facts/orders/2026-01', 'facts-index', 'broadcast/c1']) expect(objectKindsOf(path)).toBeNull();
});
