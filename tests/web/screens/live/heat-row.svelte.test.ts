import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import type { HeatRow as Row } from '#core/live/live-second.ts';
import HeatRow from '#web/screens/live/HeatRow.svelte';
import type { LiveRoom } from '#web/screens/live/live-room.svelte.ts';

const quiet: Row = {
  product: 'milk',
  feed: 'events',
  mean: 0.05,
  low: 0.02,
  high: 0.09,
  base: 0.05,
  trend: 0,
  isEnough: false,
  surgeMs: 0,
  last10: [0, 0, 0, 0],
  last60: [0, 0, 0, 0],
  session: [0, 0, 0, 0],
  lastMs: 0,
};

const textOf = (row: Partial<Row>, soldOut: readonly string[] = []): string => {
  const target = document.body.appendChild(document.createElement('div'));
  const room = {
    current: null,
    nowMs: 0,
    state: 'on',
    products: new Map(),
    titleOfProduct: () => '牛奶',
    soldOut: new Set(soldOut),
  };
  const given = { room: room as unknown as LiveRoom, row: { ...quiet, ...row }, rank: 1, range: 0.2, marks: 0 };
  const mounted = mount(HeatRow, { target, props: { ...given, isOpen: false, ontoggle: () => undefined } });
  onTestFinished(async () => {
    await unmount(mounted);
    target.remove();
  });
  flushSync();
  return target.textContent;
};

test('a product marked as sold out says so', () => {
  expect(textOf({ product: 'milk' }, ['milk'])).toContain('卖完了');
  expect(textOf({ product: 'milk' })).not.toContain('卖完了');
});

test('clicks without exposures are shown alone, never as a share of nothing', () => {
  const clicked = textOf({ last60: [0, 1, 0, 0], session: [0, 1, 0, 0] });
  expect(clicked).toContain('点击1次');
  expect(clicked).toContain('没有曝光数据');
  expect(clicked).not.toContain('1/0');
  const viewed = textOf({ last60: [20, 1, 0, 0], session: [40, 2, 0, 0] });
  expect(viewed).toContain('1/20');
  expect(viewed).toContain('数据还太少，20次曝光');
});

test('a rate of an earlier minute is said as such, and a product not ranked has no rank', () => {
  const session = [400, 125, 0, 0] as const;
  const now = textOf({ isEnough: true, mean: 0.312, last60: [348, 15, 0, 0], session });
  expect(now).toMatch(/^1 .*31\.2%.*60秒 15\/348/);
  const silentFeed = textOf({ isEnough: true, mean: 0.312, session });
  expect(silentFeed).toMatch(/停在31\.2%.*近60秒没有/);
  expect(silentFeed).not.toContain('0/0');
  const quietProduct = textOf({ mean: 0.312, session });
  expect(quietProduct).toMatch(/^– .*不排名/);
  expect(quietProduct).not.toContain('31.2%');
});
