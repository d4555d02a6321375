import { expect, test } from 'vitest';
import type { Card } from '#core/campaigns/campaign.ts';
import type { RunOfShowItem } from '#core/campaigns/run-of-show.ts';
import { byDeadline, listCardTasks, listScriptTasks } from '#web/screens/today/list-tasks.ts';
import type { OpenCampaign } from '#web/screens/today/open-campaigns.svelte.ts';

const dayMs = 86_400_000;
const aCard = (fields: Partial<Card>): Card => ({
  id: 'a',
  order: 'a0',
  column: 'not-ready',
  phase: 'before',
  title: 'Invite',
  note: '',
  owner: '许宁',
  deadlineMs: 1000,
  checklist: [],
  ...fields,
});
const anItem = (fields: Partial<RunOfShowItem>): RunOfShowItem => ({
  id: 'i',
  order: 'a0',
  kind: 'product',
  productId: '',
  title: '牛腩',
  minutes: 5,
  priceFen: null,
  owner: '李禾',
  locked: false,
  script: '炖九十分钟',
  ...fields,
});
const aCampaign = (cards: readonly Card[], items: readonly RunOfShowItem[] = []): OpenCampaign => ({
  campaign: { id: 'c', title: 'Friday', startMs: 5 * dayMs, plannedMinutes: 120, phase: 'before', archived: false },
  plan: { cards, remarks: [], skipped: 0 },
  show: {
    items,
    onAir: { startedMs: null, endedMs: null, currentItemId: '', currentSinceMs: null },
    prompter: { itemId: '', line: 0, isRunning: false, wordsAMinute: 220 },
    pushed: [],
    suggestions: [],
    marks: [],
    skipped: 0,
  },
});

test('cards that are late or due within a week are listed, done and undated ones are not', () => {
  const cards = [
    aCard({ id: 'late', deadlineMs: -5 }),
    aCard({ id: 'soon', deadlineMs: 2 * dayMs }),
    aCard({ id: 'far', deadlineMs: 8 * dayMs }),
    aCard({ id: 'undated', deadlineMs: null }),
    aCard({ id: 'done', column: 'done' }),
  ];
  expect(listCardTasks([aCampaign(cards)], 0).map(({ key }) => key)).toEqual(['card/c/late', 'card/c/soon']);
});

test('words that may not be said and products without a script are due when the broadcast starts', () => {
  const items = [
    anItem({ id: 'fine' }),
    anItem({ id: 'bad', script: '它是全网最嫩的，也是最低价' }),
    anItem({ id: 'bare', title: '番茄', script: ' ' }),
    anItem({ id: 'talk', kind: 'talk', script: '' }),
  ];
  expect(listScriptTasks(aCampaign([], items), new Map())).toMatchObject([
    { kind: 'law', key: 'law/c/bad', count: 2, words: '全网最嫩的', deadlineMs: 5 * dayMs, owner: '李禾' },
    { kind: 'script', count: 1, titles: ['番茄'] },
  ]);
});

test('the nearest deadline comes first, what does not press last', () => {
  const [late, soon] = listCardTasks(
    [aCampaign([aCard({ id: 'x', deadlineMs: 9 }), aCard({ id: 'y', deadlineMs: 3 })])],
    0,
  );
  const tags = {
    kind: 'tags' as const,
    key: 'tags',
    campaignId: '',
    campaignTitle: '',
    deadlineMs: null,
    owner: '',
    count: 2,
  };
  expect([tags, late!, soon!].sort(byDeadline).map(({ key }) => key)).toEqual(['card/c/y', 'card/c/x', 'tags']);
});
