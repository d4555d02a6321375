import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHttpRig, type HttpRig } from '../http-rig.ts';

const script = '\n  start("here");\n';
const html = `<!doctype html><html><head><script src="/x.js"></script></head><body><script>${script}</script></body></html>`;
const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

const addresses = ['/', '/join', '/[workspace]/customers', '/[workspace]/live/[campaign]/host'];

let rig: HttpRig;
beforeAll(async () => {
  rig = await openHttpRig({
    build: {
      'index.html': html,
      'addresses.json': JSON.stringify(addresses),
      'service-worker.js': 'self;',
      'icon.svg': '<svg/>',
      '.larder-sources': 'secret',
      '_app/immutable/chunks/a.js': 'let a;',
      '_app/immutable/chunks/a.js.br': 'brotli',
      '_app/immutable/chunks/a.js.gz': 'gzip',
    },
  });
  writeFileSync(join(rig.build, '..', 'larder-outside.js'), 'outside');
});
afterAll(() => rig.close());
const get = (path: string, headers: Record<string, string> = {}) =>
  rig.ask(rig.aPerson(), 'GET', path, undefined, headers);

test('[PAGE1] the shell, wherever a person goes, with the policy of the house', async () => {
  for (const path of ['/', '/index.html', '/join', '/w1/live/c1/host', '/w1/customers?x=1']) {
    const { status, headers, bytes } = await get(path);
    expect([path, status, new TextDecoder().decode(bytes)]).toEqual([path, 200, html]);
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${hash}; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self' ws://localhost:4747; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    );
    expect(headers.get('cache-control')).toBe('no-cache');
  }
});

test('[PAGE2] files named by their content are kept, the rest is asked for again', async () => {
  const file = await get('/_app/immutable/chunks/a.js');
  expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  const worker = await get('/service-worker.js');
  expect(worker.headers.get('cache-control')).toBe('no-cache');
  const again = await get('/service-worker.js', { 'if-none-match': worker.headers.get('etag') ?? '' });
  expect([again.status, again.bytes.length]).toEqual([304, 0]);
});

test('[PAGE3] compressed at build time, in what the browser takes', async () => {
  const text = async (accept: string): Promise<(string | null)[]> => {
    const { headers, bytes } = await get('/_app/immutable/chunks/a.js', { 'accept-encoding': accept });
    return [headers.get('content-encoding'), new TextDecoder().decode(bytes), headers.get('vary')];
  };
  expect(await text('gzip, deflate, br')).toEqual(['br', 'brotli', 'Accept-Encoding']);
  expect(await text('gzip')).toEqual(['gzip', 'gzip', 'Accept-Encoding']);
  expect(await text('identity')).toEqual([null, 'let a;', 'Accept-Encoding']);
});

test('[PAGE4] addresses of machines are 404, never the shell', async () => {
  for (const path of [
    '/_app/immutable/gone.js',
    '/_app/x',
    '/_app',
    '/favicon.ico',
    '/w1/picture.png',
    '/sync/w/settings',
    '/%00',
    '/%ff',
    '/.git/config',
    '/w1/.env',
    '/w1/%2e%2e/customers',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  const api = await get('/api/nothing');
  expect([api.status, api.body]).toEqual([404, { error: { kind: 'not-found' } }]);
  expect((await rig.ask(rig.aPerson(), 'POST', '/today')).status).toBe(404);
});

test('[PAGE9] what the build does not list is 404; a person is told in the app, a program in one word', async () => {
  for (const path of [
    '/etc/passwd',
    '/w1/nothing',
    '/w1/customers/7',
    '/W1/customers',
    `/${'w'.repeat(41)}/customers`,
  ]) {
    const program = await get(path);
    expect([path, program.status, program.body]).toEqual([path, 404, { error: { kind: 'not-found' } }]);
    const person = await get(path, { accept: 'text/html,application/xhtml+xml' });
    expect([path, person.status, new TextDecoder().decode(person.bytes)]).toEqual([path, 404, html]);
    expect(person.headers.get('content-security-policy')).toContain(hash);
  }
  expect((await get('/w1/customers/')).status).toBe(200);
});

test('[PAGE5] no path leaves the build folder', async () => {
  for (const path of [
    '/../larder-outside.js',
    '/..%2flarder-outside.js',
    '/%2e%2e/larder-outside.js',
    '/_app/..%5c..%5clarder-outside.js',
    '/.larder-sources',
    '/%00.js',
    '/%zz.js',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
});

test('[PAGE6] every answer carries the plain headers, and what is not the shell may do nothing', async () => {
  for (const path of ['/', '/icon.svg', '/api/session', '/api/nothing', '/_app/gone']) {
    const { headers } = await get(path);
    expect([
      path,
      headers.get('x-content-type-options'),
      headers.get('referrer-policy'),
      headers.get('cross-origin-opener-policy'),
    ]).toEqual([path, 'nosniff', 'no-referrer', 'same-origin']);
    if (path !== '/') expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  }
});

test('[PAGE8] a worker may import, connect and compile', async () => {
  for (const path of ['/service-worker.js', '/_app/immutable/chunks/a.js']) {
    const policy = (await get(path)).headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("connect-src 'self' ws://localhost:4747;");
  }
});

test('[PAGE7] without a build there is a clear answer', async () => {
  const empty = await openHttpRig();
  const answer = await empty.ask(empty.aPerson(), 'GET', '/');
  expect([answer.status, answer.body.error?.kind]).toEqual([503, 'not-built']);
  await empty.close();
});

test('a body over the limit is refused before it is read', async () => {
  const answer = await rig.ask(rig.aPerson(), 'POST', '/api/claim', new Uint8Array(70 * 1024));
  expect([answer.status, answer.body.error?.kind]).toEqual([413, 'too-large']);
  expect(answer.headers.get('connection')).toBe('close');
});
