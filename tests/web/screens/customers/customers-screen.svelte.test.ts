import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import { language } from '#web/words/phrases.svelte.ts';
import type { CustomerFilter, CustomerOverview } from '#web/engine/insight/customers.messages.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import Customers from '#web/screens/customers/Customers.svelte';
import type { Workspace } from '#web/workspace/workspace.ts';
import InWorkspace from '../InWorkspace.svelte';

const overview: CustomerOverview = {
  total: 231,
  moves: { before: [], after: [], flows: [] } as unknown as CustomerOverview['moves'],
  stages: [],
  due: 12,
  overdue: 9,
  quiet: null,
  tags: [],
  channels: [],
};

test('while parts of the facts are missing, the number of people is not told without saying so', async () => {
  language.choose('en');
  const engine = {
    version: 1,
    state: { phase: 'ready', behind: 3, months: 17 },
    ask: async (name: string) => ({
      body: name === 'customers.overview' ? overview : { total: 231, milliseconds: 1, rows: [] },
      asOfDay: 20_000,
    }),
  } as unknown as EngineClient<InsightRequests>;
  const workspace = { id: 'w', accessTo: () => 'read', nowMs: () => 0 } as unknown as Workspace;
  const target = document.body.appendChild(document.createElement('div'));
  const screen = mount(InWorkspace, { target, props: { workspace, engine, screen: Customers } });
  const text = (): string => target.innerText.replaceAll('\u00a0', ' ');
  await expect.poll(text).toContain('231 people · Reading data, 14 of 17 parts');
  await unmount(screen);
  target.remove();
  language.choose('zh-CN');
});

test('a narrowed list says how many of how many and lights what narrows it; “all” takes every condition away', async () => {
  language.choose('en');
  const asked: CustomerFilter[] = [];
  const engine = {
    version: 1,
    state: { phase: 'ready', behind: 0, months: 17 },
    ask: async (name: string, body: { filter: CustomerFilter }) => {
      if (name === 'customers.overview') return { body: overview, asOfDay: 20_000 };
      asked.push(body.filter);
      return { body: { total: body.filter.due === 'due' ? 12 : 231, milliseconds: 1, rows: [] }, asOfDay: 20_000 };
    },
  } as unknown as EngineClient<InsightRequests>;
  const workspace = { id: 'w', accessTo: () => 'read', nowMs: () => 0 } as unknown as Workspace;
  const target = document.body.appendChild(document.createElement('div'));
  const screen = mount(InWorkspace, { target, props: { workspace, engine, screen: Customers } });
  const chip = (label: string): HTMLButtonElement =>
    [...target.querySelectorAll<HTMLButtonElement>('button.chip')].find(({ innerText }) =>
      innerText.startsWith(label),
    )!;
  const lit = (): string[] =>
    [...target.querySelectorAll<HTMLElement>('.chip.on')].map(({ innerText }) => innerText.replace(/\s+/g, ' '));
  const text = (): string => target.innerText.replaceAll('\u00a0', ' ');
  await expect.poll(text).toContain('231 people');
  expect(lit()).toEqual(['All 231']);
  chip('Due').click();
  flushSync();
  await expect.poll(text).toContain('12 of 231 people');
  expect(lit()).toEqual(['Due to reorder today']);
  chip('All').click();
  flushSync();
  await expect.poll(text).not.toContain('12 of 231');
  expect(lit()).toEqual(['All 231']);
  expect(asked.at(-1)?.due).toBe('');
  await unmount(screen);
  target.remove();
  language.choose('zh-CN');
});
