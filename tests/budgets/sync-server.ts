/** A server under the bench of sync: ours, or a peer's from a folder that `LARDER_PEERS` names, each its own process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as encoding from 'lib0/encoding';
import { root } from '../architecture/source-files.ts';

export interface SyncServer {
  readonly name: string;
  /** Where the socket of a room opens. */
  address(room: string): string;
  /** A message of the stock protocol as this server wants it. */
  wrap(room: string, message: Uint8Array): Uint8Array;
  /** How many bytes come before the stock message in what it sends. */
  skip(room: string): number;
  /** What a client says first. */
  greeting(room: string): Uint8Array | null;
  cpuMs(): number;
  residentMiB(): number;
  signal(name: NodeJS.Signals): void;
  close(): Promise<void>;
}

const token = 'bench';
const plain = {
  wrap: (_room: string, message: Uint8Array): Uint8Array => message,
  skip: (): number => 0,
  greeting: (): null => null,
};

export const openLarderServer = async (nodeOptions: readonly string[] = []): Promise<SyncServer> => {
  const data = mkdtempSync(join(tmpdir(), 'larder-bench-'));
  const port = await findFreePort();
  const environment = {
    PORT: String(port),
    LARDER_DATA: data,
    LARDER_NO_DEMO: '1',
    LARDER_TEST_TOKEN: token,
    LARDER_TEST_PREFIX: 'test-bench',
    LARDER_TEST_LIMITS: '100',
  };
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', ...nodeOptions, 'sync-server/main.ts'],
    {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  return open('larder', child, port, plain, (room) => `/sync/test-bench-${room}?token=${token}`, data);
};

/** The peers that are installed, one after the other. */
export const openPeers = function* (): Generator<Promise<SyncServer>> {
  for (const folder of (process.env.LARDER_PEERS ?? '').split(delimiter).filter((path) => path !== '')) {
    const reference = join(folder, 'node_modules/@y/websocket-server/src/server.js');
    if (existsSync(reference)) yield openReference(reference);
    if (existsSync(join(folder, 'node_modules/@hocuspocus/server'))) yield openHocuspocus(folder);
  }
};

const openReference = async (path: string): Promise<SyncServer> => {
  const port = await findFreePort();
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port) };
  const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'ignore', 'ignore'] });
  return open('@y/websocket-server', child, port, plain, (room) => `/${room}`);
};

const openHocuspocus = async (cwd: string): Promise<SyncServer> => {
  const port = await findFreePort();
  const code = `import { Server } from '@hocuspocus/server';
    await new Server({ port: ${port}, address: '127.0.0.1', quiet: true, websocketOptions: { maxPayload: 2 ** 28 } }).listen();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const named = (room: string): encoding.Encoder => {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, room);
    return encoder;
  };
  const dialect = {
    wrap: (room: string, message: Uint8Array): Uint8Array => {
      const encoder = named(room);
      encoding.writeUint8Array(encoder, message);
      return encoding.toUint8Array(encoder);
    },
    skip: (room: string): number => encoding.length(named(room)),
    greeting: (room: string): Uint8Array => {
      const encoder = named(room);
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, 'bench');
      encoding.writeVarString(encoder, '4.7.0');
      return encoding.toUint8Array(encoder);
    },
  };
  return open('hocuspocus', child, port, dialect, () => '/');
};

const open = async (
  name: string,
  child: ChildProcess,
  port: number,
  dialect: Pick<SyncServer, 'wrap' | 'skip' | 'greeting'>,
  pathOf: (room: string) => string,
  data?: string,
): Promise<SyncServer> => {
  const deadline = Date.now() + 30_000;
  while (!(await fetch(`http://127.0.0.1:${port}/health`).then(Boolean, () => false))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${name} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const pid = child.pid ?? 0;
  return {
    name,
    ...dialect,
    address: (room) => `ws://127.0.0.1:${port}${pathOf(room)}`,
    cpuMs: () => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      // Ticks of a hundredth of a second, in user and in system mode, of all threads.
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    signal: (name) => void child.kill(name),
    residentMiB: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      if (data) rmSync(data, { recursive: true, force: true });
    },
  };
};

const findFreePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const place = probe.address();
      probe.close(() => resolve(place && typeof place === 'object' ? place.port : 0));
    });
  });
