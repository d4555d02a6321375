import { afterEach, expect, test } from 'vitest';
import { openHttpRig, type HttpRig } from '../http-rig.ts';

let rig: HttpRig;
afterEach(() => rig.close());

test('[HEA1] health answers without sign-in, with counters and nobody in it', async () => {
  rig = await openHttpRig();
  const { workspace } = await rig.claim();
  await rig.rooms.change(`${workspace}/settings`, 'test', (doc) => doc.getMap('a').set('b', 1));
  rig.clock.ms += 1500;
  const { status, body } = await rig.ask(rig.aPerson('10.0.0.1'), 'GET', '/health');
  expect([status, body]).toEqual([200, { isHealthy: true, upMs: 1500, rooms: 1, connections: 0, skippedUpdates: 0 }]);
});

test('[HEA2] a full disk shows', async () => {
  rig = await openHttpRig();
  rig.storage.failWrites(new Error('disk full'));
  const full = await rig.ask(rig.aPerson(), 'GET', '/health');
  expect([full.status, full.body.error?.kind]).toEqual([503, 'storage-full']);
  rig.storage.failWrites(null);
  rig.clock.ms += 5000;
  expect((await rig.ask(rig.aPerson(), 'GET', '/health')).status).toBe(200);
});
