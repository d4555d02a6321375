import { afterEach, expect, test, vi } from 'vitest';
import { readWhileSeen } from '#web/device/read-while-seen.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('reads every so often while it is seen, at once when somebody turns to it, and no more when ended', () => {
  vi.useFakeTimers();
  const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
  let reads = 0;
  const end = readWhileSeen(() => (reads += 1), 1000);
  vi.advanceTimersByTime(2500);
  expect(reads).toBe(2);
  seen.mockReturnValue('hidden');
  vi.advanceTimersByTime(5000);
  expect(reads).toBe(2);
  dispatchEvent(new Event('focus'));
  expect(reads).toBe(3);
  end();
  dispatchEvent(new Event('focus'));
  seen.mockReturnValue('visible');
  vi.advanceTimersByTime(5000);
  expect(reads).toBe(3);
});
