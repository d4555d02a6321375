// Type checks: core without DOM or Node, the server with Node, the app through svelte-check, the service worker alone.
import { run } from './prepare.js';

const checks = [
  ['svelte-kit', ['sync']],
  ['tsc', ['-p', 'core']],
  ['tsc', ['-p', 'sync-server']],
  ['tsc', ['-p', 'web/service-worker.tsconfig.json']],
  ['svelte-check', ['--fail-on-warnings', '--output', 'human']],
];

for (const [command, args] of checks) {
  const { status } = run(command, args);
  if (status !== 0) process.exit(status ?? 1);
}
