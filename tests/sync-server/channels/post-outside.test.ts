import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSources } from '#tests/architecture/source-files.ts';
import { isPublicAddress } from '#sync-server/channels/is-public-address.ts';
import { type OutsideCall, postOutside } from '#sync-server/channels/post-outside.ts';

let server: Server;
let port: number;
const heard: { url: string; host: string; body: string }[] = [];
beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const url = incoming.url ?? '';
      heard.push({ url, host: incoming.headers.host ?? '', body: Buffer.concat(parts).toString() });
      if (url === '/slow') return;
      if (url === '/endless') {
        outgoing.writeHead(200);
        const more = setInterval(() => outgoing.write('x'.repeat(100_000)), 1);
        outgoing.on('close', () => clearInterval(more));
        return;
      }
      const status = { '/moved': 302, '/no': 410 }[url] ?? 204;
      outgoing.writeHead(status, status === 302 ? { location: '/landed' } : {}).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const aCall = (fields: Partial<OutsideCall> = {}): OutsideCall => ({
  address: `http://127.0.0.1:${port}/hook`,
  headers: { 'content-type': 'application/json' },
  body: '{"type":"a.b"}',
  allowsPrivate: true,
  withinMs: 3000,
  ...fields,
});

test('[CALL2] addresses of this machine and of local networks are private, however they are written', () => {
  for (const address of [
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.0.2.1', '203.0.113.9'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', 'fec0::1'],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', '100::1', 'not an address', ''],
  ])
    expect([address, isPublicAddress(address)]).toEqual([address, false]);
  for (const address of ['8.8.8.8', '172.32.0.1', '192.167.1.1', '100.128.0.1', '2606:4700::1111', '240e::1'])
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
});

test('[CALL2, CALL4] what is private is refused before anything is sent, unless it was ticked', async () => {
  const before = heard.length;
  for (const host of [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
  ])
    expect(await postOutside(aCall({ address: `https://${host}:${port}/`, allowsPrivate: false }))).toEqual({
      ok: false,
      error: { kind: 'private-address' },
    });
  for (const address of [
    'http://example.com/',
    'ftp://example.com/',
    'https://a:b@example.com/',
    'file:///etc/passwd',
    'no',
  ])
    expect(await postOutside(aCall({ address, allowsPrivate: false }))).toMatchObject({
      error: { kind: 'bad-address' },
    });
  expect(heard).toHaveLength(before);
  expect(await postOutside(aCall())).toEqual({ ok: true, value: { status: 204 } });
  expect(heard.at(-1)).toEqual({ url: '/hook', host: `127.0.0.1:${port}`, body: '{"type":"a.b"}' });
});

test('[CALL1] one private address among the answers is enough, and the name is asked once', async () => {
  const asked: string[] = [];
  const lookUp = async (name: string) => {
    asked.push(name);
    // Rebinding: one address when judged, where the server listens when connected.
    return [{ address: asked.length === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }];
  };
  const before = heard.length;
  const address = `https://hook.example:${port}/`;
  const answer = await postOutside(aCall({ address: `http://hook.example:${port}/`, withinMs: 300 }), { lookUp });
  expect(answer.ok).toBe(false);
  expect([asked, heard.length]).toEqual([['hook.example'], before]);
  const mixed = async () => [
    { address: '8.8.8.8', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  expect(await postOutside(aCall({ address, allowsPrivate: false }), { lookUp: mixed })).toEqual({
    ok: false,
    error: { kind: 'private-address' },
  });
  // The judged address is the one that is called, under the name that was given.
  const pinned = await postOutside(aCall({ address: `http://hook.example:${port}/named` }), {
    lookUp: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  expect([pinned.ok, heard.at(-1)]).toMatchObject([true, { url: '/named', host: `hook.example:${port}` }]);
});

test('[CALL3, CALL5] redirects are not followed; refusals, slowness and endless answers are told apart', async () => {
  const to = (path: string, withinMs = 3000) =>
    postOutside(aCall({ address: `http://127.0.0.1:${port}${path}`, withinMs }));
  expect(await to('/moved')).toEqual({ ok: false, error: { kind: 'redirected', status: 302 } });
  expect(heard.some(({ url }) => url === '/landed')).toBe(false);
  expect(await to('/no')).toEqual({ ok: false, error: { kind: 'not-accepted', status: 410, retryAfter: null } });
  expect(await to('/slow', 100)).toEqual({ ok: false, error: { kind: 'too-slow' } });
  expect(await to('/endless')).toEqual({ ok: true, value: { status: 200 } });
  expect(await postOutside(aCall({ address: 'http://127.0.0.1:1/' }))).toMatchObject({
    error: { kind: 'unreachable' },
  });
});

test('[CALL6] nothing else of the server calls out', () => {
  const calls =
    /\bawait fetch\((`|\w+, \{)|new WebSocket\(|import \{[^}]*\b(request|connect)\b[^}]*\} from 'node:(https?|net)'/;
  const callers = readSources('sync-server').filter(({ text }) => calls.test(text));
  expect(callers.map(({ path }) => path)).toEqual([
    'sync-server/backups/door.ts',
    'sync-server/channels/post-outside.ts',
    'sync-server/commands/simulate.ts',
    'sync-server/leases/mirror-room.ts',
    'sync-server/leases/peers.ts',
  ]);
});
