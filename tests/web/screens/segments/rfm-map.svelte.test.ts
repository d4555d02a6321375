import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import { readRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import { defaultThresholds } from '#core/insight/rfm/thresholds.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import type { RfmMap } from '#web/engine/insight/segments.messages.ts';
import RfmMapCard from '#web/screens/segments/RfmMapCard.svelte';
import { RfmMapState } from '#web/screens/segments/rfm-map.svelte.ts';
import { language } from '#web/words/phrases.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';
import InWorkspace from '../InWorkspace.svelte';

test('boundaries drafted for a category are its own; the shop’s stay, and it may follow them again', () => {
  const doc = new Y.Doc();
  const workspace = { open: () => ({ doc, access: 'write', close: () => undefined }) } as unknown as Workspace;
  const cleanup = $effect.root(() => {
    const state = new RfmMapState(workspace, {} as EngineClient<InsightRequests>);
    state.choose('milk');
    expect(state.hasOwn).toBe(false);
    state.edit();
    const names = { ...defaultThresholds.names, sleepingAfterDays: 20, lostAfterDays: 40 };
    state.change({ names });
    expect(state.apply()).toBe(true);
    flushSync();
    expect(state.hasOwn).toBe(true);
    expect(state.own.names).toEqual(names);
    expect(readRfmThresholds(doc).names).toEqual(defaultThresholds.names);
    const undo = state.followShop();
    expect(readRfmThresholds(doc).categories).toBeUndefined();
    undo();
    expect(readRfmThresholds(doc).categories?.['milk']?.names).toEqual(names);
    state.choose('');
    expect(state.own.names).toEqual(defaultThresholds.names);
  });
  cleanup();
});

test('while the map is counted it says so; then each cell leads to its customers, drafted ones to a sheet', async () => {
  language.choose('en');
  const workspace = {
    id: 'w',
    open: () => ({ doc: new Y.Doc(), access: 'write', close: () => undefined }),
  } as unknown as Workspace;
  let answer: (body: RfmMap) => void = () => undefined;
  let asked: unknown;
  const engine = {
    state: { phase: 'ready' },
    version: 1,
    ask: (topic: string, ask: unknown) => {
      if (topic === 'segments.map') return new Promise((resolve) => (answer = (body) => resolve({ body })));
      asked = ask;
      return Promise.resolve({ body: { total: 0, rows: [] } });
    },
  } as unknown as EngineClient<InsightRequests>;
  await render(InWorkspace, { workspace, engine, screen: RfmMapCard, told: { categories: [] } });
  await expect.element(page.getByRole('status', { name: 'Counting' })).toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: 'Counting' })).toHaveAttribute('aria-disabled', 'true');
  const cells = [1, 2, 3, 4, 5].map((money) =>
    [1, 2, 3, 4, 5].map((recency) => ({ count: money === 3 && recency === 5 ? 7 : 0, name: 'active' as const })),
  );
  const moves = { before: [0, 0, 0, 0, 0, 0], after: [0, 0, 7, 0, 0, 0], moves: [] };
  answer({
    cells,
    recencyCuts: [7, 14, 30, 60],
    moneyCutsFen: [1, 2, 3, 4],
    frequencyCuts: [1, 2, 3, 4],
    thresholds: defaultThresholds,
    week: moves,
    preview: null,
    movers: [],
  });
  const cell = page.getByRole('link', { name: /^Spending 3, .*: 7 people, mostly Active$/ });
  await expect
    .element(cell)
    .toHaveAttribute('href', `/w/customers?rule=${encodeURIComponent('recency score = 5 and money score = 3')}`);
  await page.getByRole('button', { name: 'Edit boundaries' }).click();
  await expect.element(cell).not.toBeInTheDocument();
  await page.getByRole('button', { name: /^Spending 3, .*: 7 people, mostly Active$/ }).click();
  await expect.element(page.getByRole('dialog', { name: /^Map of groups · Spending 3/ })).toBeVisible();
  expect(asked).toMatchObject({ category: '', thresholds: {}, of: { money: 3, recency: 5 }, first: 0 });
});
