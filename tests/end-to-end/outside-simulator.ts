/** The simulator as a platform would be: a process of its own that knows an address, a source and its secret. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../architecture/source-files.ts';

export interface OutsideSimulator {
  /** What it will do: the planted surge, with the moment of the simulation at which it begins. */
  readonly surge: { readonly product: string; readonly atSecond: number };
  readonly startedMs: number;
  stop(): Promise<void>;
}

export const startSimulator = async (options: Readonly<Record<string, string>>): Promise<OutsideSimulator> => {
  const list = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const child: ChildProcess = spawn(process.execPath, [join(root, 'sync-server/commands/simulate.ts'), ...list], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const first = await new Promise<string>((resolve, reject) => {
    const read = (text: Buffer): void => {
      output += text.toString();
      if (output.includes('\n')) resolve(output.split('\n')[0] ?? '');
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
    child.once('exit', () => reject(new Error(`the simulator ended: ${output}`)));
  });
  const { surge } = JSON.parse(first) as { surge: OutsideSimulator['surge'] };
  return {
    surge,
    startedMs: Date.now(),
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
};
