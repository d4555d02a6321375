import { afterEach, expect, test } from 'vitest';
import { roomLimits } from '#sync-server/rooms/limits.ts';
import { logLine } from '#sync-server/health/log-line.ts';
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

test('[HEA2] so does a room that cannot write while the probe can, and a database that does not answer', async () => {
  rig = await openHttpRig();
  const { workspace } = await rig.claim();
  const health = async (): Promise<unknown> => (await rig.ask(rig.aPerson(), 'GET', '/health')).body.error?.kind;
  const write = (): Promise<unknown> =>
    rig.rooms.change(`${workspace}/settings`, 'test', (doc) => doc.getMap('a').set('b', 1)).catch(() => 'refused');
  const { append } = rig.storage.log;
  for (const [error, kind] of [
    ['database or disk is full', 'storage-full'],
    ['connect ECONNREFUSED', 'storage-unavailable'],
  ] as const) {
    rig.storage.log.append = () => Promise.reject(new Error(error));
    expect(await write()).toBe('refused');
    rig.clock.ms += 60_000;
    expect(await health()).toBe(kind);
    rig.storage.log.append = append;
    if (kind === 'storage-unavailable') break;
    await new Promise((resolve) => setTimeout(resolve, roomLimits.limits.retryMs + 100));
    rig.clock.ms += 60_000;
    expect(await health()).toBeUndefined();
  }
  rig.storage.failWrites(new Error('database or disk is full'));
  const { status, body } = await rig.ask(rig.aPerson(), 'POST', '/api/passkeys/sign-in/begin');
  expect([status, body.error?.kind]).toEqual([503, 'storage-full']);
});

test('[HEA5] so does a document that is damaged in storage', async () => {
  rig = await openHttpRig();
  const { workspace } = await rig.claim();
  rig.storage.log.read = () => Promise.reject(new Error('database disk image is malformed'));
  await expect(rig.rooms.read(`${workspace}/catalogue`, () => 1)).rejects.toThrow('closed');
  const { status, body } = await rig.ask(rig.aPerson(), 'GET', '/health');
  expect([status, body.error]).toEqual([503, { kind: 'data-damaged', unreadable: 1 }]);
  const metrics = new TextDecoder().decode((await rig.ask(rig.aPerson(), 'GET', '/metrics')).bytes);
  expect(metrics).toContain('\nlarder_unreadable 1\n');
});

test('[HEA3] metrics are readable by Prometheus and name nobody', async () => {
  rig = await openHttpRig();
  const { workspace } = await rig.claim();
  await rig.rooms.change(`${workspace}/settings`, 'test', (doc) => doc.getMap('a').set('b', 1));
  rig.rooms.meters.acknowledged(3);
  rig.rooms.meters.acknowledged(9000);
  const { status, headers, bytes } = await rig.ask(rig.aPerson('10.0.0.1'), 'GET', '/metrics');
  const text = new TextDecoder().decode(bytes);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const values = new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
  expect([...values.values()].every(Number.isFinite)).toBe(true);
  expect(values.get('larder_rooms')).toBe(1);
  expect(values.get('larder_log_updates')).toBe(1);
  expect(values.get('larder_ack_seconds_bucket{le="0.002"}')).toBe(0);
  expect(values.get('larder_ack_seconds_bucket{le="0.005"}')).toBe(1);
  expect(values.get('larder_ack_seconds_bucket{le="+Inf"}')).toBe(2);
  for (const name of ['connections', 'received_bytes_total', 'sent_bytes_total', 'resyncs_total', 'skipped_records'])
    expect(values.has(`larder_${name}`)).toBe(true);
  expect(text).not.toContain(workspace);
});

test('[HEA4] a log line is one JSON object without phone numbers or mail addresses', () => {
  const line = logLine('room-turn', 'settings: 13800138000 and +86 138-0013-8000 of lan@example.com\nfailed', 0);
  expect(JSON.parse(line)).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    kind: 'room-turn',
    detail: 'settings: <number> and <number> of <email>\nfailed',
  });
  expect(line).not.toContain('\n');
});
