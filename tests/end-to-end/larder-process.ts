/** A real server process on a free loopback port with a data folder of its own, that a test may kill and start again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../architecture/source-files.ts';

export interface LarderProcess {
  readonly address: string;
  readonly data: string;
  /** The one-time claim address, as printed at the first start of an unclaimed folder. */
  claimAddress(): string;
  output(): string;
  pid(): number;
  kill(): Promise<void>;
  /** Still there, with its sockets open, but does nothing until it is thawed. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
  /** `under` is a command that starts it, such as one that limits it; it need not be healthy then. */
  start(under?: readonly string[]): Promise<void>;
  /** Stops and removes the data folder. */
  close(): Promise<void>;
}

export const openLarderProcess = async (environment: Record<string, string> = {}): Promise<LarderProcess> => {
  const port = await findFreePort();
  const data = mkdtempSync(join(tmpdir(), 'larder-end-to-end-'));
  const address = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let output = '';

  const start = async (under: readonly string[] = []): Promise<void> => {
    // A fit takes a core for seconds and moves what a screen says: none while screens are looked at.
    const own = { PORT: String(port), HOST: '127.0.0.1', LARDER_DATA: data, LARDER_NO_FIT: '1' };
    const [command = process.execPath, ...before] = [...under, process.execPath];
    child = spawn(command, [...before, '--disable-warning=ExperimentalWarning', 'sync-server/main.ts'], {
      cwd: root,
      env: { ...process.env, ...own, ...environment },
    });
    child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
    await waitUntilHealthy(address, child, () => output, under.length > 0);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  };

  await start();
  return {
    address,
    data,
    claimAddress: () => /http\S+#claim=\S+/.exec(output)?.[0] ?? '',
    output: () => output,
    pid: () => child?.pid ?? 0,
    kill: () => end('SIGKILL'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    stop: () => end('SIGTERM'),
    start,
    close: async () => {
      await end('SIGKILL');
      rmSync(data, { recursive: true, force: true });
    },
  };
};

const waitUntilHealthy = async (
  address: string,
  child: ChildProcess,
  output: () => string,
  mayBeIll: boolean,
): Promise<void> => {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    const healthy = await fetch(`${address}/health`).then(
      (answer) => answer.ok || mayBeIll,
      () => false,
    );
    if (healthy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server did not become healthy:\n${output()}`);
};

const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const found = probe.address();
      probe.close(() => (found && typeof found === 'object' ? resolve(found.port) : reject(new Error('no port'))));
    });
  });
