import { afterEach, expect, test, vi } from 'vitest';
import { openDeviceDatabase } from '#web/device/device-database.ts';
import { openWorkspace } from '#web/workspace/open-workspace.ts';

afterEach(() => vi.unstubAllGlobals());

const asking = async (id: string, session: object, isHere: boolean) => {
  const database = openDeviceDatabase();
  const kept = { id, home: 'server', brand: 'Shop', isDemo: false, memberId: 'm', memberName: 'Ann', role: 'owner' };
  if (isHere) await database.workspaces.put({ ...kept, offsetMs: 0, openedMs: 0 } as never);
  vi.stubGlobal('fetch', async () =>
    Response.json({ member: null, workspaces: [], demo: null, network: null, serverMs: 0, ...session }),
  );
  const deps = { database, origin: location.origin, ended: () => undefined, reopen: () => undefined };
  const opened = await openWorkspace(id, deps);
  await database.workspaces.delete(id);
  database.close();
  return opened.ok ? null : opened.error;
};

test('what never was on this device is not said to be, and the demo is opened to whoever asks', async () => {
  const demo = { id: 'demo-1', brand: 'North Slope', customers: 1, orders: 1 };
  const out = { kind: 'signed-out', brand: '' };
  expect(await asking('w-never', { demo }, false)).toEqual({ ...out, isHere: false, isDemo: false });
  expect(await asking('w-kept', { demo }, true)).toEqual({ ...out, brand: 'Shop', isHere: true, isDemo: false });
  expect(await asking('demo-1', { demo }, false)).toEqual({ ...out, isHere: false, isDemo: true });
  const member = { id: 'x', name: 'Li' };
  expect(await asking('demo-1', { demo, member }, false)).toEqual({ ...out, isHere: false, isDemo: true });
  expect(await asking('w-never', { demo, member }, false)).toEqual({ kind: 'not-found' });
  expect(await asking('w-kept', { demo, member }, true)).toEqual({ kind: 'revoked', brand: 'Shop' });
});
