import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createApplication } from '#sync-server/application.ts';
import { createSimulateRoutes } from '#sync-server/broadcasts/simulate.routes.ts';

const folder = mkdtempSync(join(tmpdir(), 'larder-simulate-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('[DEMO9] what cannot be played is refused by its reason, and no program starts', async () => {
  const command = join(folder, 'play.mjs');
  writeFileSync(command, 'process.stdin.resume();');
  const items = [{ id: 'milk', name: '牛奶', minutes: 5 }];
  const made: string[] = [];
  const simulate = createSimulateRoutes({
    command,
    sources: { create: async (_, name) => (made.push(name), { id: 's', secret: 'x' }), remove: async () => true },
    someViewers: async () => [],
    listOnAir: async () => [
      { broadcast: 'tonight', startedMs: null, endedMs: null, items },
      { broadcast: 'bare', startedMs: null, endedMs: null, items: [] },
      { broadcast: 'over', startedMs: 1, endedMs: 2, items },
    ],
    address: () => 'http://127.0.0.1:1',
    report: () => undefined,
  });
  const membership = { workspace: 'w', brand: '', isDemo: true, name: 'Ning', role: 'operator' as const };
  const application = createApplication({
    readCaller: async () => ({
      ok: true,
      value: {
        session: { id: 's', member: { id: 'm', name: 'Ning' }, memberships: [membership] },
        address: '',
        isLoopback: true,
        isSecure: false,
        origin: 'http://x',
      },
    }),
    files: { read: async () => null } as never,
    report: () => undefined,
    routes: [simulate],
  });
  const play = async (broadcast: string): Promise<unknown> => {
    const response = await application.request(`/api/workspaces/w/broadcasts/${broadcast}/simulate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const { error, isRunning } = (await response.json()) as { error?: { kind: string }; isRunning?: boolean };
    return [response.status, error?.kind ?? isRunning];
  };
  expect(await play('far')).toEqual([409, 'not-near']);
  expect(await play('bare')).toEqual([409, 'no-products']);
  expect(await play('over')).toEqual([409, 'already-ended']);
  expect(made).toEqual([]);
  expect(await play('tonight')).toEqual([200, true]);
  expect(made).toEqual(['Simulator']);
  simulate.stopAll();
});
