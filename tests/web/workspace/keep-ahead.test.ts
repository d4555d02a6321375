import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCampaign, changeCampaign } from '#core/campaigns/campaign-list.doc.ts';
import { keepAhead } from '#web/workspace/keep-ahead.ts';

const dayMs = 86_400_000;
const nowMs = 1_700_000_000_000;
let next = 0;

const rig = (given: { isReachable?: (path: string) => boolean; mayRead?: (path: string) => boolean } = {}) => {
  const settings = new Y.Doc();
  const brought: string[] = [];
  const stop = keepAhead({
    name: `larder/w-test/m-ahead-${Date.now()}-${(next += 1)}/`,
    settings,
    synced: Promise.resolve(),
    mayRead: given.mayRead ?? (() => true),
    bring: async (path) => {
      brought.push(path);
      return given.isReachable?.(path) ?? true;
    },
    nowMs: () => nowMs,
  });
  return { settings, brought, stop };
};
const campaign = (id: string, inDays: number) => ({ id, title: id, startMs: nowMs + inDays * dayMs });

test('the boards of the brand and the campaigns around now come unasked, the nearest first', async () => {
  const { settings, brought, stop } = rig({ mayRead: (path) => path !== 'segments' });
  for (const [id, inDays] of [
    ['later', 9],
    ['tonight', 0],
    ['last-year', -200],
    ['put-away', 1],
  ] as const)
    addCampaign(settings, campaign(id, inDays));
  changeCampaign(settings, 'put-away', { archived: true });
  const near = ['show/tonight', 'campaign/tonight', 'show/later', 'campaign/later'];
  const all = ['catalogue', ...near, 'library', 'journeys', 'broadcast/tonight', 'broadcast/later'];
  await expect.poll(() => brought, { timeout: 5000 }).toEqual(all);

  // Each once; a campaign added meanwhile comes too, and nothing after the end.
  addCampaign(settings, campaign('new', 2));
  const added = ['show/new', 'campaign/new', 'broadcast/new'];
  await expect.poll(() => brought, { timeout: 5000 }).toEqual([...all, ...added]);
  addCampaign(settings, campaign('too-late', 2));
  stop();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(brought).toHaveLength(all.length + added.length);
});

test('without an answer it stops at once instead of knocking for every document', async () => {
  const { brought, stop } = rig({ isReachable: (path) => path === 'catalogue' });
  await expect.poll(() => brought, { timeout: 5000 }).toEqual(['catalogue', 'library']);
  stop();
});
