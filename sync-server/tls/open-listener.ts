/**
 * Where the server listens. On loopback or behind a proxy: plain HTTP. On the local network, or with a given
 * certificate: one port for both, HTTPS for everyone and plain HTTP for this machine.
 */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server as NetServer } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { openCertificates } from './open-certificates.ts';
import { readOwnAddresses } from './own-addresses.ts';
import { createSplitListener } from './split-listener.ts';
import { createHttpsOnly, createTrustOnly, createTrustRoutes } from './trust.routes.ts';

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

export interface ListenerChoice {
  readonly host: string;
  readonly port: number;
  readonly isLan: boolean;
  readonly certificate: { readonly certPath: string; readonly keyPath: string } | null;
  /** Where a local authority is kept. */
  readonly folder: string;
  readonly nowMs: number;
}

export interface Listener {
  readonly port: number;
  /** Where the person at this machine opens Larder. */
  readonly origin: string;
  /** Where other devices open it; null when they cannot. */
  readonly networkOrigin: string | null;
  readonly trustAddress: string | null;
  /** No new connections. */
  stop(): void;
  closeAll(): void;
}

export interface Handlers {
  readonly fetch: Fetch;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export const openListener = async (choice: ListenerChoice, handlers: Handlers): Promise<Listener> => {
  if (choice.certificate === null && !choice.isLan) return openPlain(choice, handlers);
  return openSplit(choice, handlers);
};

/** Names that a given certificate speaks for, so that they are known as our own. */
export const namesOfCertificate = async (certPath: string): Promise<readonly string[]> =>
  (new X509Certificate(await readFile(certPath)).subjectAltName ?? '')
    .split(', ')
    .flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1]?.toLowerCase() ?? []);

/** Longer than Caddy (120 s) and nginx (60 s) keep an idle connection: whoever closes first may lose the other's request. */
const keepAliveTimeout = 130_000;

const openPlain = async (choice: ListenerChoice, handlers: Handlers): Promise<Listener> => {
  const server = createAdaptorServer({ fetch: handlers.fetch, serverOptions: { keepAliveTimeout } }) as Server;
  server.on('upgrade', handlers.upgrade);
  const port = await listen(server, choice);
  return {
    port,
    origin: `http://${inAddress(choice.host)}:${port}`,
    networkOrigin: null,
    trustAddress: null,
    stop: () => void server.close(),
    closeAll: () => server.closeAllConnections(),
  };
};

const openSplit = async (choice: ListenerChoice, handlers: Handlers): Promise<Listener> => {
  const own = readOwnAddresses();
  const given = choice.certificate;
  const certificates = given ? null : await openCertificates(join(choice.folder, 'tls'), own, choice.nowMs);
  const pair = given
    ? { cert: await readFile(given.certPath, 'utf8'), key: await readFile(given.keyPath, 'utf8') }
    : certificates!.server;
  const trust = certificates ? { authority: certificates.authority, networkHost: (): string => networkHost } : null;
  const fetch = trust ? withTrustPages(handlers.fetch, createTrustRoutes(trust)) : handlers.fetch;
  const secure = createAdaptorServer({
    fetch,
    createServer: createSecureServer,
    serverOptions: { ...pair, keepAliveTimeout },
  }) as Server;
  const near = createAdaptorServer({ fetch, serverOptions: { keepAliveTimeout } }) as Server;
  // Nothing but pages: a websocket asked for here gets no answer.
  const far = createAdaptorServer({ fetch: (trust ? createTrustOnly(trust) : createHttpsOnly()).fetch }) as Server;
  far.on('upgrade', (_request: IncomingMessage, socket: Duplex) => socket.destroy());
  for (const server of [secure, near]) server.on('upgrade', handlers.upgrade);

  const listener = createSplitListener({
    tls: secure,
    plain: (remoteAddress) => (isLoopback(remoteAddress) ? near : far),
  });
  const port = await listen(listener, choice);
  const networkHost = `${inAddress(own.networkAddress ?? choice.host)}:${port}`;
  return {
    port,
    origin: certificates ? `http://127.0.0.1:${port}` : `https://${inAddress(choice.host)}:${port}`,
    networkOrigin: own.networkAddress && choice.isLan ? `https://${networkHost}` : null,
    trustAddress: certificates && own.networkAddress ? `http://${networkHost}/trust` : null,
    stop: () => void listener.close(),
    closeAll: () => listener.closeAll(),
  };
};

/** At this machine the trust page stands beside the app: its code is shown on this screen. */
const withTrustPages =
  (fetch: Fetch, pages: { fetch(request: Request): Response | Promise<Response> }): Fetch =>
  (request, environment) =>
    /^\/trust(\/|$)/.test(new URL(request.url).pathname) ? pages.fetch(request) : fetch(request, environment);

const listen = (server: NetServer, { host, port }: ListenerChoice): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const place = server.address();
      resolve(place && typeof place === 'object' ? place.port : port);
    });
  });

const isLoopback = (address: string): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);

/** An address as it is written in a URL; 0.0.0.0 is this machine. */
const inAddress = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
};
