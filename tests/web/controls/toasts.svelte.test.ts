import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toasts } from '#web/controls/toasts.svelte.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const { id } of toasts.list) toasts.dismiss(id);
  vi.useRealTimers();
});
const titles = (): string[] => toasts.list.map(({ title }) => title);

test('done leaves after six seconds, unless a pointer rests on it', () => {
  toasts.done('moved');
  vi.advanceTimersByTime(5000);
  const id = toasts.list[0]?.id ?? 0;
  toasts.hold(id);
  vi.advanceTimersByTime(60_000);
  expect(titles()).toEqual(['moved']);
  toasts.resume(id);
  vi.advanceTimersByTime(6000);
  expect(titles()).toEqual([]);
});

test('a refusal stays until it has been read', () => {
  toasts.refused('not saved', 'why');
  vi.advanceTimersByTime(3_600_000);
  expect(titles()).toEqual(['not saved']);
});

test('at most two; a refusal is the last to give way; the same sentence is not said twice', () => {
  toasts.refused('not saved');
  toasts.done('one');
  toasts.done('two');
  expect(titles()).toEqual(['not saved', 'two']);
  toasts.done('two');
  expect(titles()).toEqual(['not saved', 'two']);
});

test('a screen that acts below has its notices at the top while it is there', () => {
  const away = toasts.standAtTop();
  expect(toasts.isAtTop).toBe(true);
  away();
  expect(toasts.isAtTop).toBe(false);
});
