import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { RecentComment } from '#core/live/broadcast.doc.ts';
import CommentsColumn from '#web/screens/live/CommentsColumn.svelte';
import type { LiveRoom } from '#web/screens/live/live-room.svelte.ts';
import { language } from '#web/words/phrases.svelte.ts';

const comment = (n: number): RecentComment => ({ id: `c${n}`, nickname: 'Lin', text: `says ${n}`, atMs: n * 1000 });

test('comments go on under a resting pointer and are held only for whoever has scrolled away', async () => {
  language.current = 'en';
  const room = $state({ comments: Array.from({ length: 60 }, (_, n) => comment(n)), canAct: true });
  await render(CommentsColumn, {
    room: room as unknown as LiveRoom,
    chosen: null,
    onanswer: () => undefined,
  });
  const list = page.getByRole('list').element();
  list.closest('section')!.style.height = '300px';
  const isShown = (n: number): boolean => list.textContent.includes(`says ${n}`);
  await userEvent.hover(list.querySelector('li')!);
  flushSync(() => room.comments.push(comment(60)));
  expect(isShown(60)).toBe(true);

  list.scrollTop = 200;
  list.dispatchEvent(new Event('scroll'));
  flushSync(() => room.comments.push(comment(61)));
  expect(isShown(61)).toBe(false);
  await page.getByRole('button', { name: '1 more, show' }).click();
  expect(isShown(61)).toBe(true);
  expect(list.scrollTop).toBe(0);
});

test('one long comment is three lines until somebody asks for all of it', async () => {
  language.current = 'en';
  const long = { ...comment(0), text: '这个番茄甜不甜呀？'.repeat(49) };
  const room = { comments: [long, { ...comment(1), text: '甜' }], canAct: true };
  await render(CommentsColumn, { room: room as unknown as LiveRoom, chosen: null, onanswer: () => undefined });
  const list = page.getByRole('list').element();
  list.closest('section')!.style.width = '480px';
  const heightOf = (n: number): number => list.querySelectorAll('li')[n]!.querySelector('p')!.clientHeight;
  const more = page.getByRole('button', { name: 'Show all of it' });
  await expect.element(more).toBeVisible();
  expect(list.querySelectorAll('button[aria-expanded]')).toHaveLength(1);
  expect(heightOf(1)).toBeLessThanOrEqual(heightOf(0) * 3 + 2);
  const closed = heightOf(1);
  await more.click();
  expect(heightOf(1)).toBeGreaterThan(closed * 2);
  await page.getByRole('button', { name: 'Show less' }).click();
  expect(heightOf(1)).toBe(closed);
});
