import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { PlannedMessage } from '#core/journeys/follow-up.ts';
import type { FollowUp } from '#web/screens/journeys/follow-up.svelte.ts';
import PrintList from '#web/screens/journeys/PrintList.svelte';
import { aCustomerId } from '#tests/makers/facts.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 23) });
});
afterEach(() => {
  vi.useRealTimers();
});

const printed = async (people: number) => {
  const rows = Array.from({ length: people }, (_, at) => ({
    decision: `d${at}`,
    step: 'guide',
    customer: aCustomerId(at + 1),
    alias: `顾客${at}`,
    maskedPhone: '138****1001',
    productName: '鲜牛奶',
    reason: { orders: 1 },
    deadlineMs: Date.parse('2026-11-23T12:05:00Z'),
    state: at === 0 ? 'confirmed' : 'planned',
  })) as unknown as readonly PlannedMessage[];
  const followUp = {
    rows,
    rule: 'follow-up/ordered',
    filter: 'all',
    nowMs: Date.parse('2026-11-23T05:00:00Z'),
    campaign: { title: '烘焙之夜' },
    filled: ({ alias }: PlannedMessage) => ({ ok: true, value: { text: `${alias}，您好`, findings: [] } }),
  } as unknown as FollowUp;
  await render(PrintList, { followUp });
  const page = document.querySelector('.print-page');
  return { says: page?.textContent ?? '', rows: [...(page?.querySelectorAll('tbody tr') ?? [])] };
};

test('[FUP19] on paper everybody of the list has a box, a message, a reason and a deadline; what was sent is ticked', async () => {
  const { says, rows } = await printed(300);
  expect(says).toMatch(/烘焙之夜 · 全部 · 300条 · 11月23日 13:00打印/);
  expect(rows).toHaveLength(300);
  expect(rows[0]?.textContent).toContain('☑');
  expect(rows[299]?.textContent).toBe('☐顾客299138****1001储存和吃法顾客299，您好直播里下了1单11月23日 20:05');
});

test('[FUP19] beyond the bound the sheet says how many of how many', async () => {
  const { says, rows } = await printed(1200);
  expect(rows).toHaveLength(500);
  expect(says).toContain('最急的500条，共1,200条');
});
