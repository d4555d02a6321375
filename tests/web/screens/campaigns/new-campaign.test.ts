import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import NewCampaign from '#web/screens/campaigns/NewCampaign.svelte';
import { language } from '#web/words/phrases.svelte.ts';

test('whoever presses twice, or Enter besides, has made one broadcast', async () => {
  language.current = 'en';
  const oncreate = vi.fn();
  render(NewCampaign, { nowMs: Date.parse('2026-11-20T12:00:00Z'), oncreate, onclose: () => undefined });
  await page.getByLabelText('Name').fill('Friday');
  await userEvent.dblClick(page.getByRole('button', { name: 'Create and plan it' }));
  await page.getByLabelText('Name').click();
  await userEvent.keyboard('{Enter}');
  expect(oncreate.mock.calls.map(([title]) => title as string)).toEqual(['Friday']);
});

test('a name near its end says how much room is left', async () => {
  language.current = 'en';
  render(NewCampaign, { nowMs: 0, oncreate: () => undefined, onclose: () => undefined });
  await page.getByLabelText('Name').fill('x'.repeat(50));
  await expect.element(page.getByText('Room for 10 more')).toBeVisible();
});
