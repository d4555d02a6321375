import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import SyncSign from '#web/screens/live/SyncSign.svelte';
import { language } from '#web/words/phrases.svelte.ts';
import { documentReport } from '#tests/web/document-report.ts';
import type { DocumentReport } from '#web/workspace/documents.ts';
import { SyncState } from '#web/workspace/sync-state.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';
import InWorkspace from '../InWorkspace.svelte';

const waiting = [{ place: 'prompter/line', atMs: 5 }];

test('a tap made without a line to the server never reads as in sync, on the host’s tablet and the remote alike', () => {
  language.current = 'en';
  const sync = new SyncState('server', () => 100);
  const target = document.body.appendChild(document.createElement('div'));
  const props = {
    workspace: { sync } as unknown as Workspace,
    engine: {} as EngineClient<InsightRequests>,
    screen: SyncSign,
  };
  const mounted = mount(InWorkspace, { target, props });
  onTestFinished(async () => {
    await unmount(mounted);
    target.remove();
  });
  const says = (change: Partial<DocumentReport>): string => {
    flushSync(() => sync.take(documentReport(change)));
    return target.querySelector('[role=status]')?.textContent ?? '';
  };
  expect(says({})).toBe('In sync');
  expect(says({ isConnected: false, isSynced: false })).toMatch(/^Offline since /);
  expect(says({ isConnected: false, isSynced: false, waiting })).toBe('Offline, 1 waiting');
  expect(says({ waiting })).toBe('1 change waiting');
  expect(says({ failure: 'quota', waiting })).toBe('Cannot save here');
  expect(says({})).toBe('In sync');
});
