import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import type { EngineClient, EngineState } from '#web/engine/insight/messages.ts';
import { ProductsInSight } from '#web/engine/insight/products-in-sight.svelte.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';

test('[CAT16] what an undone import left behind is in sight until the facts have answered, and again when it is back', async () => {
  let version = $state(0);
  let state = $state.raw<EngineState>({ phase: 'loading', done: 0, total: 0 });
  let body: readonly string[] = ['flour'];
  const engine = {
    get version() {
      return version;
    },
    get state() {
      return state;
    },
    ask: async () => ({ body }),
  } as unknown as EngineClient<InsightRequests>;
  let products!: ProductsInSight;
  const cleanup = $effect.root(() => {
    products = new ProductsInSight(engine);
  });
  const seen = () => ['flour', 'milk'].filter((id) => products.has(id));
  flushSync();
  expect(seen()).toEqual(['flour', 'milk']);
  state = { phase: 'ready', behind: 0, months: 1 };
  flushSync();
  await expect.poll(seen).toEqual(['milk']);
  body = [];
  version += 1;
  flushSync();
  await expect.poll(seen).toEqual(['flour', 'milk']);
  cleanup();
});
