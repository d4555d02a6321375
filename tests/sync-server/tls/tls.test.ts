import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openListener } from '#sync-server/tls/open-listener.ts';
import { openCertificates } from '#sync-server/tls/open-certificates.ts';
import { type OwnAddresses, readOwnAddresses } from '#sync-server/tls/own-addresses.ts';
import { trustWords } from '#sync-server/tls/trust-page.data.ts';
import { type LarderProcess, openLarderProcess } from '../../end-to-end/larder-process.ts';
import { openHttpRig } from '../http-rig.ts';

const folders: string[] = [];
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-tls-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const nowMs = Date.now();
const own: OwnAddresses = {
  names: ['localhost', 'shop'],
  addresses: ['127.0.0.1', '192.168.1.5'],
  networkAddress: '192.168.1.5',
};

describe('certificates', () => {
  test('[TLS1, TLS2] are made once, kept private, and made anew when an address or time is missing', async () => {
    const folder = aFolder();
    const first = await openCertificates(folder, own, nowMs);
    for (const name of ['authority', 'server']) expect(statSync(join(folder, `${name}-key.pem`)).mode & 0o077).toBe(0);
    expect(await openCertificates(folder, own, nowMs)).toEqual(first);

    const moved = await openCertificates(folder, { ...own, addresses: [...own.addresses, '10.0.0.7'] }, nowMs);
    expect(moved.authority).toEqual(first.authority);
    expect(moved.server.cert).not.toBe(first.server.cert);
    const later = await openCertificates(folder, own, nowMs + 367 * 86_400_000);
    expect(later.server.cert).not.toBe(moved.server.cert);

    mkdirSync(join(folder, 'server-key.pem.part'));
    const unkept = await openCertificates(folder, own, nowMs + 735 * 86_400_000);
    expect(unkept.authority).toEqual(first.authority);
    expect(unkept.server.cert).not.toBe(later.server.cert);
    expect(readFileSync(join(folder, 'server-cert.pem'), 'utf8')).toBe(later.server.cert);

    const authority = new X509Certificate(first.authority.cert);
    const server = new X509Certificate(first.server.cert);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect([server.ca, authority.ca]).toEqual([false, true]);
    expect(server.checkIP('192.168.1.5')).toBe('192.168.1.5');
    expect(server.checkHost('shop')).toBe('shop');
    const lifeDays = (Date.parse(server.validTo) - Date.parse(server.validFrom)) / 86_400_000;
    expect(lifeDays).toBeLessThanOrEqual(397);
  });
});

const { networkAddress } = readOwnAddresses();

