// npm start: installs, builds, starts. `npm start -- --lan` also serves tablets on the local network, over HTTPS.
import { spawn } from 'node:child_process';
import { buildApp, installDependencies, pickNode, root, stop } from './prepare.js';

const known = new Set(['--lan']);
const unknown = process.argv.slice(2).filter((argument) => !known.has(argument));
if (unknown.length > 0) stop(`unknown option ${unknown.join(' ')}; the only one is --lan`);

installDependencies();
const node = pickNode();
buildApp();

const server = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', 'sync-server/main.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(process.argv.includes('--lan') ? { LARDER_LAN: '1' } : {}) },
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
