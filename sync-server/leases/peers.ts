/**
 * How processes reach each other: every one listens at a door of its own, plain HTTP on the network between them, where
 * nothing comes in without a secret that only they know. A socket or request that belongs to another process is handed
 * on whole, with what its sender was: address, encryption, host.
 */
import { timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, request as ask } from 'node:http';
import { connect } from 'node:net';
import { type Duplex, Readable } from 'node:stream';
import type { RawRequest } from '#sync-server/access/caller.ts';
import { RoomUnavailable } from '#sync-server/rooms/rooms.ts';

const headers = { secret: 'x-larder-peer', address: 'x-larder-address', secure: 'x-larder-secure' } as const;

export interface Peers {
  isPeer(request: IncomingMessage): boolean;
  /** The request as the process saw it to which it was sent first. */
  unwrap(request: RawRequest): RawRequest;
  /** For a socket of our own to a peer. */
  headers(): Record<string, string>;
  forward(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void;
  forwardRequest(request: IncomingMessage, address: string): Promise<Response>;
  /** The process at this address serves the room, and has retaken it when this resolves. */
  retake(room: string, address: string): Promise<void>;
  /** Cuts what was handed on to anybody else: a peer that is gone or paused does not close its sockets. */
  keepOnly(addresses: readonly string[]): void;
}

/** A peer that takes so long to answer is asked again later. */
const mostWaitMs = 3000;
/** Every document of a workspace, or one of them, is rewritten before this is answered. */
const mostEraseMs = 300_000;
const mostRetakeMs = 60_000;

/** At the peers' door: a room to retake. */
export const retakePath = '/retake/';

export const createPeers = (secret: string): Peers => {
  const isSecret = (given: string | undefined): boolean =>
    given !== undefined && given.length === secret.length && timingSafeEqual(Buffer.from(given), Buffer.from(secret));
  const endsByAddress = new Map<string, Set<() => void>>();
  const isPeer = (request: IncomingMessage): boolean => isSecret(request.headers[headers.secret]?.toString());
  const wrap = (request: IncomingMessage): [string, string][] => [
    [headers.secret, secret],
    [headers.address, request.socket.remoteAddress ?? ''],
    [headers.secure, 'encrypted' in request.socket ? '1' : '0'],
  ];

  return {
    isPeer,
    unwrap: (request) =>
      isSecret(request.header(headers.secret))
        ? {
            ...request,
            remoteAddress: request.header(headers.address) ?? '',
            isEncrypted: request.header(headers.secure) === '1',
          }
        : request,
    headers: () => ({ [headers.secret]: secret }),

    forward: (request, socket, head, address) => {
      const upstream = connect(portOf(address), hostOf(address), () => {
        const lines = [...pairsOf(request), ...wrap(request)].map(([name, value]) => `${name}: ${value}`);
        upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        upstream.write(head);
        upstream.setNoDelay(true);
        upstream.pipe(socket);
        socket.pipe(upstream);
      });
      const late = setTimeout(() => end(), mostWaitMs);
      upstream.once('data', () => clearTimeout(late));
      const ends = endsByAddress.get(address) ?? new Set();
      endsByAddress.set(address, ends);
      const end = (): void => {
        clearTimeout(late);
        ends.delete(end);
        upstream.destroy();
        socket.destroy();
      };
      ends.add(end);
      for (const stream of [upstream, socket]) stream.on('error', end).on('close', end);
    },

    keepOnly: (addresses) => {
      for (const [address, ends] of endsByAddress) {
        if (addresses.includes(address)) continue;
        endsByAddress.delete(address);
        for (const end of ends) end();
      }
    },

    retake: async (room, address) => {
      const answer = await fetch(`http://${address}${retakePath}${room}`, {
        method: 'POST',
        headers: { [headers.secret]: secret },
        signal: AbortSignal.timeout(mostRetakeMs),
      });
      if (!answer.ok) throw new RoomUnavailable('the process that serves the room did not retake it');
    },

    forwardRequest: (request, address) => askPeer(request, address, wrap(request)),
  };
};

const askPeer = (request: IncomingMessage, address: string, wrapped: [string, string][]): Promise<Response> =>
  new Promise((resolve, reject) => {
    const asked = ask(
      {
        host: hostOf(address),
        port: portOf(address),
        method: request.method,
        path: request.url,
        headers: [...pairsOf(request), ...wrapped].flat(),
      },
      (answer) => {
        const given = new Headers();
        for (const [name, value] of Object.entries(answer.headers))
          if (!/^(connection|keep-alive|transfer-encoding)$/.test(name))
            for (const each of [value ?? []].flat()) given.append(name, each);
        resolve(
          new Response(Readable.toWeb(answer) as ReadableStream, {
            status: answer.statusCode ?? 502,
            headers: given,
          }),
        );
      },
    );
    asked.setTimeout(/\/erasures\b/.test(request.url ?? '') ? mostEraseMs : mostWaitMs, () =>
      asked.destroy(new Error('the peer does not answer')),
    );
    asked.on('error', reject);
    request.pipe(asked);
  });

/** A caller's own headers, without any that only we may set. */
const pairsOf = ({ rawHeaders }: IncomingMessage): [string, string][] =>
  rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 && !name.toLowerCase().startsWith('x-larder-') ? [[name, rawHeaders[at + 1] ?? '']] : [],
  );

const hostOf = (address: string): string => address.slice(0, address.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));
