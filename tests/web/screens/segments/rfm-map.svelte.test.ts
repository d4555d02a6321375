import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import { defaultThresholds } from '#core/insight/rfm/thresholds.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { RfmMapState } from '#web/screens/segments/rfm-map.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';

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
