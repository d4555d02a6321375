import { createRawSnippet, flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import OnAirBar from '#web/screens/live/OnAirBar.svelte';
import { shortClockText } from '#web/screens/live/clock-text.ts';
import type { LiveRoom } from '#web/screens/live/live-room.svelte.ts';
import { language } from '#web/words/phrases.svelte.ts';

test('nothing in the bar moves the end of the broadcast under a pointer, whatever the texts say', async () => {
  language.current = 'en';
  const second = { viewers: 8, orders: 1, paidFen: 100, views60: 100, clicks60: 5 };
  const room = $state({
    state: 'on',
    lateMs: 0,
    elapsedMs: 5000,
    second,
    lines: ['a'],
    line: 0,
    campaign: { title: 'Friday evening, the family table' },
    workspace: { id: 'w' },
    id: 'friday',
  });
  const actions = createRawSnippet(() => ({ render: () => '<button>End broadcast</button>' }));
  for (const width of [1024, 1310, 1440, 1680]) {
    await page.viewport(width, 768);
    const shown = await render(OnAirBar, { room: room as unknown as LiveRoom, actions });
    const placeOfEnd = (): string => JSON.stringify(shown.container.querySelector('button')?.getBoundingClientRect());
    const before = placeOfEnd();
    flushSync(() => {
      room.lateMs = -75 * 60_000;
      room.elapsedMs = 3_700_000;
      room.second = { viewers: 12_498, orders: 1188, paidFen: 11_109_200, views60: 100, clicks60: 14 };
    });
    expect(shown.container.textContent).toContain('early');
    expect(placeOfEnd()).toBe(before);
    expect(shown.container.scrollWidth).toBeLessThanOrEqual(width);
    flushSync(() => {
      room.lateMs = 0;
      room.second = second;
    });
    await shown.unmount();
  }
});

test('the short clock is seen to run from its first second', () => {
  expect([12_000, 707_000, 3_599_000, 6_432_000].map(shortClockText)).toEqual(['00:12', '11:47', '59:59', '1:47:12']);
});
