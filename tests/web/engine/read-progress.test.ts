import { expect, test } from 'vitest';
import { readProgress } from '#web/engine/insight/read-progress.ts';

test('what is still to be read is told while it loads and while months are missing, and nothing once all is here', () => {
  expect(readProgress({ phase: 'loading', done: 0, total: 0 })).toBeNull();
  expect(readProgress({ phase: 'loading', done: 3, total: 17 })).toMatchObject({ done: 3, total: 17 });
  expect(readProgress({ phase: 'ready', behind: 3, months: 17 })).toEqual({ done: 14, total: 17 });
  expect(readProgress({ phase: 'ready', behind: 0, months: 17 })).toBeNull();
  expect(readProgress({ phase: 'failed', kind: 'worker-failed' })).toBeNull();
});
