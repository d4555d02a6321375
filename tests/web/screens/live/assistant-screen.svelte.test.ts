import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import AssistantScreen from '#web/screens/live/AssistantScreen.svelte';
import type { Workspace } from '#web/workspace/workspace.ts';
import InWorkspace from '../InWorkspace.svelte';

test('a host who opens the control desk sees nothing of it, only the way to the host’s screen', async () => {
  const opened: string[] = [];
  const workspace = { id: 'w', member: { role: 'host' }, open: (path: string) => opened.push(path) };
  const target = document.body.appendChild(document.createElement('div'));
  const screen = (anchor: unknown) => (AssistantScreen as (...given: unknown[]) => unknown)(anchor, { id: 'friday' });
  const mounted = mount(InWorkspace, {
    target,
    props: {
      workspace: workspace as unknown as Workspace,
      engine: {} as EngineClient<InsightRequests>,
      screen: screen as never,
    },
  });
  flushSync();
  expect(target.querySelector('a')?.getAttribute('href')).toBe('/w/live/friday/host');
  expect(opened).toEqual([]);
  await unmount(mounted);
  target.remove();
});
