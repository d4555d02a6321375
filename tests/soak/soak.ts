/**
 * npm run soak [-- live | convergence | kill | fuzz | rooms] [--minutes 30]: the long loops that npm test runs short. Each ends by itself and fails
 * loudly; without a name all run, one after the other.
 */
import { spawnSync } from 'node:child_process';
import { readOptions } from '#sync-server/commands/read-options.ts';
import { root } from '../architecture/source-files.ts';

const node = process.execPath;
const vitest = 'node_modules/vitest/vitest.mjs';
const { values, positionals: named } = readOptions(
  'npm run soak -- [live | convergence | kill | fuzz | rooms …] [--minutes 30]',
  { minutes: { type: 'string', default: '30' } },
  { hasNames: true },
);
const loops = {
  /** Eight simulated hours on air at 1,000 events a second: flat memory, under a quarter of one core. */
  live: { args: ['--expose-gc', 'tests/soak/live.ts', '8'], env: {} },
  /** Random networks over every document, 200 seeds each. */
  convergence: { args: [vitest, 'run', '--project', 'node', 'tests/convergence'], env: { CONVERGENCE_SEEDS: '200' } },
  /** kill -9 under writes, a hundred times. */
  kill: {
    args: [vitest, 'run', '--project', 'node', 'tests/sync-server/rooms/kill.test.ts'],
    env: { LARDER_KILLS: '100' },
  },
  /** Hostile frames, twenty times as many. */
  fuzz: {
    args: [vitest, 'run', '--project', 'node', 'tests/sync-server/rooms/fuzz.test.ts'],
    env: { FUZZ_FRAMES: '24000' },
  },
  /** Fifty clients at work on a real server: flat memory. */
  rooms: { args: ['tests/soak/rooms.ts', values.minutes], env: {} },
} as const;

const unknown = named.filter((name) => !(name in loops));
if (unknown.length > 0) {
  console.error(`no loop called ${unknown.join(', ')}; there are: ${Object.keys(loops).join(', ')}`);
  process.exit(2);
}

for (const [name, { args, env }] of Object.entries(loops)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`soak: ${name}`);
  const { status } = spawnSync(node, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}
