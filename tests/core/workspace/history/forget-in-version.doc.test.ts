import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCard, readCampaign } from '#core/campaigns/campaign.doc.ts';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { pushLine } from '#core/campaigns/suggestions.doc.ts';
import { messageTextOf } from '#core/journeys/journeys.doc.ts';
import { forgetInVersion, withoutWords } from '#core/workspace/history/forget-in-version.doc.ts';
import { objectKindsOf } from '#core/workspace/history/object-kinds.ts';

const opened = (state: Uint8Array): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
};

test('[HIS10] texts, chosen values and what is not an object lose the words; everything else reads as before', () => {
  const plan = new Y.Doc();
  addCard(plan, { id: 'a', title: 'Call 13800138000', note: 'or WANG@x.cn', owner: 'wang@X.cn' });
  addCard(plan, { id: 'b', title: 'Samples', checklist: [{ id: 'x', text: 'ask 13800138000 twice' }] });
  const state = forgetInVersion(plan, objectKindsOf('campaign/c1')!, ['13800138000', 'wang@x.cn']);
  const bytes = Buffer.from(state).toString('latin1').toLowerCase();
  for (const word of ['13800138000', 'wang@x.cn']) expect(bytes).not.toContain(word);
  const { cards } = readCampaign(opened(state));
  expect(cards[0]).toMatchObject({ title: 'Call …', note: 'or …', owner: '…' });
  expect(cards[1]).toMatchObject({ title: 'Samples', checklist: [{ text: 'ask … twice' }] });

  const show = new Y.Doc();
  addRunOfShowItem(show, { id: 'i', kind: 'talk', title: 'Hello', script: 'hi' });
  pushLine(show, { id: 'p', text: 'Q', sourceFact: '', from: '小王子', askers: 1, atMs: 1 });
  const shown = readShow(opened(forgetInVersion(show, objectKindsOf('show/c1')!, [])));
  expect([shown.items.length, shown.pushed.length]).toEqual([1, 0]);

  const journeys = new Y.Doc();
  messageTextOf(journeys, 'c1', 'confirm').insert(0, 'to 13800138000!');
  const clean = opened(forgetInVersion(journeys, objectKindsOf('journeys')!, ['13800138000']));
  expect(messageTextOf(clean, 'c1', 'confirm').toJSON()).toBe('to …!');
});

test('[HIS10] words are taken as they are written, longer ones first', () => {
  expect(withoutWords(['a.b', 'a.b.c', ''])('x A.B.C a.b axb')).toBe('x … … axb');
  expect(withoutWords([])('as it is')).toBe('as it is');
});
