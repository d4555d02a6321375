import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import type { FollowUp } from '#web/screens/journeys/follow-up.svelte.ts';
import SendSheet from '#web/screens/journeys/SendSheet.svelte';
import { language } from '#web/words/phrases.svelte.ts';
import type { EndpointRow } from '#web/workspace/sending-rows.ts';
import { Sending } from '#web/workspace/sending.svelte.ts';

const endpoint = { id: 'e1', address: 'https://sms.example.com/x', channel: 'wecom-1v1' } as EndpointRow;
const message = (decision: string) => ({
  decision,
  customer: '00c4f2a91b7d3e55',
  alias: 'Lin',
  rule: 'follow-up/missed',
  step: 'clip',
  coupon: '',
  state: 'planned',
  notBeforeMs: 0,
  deadlineMs: 9,
});

test('[SND15, FUP22] before anything goes it says how many go, wait and stay, and then sends what was asked about', async () => {
  language.current = 'en';
  const batches: { isTrial: boolean; decisions: { decision: string; text: string }[] }[] = [];
  const ask = vi.fn((_method: string, path: string, body?: unknown) => {
    if (!path.endsWith('/batches')) return Promise.resolve({ ok: true, value: { endpoints: [], messages: [] } });
    batches.push(body as (typeof batches)[number]);
    const fates = [
      { state: 'now' },
      { state: 'waits', notBeforeMs: Date.parse('2026-11-24T00:00:00Z') },
      { state: 'left-out', reason: 'refused' },
    ];
    return Promise.resolve({ ok: true, value: { fates } });
  });
  const followUp = {
    id: 'family',
    nowMs: 1,
    broadcast: null,
    group: {
      people: [message('a'), message('b'), message('c'), message('gap'), { ...message('done'), state: 'confirmed' }],
      leftOut: [{ reason: 'hold-out', people: 4 }],
    },
    handOver: (picked: { decision: string }[]) => {
      const handed = picked.filter(({ decision }) => decision !== 'gap');
      return Promise.resolve({
        handed: handed.map(({ decision }) => ({
          decision: { decision, customer: '00c4f2a91b7d3e55' },
          text: `Hello ${decision}`,
          deadlineMs: 9,
        })),
        gaps: picked.length - handed.length,
      });
    },
  } as unknown as FollowUp;
  const onclose = vi.fn();
  const sending = new Sending('w', ask as never);
  await render(SendSheet, { followUp, sending, endpoint, step: 'clip', onclose });
  await expect.element(page.getByText('From 08:00')).toBeVisible();
  await expect
    .element(page.getByText('1 opted out, 1 with a gap in the text or words that may not be said'))
    .toBeVisible();
  await expect.element(page.getByText('4 left out: 4 held out on purpose')).toBeVisible();
  await expect.element(page.getByText('Hello a')).toBeVisible();
  expect(batches.map(({ isTrial }) => isTrial)).toEqual([true]);
  await page.getByRole('button', { name: 'Send 2 messages' }).click();
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(batches.map(({ isTrial, decisions }) => [isTrial, decisions.map(({ decision }) => decision)])).toEqual([
    [true, ['a', 'b', 'c']],
    [false, ['a', 'b', 'c']],
  ]);
});

test('[SND15] where the server says no, nothing can be sent and it is said why', async () => {
  language.current = 'en';
  const ask = (): Promise<unknown> => Promise.resolve({ ok: false, error: { kind: 'endpoint-off' } });
  const followUp = {
    id: 'family',
    nowMs: 1,
    group: { people: [], leftOut: [] },
    handOver: () => Promise.resolve({ handed: [{ decision: { customer: 'c' }, text: 'x', deadlineMs: 1 }], gaps: 0 }),
  } as unknown as FollowUp;
  const sending = new Sending('w', ask as never);
  await render(SendSheet, { followUp, sending, endpoint, step: 'clip', onclose: () => undefined });
  await expect.element(page.getByRole('alert')).toHaveTextContent('This endpoint is off. Turn it on first.');
  await expect
    .element(page.getByRole('button', { name: 'Nobody can be sent to' }))
    .toHaveAttribute('aria-disabled', 'true');
});
