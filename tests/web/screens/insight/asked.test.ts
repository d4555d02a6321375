import { expect, test } from 'vitest';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { Asked } from '#web/screens/insight/asked.svelte.ts';

test('only the answer to the latest question counts; the last one stays in sight while it is asked', async () => {
  const answers: ((days: number) => void)[] = [];
  const engine = {
    version: 1,
    state: { phase: 'ready', behind: 0 },
    ask: () =>
      new Promise((resolve) =>
        answers.push((days) => resolve({ ledgerVersion: 1, asOfDay: 20_000, body: { days, products: [] } })),
      ),
  } as unknown as EngineClient<InsightRequests>;
  const asked = new Asked(engine, 'due.calendar');
  const first = asked.ask({ days: 14, products: 1 });
  const second = asked.ask({ days: 30, products: 1 });
  answers[1]?.(30);
  await second;
  answers[0]?.(14);
  await first;
  expect([asked.body?.days, asked.isAsking, asked.hasFailed]).toEqual([30, false, false]);
});
