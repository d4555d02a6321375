import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { brandNote } from '#web/words/brand-note.ts';
import { language } from '#web/words/phrases.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24) });
});
afterEach(() => {
  vi.useRealTimers();
  language.current = 'zh-CN';
});

const brand = (id: string, name: string, home: 'server' | 'device' = 'device') => ({
  id,
  brand: name,
  home,
  isDemo: false,
  openedMs: Date.UTC(2026, 10, 23, 2, 30),
});

test('two brands of one name are told apart by when they were opened, others by where they live', () => {
  language.current = 'en';
  const all = [brand('a', 'My shop'), brand('b', 'My shop', 'server'), brand('c', 'North Slope', 'server')];
  expect(all.map((one) => brandNote(one, all))).toEqual([
    'This device only, last opened 23\u00a0Nov 10:30',
    'last opened 23\u00a0Nov 10:30',
    undefined,
  ]);
});
