import { afterEach, expect, test, vi } from 'vitest';
import { inTime } from '#sync-server/storage/in-time.ts';

afterEach(() => vi.useRealTimers());

test('[STO16] what answers slowly is waited for as long as something is heard, and not longer', async () => {
  vi.useFakeTimers();
  const slow = inTime(async (heard) => {
    for (let at = 0; at < 4; at += 1) {
      await new Promise((resolve) => setTimeout(resolve, 4000));
      heard();
    }
    return 'all of it';
  }, 5000);
  await vi.advanceTimersByTimeAsync(16_000);
  expect(await slow).toBe('all of it');
  const silent = inTime((heard) => new Promise(() => setTimeout(heard, 4000)), 5000);
  const refused = expect(silent).rejects.toThrow('does not answer');
  await vi.advanceTimersByTimeAsync(8900);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(200);
  await refused;
});
