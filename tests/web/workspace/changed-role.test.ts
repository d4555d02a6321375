import { afterEach, expect, test, vi } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { openDeviceDatabase } from '#web/device/device-database.ts';
import { openWorkspace } from '#web/workspace/open-workspace.ts';

afterEach(() => vi.unstubAllGlobals());

test('another role opens the workspace afresh, also where nothing that is open may be written', async () => {
  const database = openDeviceDatabase();
  const id = 'w-role';
  let role = 'assistant';
  vi.stubGlobal('fetch', async () =>
    Response.json({
      member: { id: 'm', name: 'Ning' },
      workspaces: [{ id, brand: 'Shop', role, isDemo: false }],
      serverMs: Date.now(),
    }),
  );
  const reopen = vi.fn();
  const deps = { database, origin: 'http://127.0.0.1:9', ended: () => undefined, reopen };
  const opened = await openWorkspace(id, deps);
  if (!opened.ok) throw new Error(opened.error.kind);
  const { awareness } = opened.value.open('settings');
  if (!awareness) throw new Error('no awareness');
  role = 'observer';
  awareness.setLocalStateField('field', 'somewhere');
  expect(reopen).not.toHaveBeenCalled();
  // As the server says it again: the same client, one later, with who it is now.
  const server = new Awareness(new Y.Doc());
  applyAwarenessUpdate(server, encodeAwarenessUpdate(awareness, [awareness.clientID]), null);
  server.states.set(awareness.clientID, { field: null, member: { id: 'm', name: 'Ning', role } });
  server.meta.set(awareness.clientID, {
    clock: (awareness.meta.get(awareness.clientID)?.clock ?? 0) + 1,
    lastUpdated: 0,
  });
  applyAwarenessUpdate(awareness, encodeAwarenessUpdate(server, [awareness.clientID]), null);
  await expect.poll(() => reopen.mock.calls.length).toBe(1);
  server.destroy();
  await opened.value.wipe();
  database.close();
});
