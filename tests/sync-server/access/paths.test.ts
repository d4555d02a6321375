import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addManifestRecords } from '#core/datasets/manifest.doc.ts';
import { type HttpRig, openHttpRig, type Person } from '../http-rig.ts';

let rig: HttpRig;
let owner: Person;
let workspace: string;
const packed = new TextEncoder().encode('facts '.repeat(9000));
const stored = new Uint8Array(deflateRawSync(packed));
const hash = createHash('sha256').update(packed).digest('hex');
const room = 'facts/orders/2026-11';

beforeEach(async () => {
  rig = await openHttpRig();
  ({ owner, workspace } = await rig.claim());
  await rig.ask(owner, 'PUT', `/api/workspaces/${workspace}/rooms/${room}/blobs/${hash}`, stored);
  const numbers = { importMs: 0, lines: 1, bytes: packed.length, storedBytes: stored.length, minMs: 0, maxMs: 0 };
  const record = { id: hash, kind: 'order-line', importId: '', hash, storedHash: hash, replaces: [], inline: null };
  await rig.rooms.change(`${workspace}/${room}`, 'test', (doc) =>
    addManifestRecords(doc, [{ ...record, ...numbers } as never]),
  );
});
afterEach(() => rig.close());

test('[ACC19] path tricks in rooms and hashes open nothing', async () => {
  const at = (path: string, name: string): string => `/api/workspaces/${workspace}/rooms/${path}/blobs/${name}`;
  expect((await rig.ask(owner, 'GET', at(room, hash))).status).toBe(200);
  const tricks = [
    at('facts/orders/2026-11/..', hash),
    at('facts/orders/%2e%2e/2026-11', hash),
    at('facts%2forders%2f2026-11%2f..', hash),
    at('facts/orders/2026-13', hash),
    at('FACTS/orders/2026-11', hash),
    at('facts/orders/2026-11/more', hash),
    at('facts//2026-11', hash),
    at('settings', hash),
    at(room, hash.toUpperCase()),
    at(room, `${hash}0`),
    at(room, hash.slice(1)),
    at(room, `..%2f${hash.slice(0, 2)}%2f${hash}`),
    at(room, `%2e%2e%2flarder.sqlite`),
    at(room, `${hash}%00`),
    `/api/workspaces/${workspace}%2f..%2f${workspace}/rooms/${room}/blobs/${hash}`,
    `/api/workspaces/${workspace.toUpperCase()}/rooms/${room}/blobs/${hash}`,
  ];
  for (const trick of tricks)
    for (const method of ['GET', 'PUT'] as const) {
      const { status, bytes } = await rig.ask(owner, method, trick, method === 'PUT' ? stored : undefined);
      expect([trick, status >= 400 && status < 500, bytes.length < 300]).toEqual([trick, true, true]);
    }
  expect((await rig.storage.blobs.list(workspace)).map((blob) => blob.hash)).toEqual([hash]);
});

test('[ACC19, ACC14] another workspace’s routes are unknown, whatever is asked of them', async () => {
  const other = await rig.access.createWorkspace({ brand: 'Other', isDemo: false });
  const foreign = other.ok ? other.value.id : '';
  for (const [method, path, body] of [
    ['GET', `rooms/${room}/blobs/${hash}`, undefined],
    ['PUT', `rooms/${room}/blobs/${hash}`, stored],
    ['GET', 'audit', undefined],
    ['GET', 'erasures', undefined],
    ['POST', 'erasures', { customer: '0000000000000001' }],
    ['POST', 'contacts/show', { customers: ['0000000000000001'] }],
    ['PUT', 'contacts', { contacts: [] }],
    ['POST', 'exports', { what: 'audit' }],
    ['GET', 'identity-secret', undefined],
  ] as const) {
    const answers = await Promise.all(
      [foreign, 'no-such-workspace'].map((id) => rig.ask(owner, method, `/api/workspaces/${id}/${path}`, body)),
    );
    expect(answers.map(({ status, body: said }) => [path, status, said.error?.kind])).toEqual(
      Array(2).fill([path, 404, 'unknown-workspace']),
    );
  }
});
