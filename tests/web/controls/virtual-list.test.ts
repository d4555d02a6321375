import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import { followScroll, measureWindow, scrollFromTop } from '#web/controls/virtual-window.ts';
import ListHarness from './ListHarness.svelte';

const rows = (): string[] => [...document.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent ?? '');

test('a million rows: only those in view exist, and the last one can be reached by key', async () => {
  const onopen = vi.fn();
  render(ListHarness, { count: 1_000_000, onopen });
  await expect.element(page.getByRole('grid', { name: 'Rows' })).toHaveAttribute('aria-rowcount', '1000000');
  await expect.poll(() => rows().length).toBeGreaterThan(8);
  expect(rows().length).toBeLessThan(30);
  const grid = document.querySelector<HTMLElement>('[role="grid"]');
  grid?.focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => rows().at(-1)).toBe('row 999999');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{Enter}');
  expect(onopen).toHaveBeenLastCalledWith(999_997);
  await userEvent.keyboard('{Home}');
  await expect.poll(() => rows()[0]).toBe('row 0');
});

test('a wheel moves by what it says, however long the list', () => {
  const size = measureWindow(1_000_000, 40);
  expect(size.boxPx).toBeLessThan(10_000_000);
  let place = { scrollPx: 4_000_000, wholeTopPx: 20_000_000 };
  for (let at = 0; at < 10; at += 1) {
    const scrollPx = place.scrollPx + 100;
    place = { scrollPx, wholeTopPx: followScroll(size, 400, place, scrollPx) };
  }
  expect(place.wholeTopPx).toBe(20_001_000);
});

test('a drag of the bar goes to its share, both ends included', () => {
  const size = measureWindow(1_000_000, 40);
  const before = { scrollPx: 0, wholeTopPx: 0 };
  const end = size.boxPx - 400;
  expect(followScroll(size, 400, before, end)).toBe(size.wholePx - 400);
  expect(followScroll(size, 400, { scrollPx: end, wholeTopPx: size.wholePx - 400 }, 0)).toBe(0);
  const middle = followScroll(size, 400, before, end / 2);
  expect(middle).toBeCloseTo((size.wholePx - 400) / 2, 0);
  expect(scrollFromTop(size, 400, middle)).toBeCloseTo(end / 2, 0);
});

test('a short list is scrolled as it is', () => {
  const size = measureWindow(100, 40);
  expect(size).toEqual({ boxPx: 4000, wholePx: 4000 });
  expect(followScroll(size, 400, { scrollPx: 0, wholeTopPx: 0 }, 1234)).toBe(1234);
  expect(followScroll(size, 400, { scrollPx: 0, wholeTopPx: 0 }, 9999)).toBe(3600);
});
