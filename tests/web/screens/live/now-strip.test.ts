import { expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import type { LiveRoom } from '#web/screens/live/live-room.svelte.ts';
import NowStrip from '#web/screens/live/NowStrip.svelte';
import { language } from '#web/words/phrases.svelte.ts';

const title = '幼儿配方奶粉3段 400克装三罐组，附赠辅食勺与储存罐一套';
const room = {
  current: { title },
  next: { title },
  canAct: true,
  currentLeftMs: -6 * 60_000,
  titleOf: (item: { title: string }) => item.title,
} as unknown as LiveRoom;

for (const words of ['zh-CN', 'en'] as const)
  test(`on a phone what is on now is read whole, in ${words}`, async () => {
    await page.viewport(390, 844);
    const before = language.current;
    language.choose(words);
    onTestFinished(() => language.choose(before));
    const screen = await render(NowStrip, { room, ongo: () => undefined });
    const strip = screen.container.querySelector('section')!;
    expect(strip.getBoundingClientRect().right).toBeLessThanOrEqual(390);
    for (const shown of strip.querySelectorAll<HTMLElement>('p, strong, .time'))
      expect([shown.scrollWidth - shown.clientWidth, shown.scrollHeight - shown.clientHeight]).toEqual([0, 0]);
    await expect.element(screen.getByRole('button')).toBeVisible();
  });
