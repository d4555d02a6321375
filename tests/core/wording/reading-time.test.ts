import { expect, test } from 'vitest';
import { readingTime } from '#core/wording/reading-time.ts';

test('[WRD9] characters and digits are one, Latin words two, punctuation none', () => {
  expect(readingTime('冷水下锅，焯3分钟。', 220)).toEqual({ characters: 8, seconds: 2 });
  expect(readingTime('Wi-Fi密码123', 60)).toEqual({ characters: 9, seconds: 9 });
  expect(readingTime('', 220)).toEqual({ characters: 0, seconds: 0 });
  expect(readingTime('好', 0).seconds).toBe(0);
});

test('[WRD9] 220 characters at 220 a minute are a minute', () => {
  expect(readingTime('说'.repeat(220), 220).seconds).toBe(60);
});