describe.skipIf(networkAddress === null)('on the local network', () => {
  let larder: LarderProcess;
  let port: string;
  let authority: string;
  beforeAll(async () => {
    larder = await openLarderProcess({ HOST: '0.0.0.0', LARDER_LAN: '1', LARDER_NO_DEMO: '1' });
    port = new URL(larder.address).port;
    authority = readFileSync(join(larder.data, 'tls', 'authority-cert.pem'), 'utf8');
  }, 60_000);
  afterAll(() => larder.close());

  const askSecure = (path: string, ca: string | undefined): Promise<{ status: number; body: string; policy: string }> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: networkAddress!, port, path, ...(ca ? { ca } : {}) }, (answer) => {
        let body = '';
        answer.on('data', (part: Buffer) => (body += part.toString()));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body,
            policy: String(answer.headers['content-security-policy'] ?? ''),
          }),
        );
      });
      asked.on('error', reject);
      asked.end();
    });

  test('[TLS3] a device that trusts the authority gets the app over HTTPS, another gets nothing', async () => {
    expect(JSON.parse((await askSecure('/api/session', authority)).body)).toMatchObject({ member: null, demo: null });
    const shell = await askSecure('/', authority);
    if (shell.status === 200) expect(shell.policy).toContain(`connect-src 'self' wss://${networkAddress}:${port};`);
    await expect(askSecure('/api/session', undefined)).rejects.toThrow(/certificate/);
  });

  test('[TLS3] websockets work over TLS, too', async () => {
    const socket = new WebSocket(`wss://${networkAddress}:${port}/sync/w/settings`, {
      ca: authority,
      origin: `https://${networkAddress}:${port}`,
    });
    const code = await new Promise<number>((resolve, reject) => {
      socket.on('close', resolve);
      socket.on('error', reject);
    });
    expect(code).toBe(4401);
  });

  test('[TLS4] plain HTTP from another device gives the trust page and the certificate, nothing else', async () => {
    const far = `http://${networkAddress}:${port}`;
    const status = async (path: string, init?: RequestInit): Promise<number> =>
      (await fetch(far + path, { redirect: 'manual', ...init })).status;
    expect(await status('/')).toBe(302);
    expect(await status('/trust')).toBe(200);
    for (const path of ['/api/session', '/health', '/index.html', '/join', '/trust/other'])
      expect(await status(path)).toBe(403);
    expect(await status('/api/claim', { method: 'POST' })).toBe(403);
    const certificate = await fetch(`${far}/trust/larder-ca.crt`);
    expect(certificate.headers.get('content-type')).toBe('application/x-x509-ca-cert');
    const downloaded = new X509Certificate(Buffer.from(await certificate.arrayBuffer()));
    expect(downloaded.fingerprint256).toBe(new X509Certificate(authority).fingerprint256);
    const socket = new WebSocket(`${far.replace('http', 'ws')}/sync/w/settings`);
    await new Promise((resolve) => socket.on('error', resolve));
  });

  test('[TLS5] plain HTTP from this machine gives the whole app, and the trust page with its code', async () => {
    expect((await fetch(`${larder.address}/api/session`)).status).toBe(200);
    expect(await (await fetch(`${larder.address}/trust`)).text()).toContain('<svg');
    expect(larder.output()).toContain(`http://127.0.0.1:${port}/#claim=`);
    expect(larder.output()).toContain(`http://${networkAddress}:${port}/trust`);
  });

  test('[TLS6] the trust page in two languages, with three kinds of device and the fingerprint', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const page = await fetch(`http://${networkAddress}:${port}/trust`, { headers: { 'accept-language': language } });
      const html = await page.text();
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain(new X509Certificate(authority).fingerprint256);
      expect(html).toContain(`https://${networkAddress}:${port}/`);
      for (const { name } of trustWords[language].devices) expect(html).toContain(`<h2>${name}</h2>`);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
    }
    expect(trustWords.en.devices.map(({ steps }) => steps.length)).toEqual(
      trustWords['zh-CN'].devices.map(({ steps }) => steps.length),
    );
  });

  test('[TLS7] a given certificate is used as it is, and plain HTTP is sent to HTTPS', async () => {
    const folder = aFolder();
    await openCertificates(folder, readOwnAddresses(), nowMs);
    const listener = await openListener(
      {
        host: '0.0.0.0',
        port: 0,
        isLan: false,
        certificate: { certPath: join(folder, 'server-cert.pem'), keyPath: join(folder, 'server-key.pem') },
        folder: aFolder(),
        nowMs,
      },
      { fetch: () => new Response('app'), upgrade: () => {} },
    );
    const sent = await fetch(`http://${networkAddress}:${listener.port}/join`, { redirect: 'manual' });
    expect([sent.status, sent.headers.get('location')]).toEqual([
      308,
      `https://${networkAddress}:${listener.port}/join`,
    ]);
    expect(listener.trustAddress).toBeNull();
    listener.stop();
    listener.closeAll();
  });
});

test('[TLS8] an invitation made on this machine names the network address', async () => {
  const rig = await openHttpRig({ networkOrigin: 'https://192.168.1.5:4747' });
  const { owner, workspace } = await rig.claim();
  const path = `/api/workspaces/${workspace}/invitations`;
  const invited = await rig.ask(owner, 'POST', path, { role: 'host' });
  expect(invited.body.address).toMatch(/^https:\/\/192\.168\.1\.5:4747\/join#invitation=/);
  await rig.close();
});

test.for([false, true])('[TLS9] an idle connection outlives those of the usual proxies, LAN %s', async (isLan) => {
  const listener = await openListener(
    { host: '127.0.0.1', port: 0, isLan, certificate: null, folder: aFolder(), nowMs },
    { fetch: () => new Response('app'), upgrade: () => {} },
  );
  const answer = await fetch(`http://127.0.0.1:${listener.port}/`);
  const [, seconds] = /timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(120);
  listener.stop();
  listener.closeAll();
});
