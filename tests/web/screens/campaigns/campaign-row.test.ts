import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import type { Campaign } from '#core/campaigns/campaign-list.doc.ts';
import CampaignRow from '#web/screens/campaigns/CampaignRow.svelte';
import { language } from '#web/words/phrases.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';

test('a run of show is called empty only once the server has told what is in it', async () => {
  language.current = 'en';
  let sync = (): void => undefined;
  const synced = new Promise<void>((resolve) => (sync = resolve));
  const workspace = {
    id: 'w1',
    home: 'server',
    open: () => ({ doc: new Y.Doc(), access: 'write', loaded: Promise.resolve(), synced, close: () => undefined }),
  } as unknown as Workspace;
  const campaign = { id: 'c1', title: 'Friday', startMs: 0, phase: 'before' } as Campaign;
  render(CampaignRow, { campaign, workspace, href: '/w1/campaigns/c1' });
  await expect.element(page.getByText('Friday')).toBeVisible();
  expect(page.getByText('Nothing planned yet').elements()).toEqual([]);
  sync();
  await expect.element(page.getByText('Nothing planned yet')).toBeVisible();
});
