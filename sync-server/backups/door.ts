/**
 * A door into the running server for commands on this machine: a socket in its data folder (a named pipe on Windows)
 * that only its own user can open. It hands out a backup, and links that let an owner in.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sink } from './frames.ts';

export interface BackupRequest {
  /** Where the command puts it, for the sidecar of erasures. */
  readonly path: string;
  readonly untilMs: number;
  /** Empty: the key stays outside. */
  readonly passphrase: string;
}

/** What the server does for a command; answers of `ownerLink` are plain JSON. */
export interface DoorKeeper {
  backup(wanted: BackupRequest, sink: Sink): Promise<void>;
  ownerLink(wanted: object): Promise<unknown>;
}

export interface Door {
  close(): Promise<void>;
}

/** Longer paths are cut off by the system. */
const mostPathLetters = 100;

export const doorPath = (data: string): string => {
  const name = `larder-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = join(data, 'door.sock');
  return inside.length <= mostPathLetters ? inside : join(tmpdir(), `${name}.sock`);
};

export const openDoor = async (
  data: string,
  keeper: DoorKeeper,
  report: (kind: string, detail: string) => void,
): Promise<Door> => {
  const path = doorPath(data);
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, keeper).catch((error: unknown) => {
      report('door', String(error));
      outgoing.destroy();
    });
  });
  // Left by a process that was killed; the one that is alive holds the data folder, and that is us.
  if (process.platform !== 'win32') await rm(path, { force: true });
  server.listen(path);
  await once(server, 'listening');
  if (process.platform !== 'win32') await chmod(path, 0o600);
  server.unref();
  return {
    close: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const answer = async (incoming: IncomingMessage, outgoing: ServerResponse, keeper: DoorKeeper): Promise<void> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const path = incoming.method === 'POST' ? incoming.url : '';
  const wanted = (): unknown => JSON.parse(Buffer.concat(parts).toString('utf8'));
  if (path === '/owner-link') return void outgoing.end(JSON.stringify(await keeper.ownerLink(wanted() as object)));
  if (path !== '/backup') return void outgoing.writeHead(404).end();
  await keeper.backup(wanted() as BackupRequest, async (bytes) => {
    if (!outgoing.write(bytes)) await once(outgoing, 'drain');
  });
  outgoing.end();
};

/** Hands every byte to the sink; false when no server is there. */
export const askDoor = (data: string, path: '/backup' | '/owner-link', wanted: object, sink: Sink): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const asking = request({ socketPath: doorPath(data), path, method: 'POST' });
    asking.on('error', (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '')) resolve(false);
      else reject(error);
    });
    asking.on('response', (incoming) => {
      (async () => {
        if (incoming.statusCode !== 200)
          throw new Error('the running server does not know this command: same version?');
        for await (const part of incoming) await sink(part as Buffer);
        resolve(true);
      })().catch(reject);
    });
    asking.end(JSON.stringify(wanted));
  });
