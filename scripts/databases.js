// A real PostgreSQL and a real Redis for the tests that need them: found, else installed from the system's packages,
// started on free loopback ports with data of their own, and gone afterwards. Vitest runs it as global setup and hands
// the addresses to the tests; what could not be had is named with its reason, and LARDER_REQUIRE makes that a failure.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installPackages, required, say } from './prepare.js';

const isRoot = process.getuid?.() === 0;
const running = [];

/** Vitest's global setup. */
export default async (project) => {
  const databases = { postgres: await open('postgres', openPostgres), redis: await open('redis', openRedis) };
  for (const [name, { address, reason }] of Object.entries(databases)) {
    if (address) continue;
    if (required.has(name)) throw new Error(`LARDER_REQUIRE names ${name}: ${reason}`);
    say(`SKIPPED: tests that need ${name}, because ${reason}`);
  }
  project.provide('databases', databases);
  return closeAll;
};

const open = (name, start) => start().catch((error) => ({ reason: `${name} did not start: ${error.message}` }));

const openPostgres = async () => {
  const bin = findPostgres() ?? (installPackages('PostgreSQL', ['postgresql']) ? findPostgres() : null);
  if (!bin) return { reason: 'no PostgreSQL was found and none could be installed' };
  const owner = isRoot ? ownerOf('postgres') : {};
  if (!owner) return { reason: 'PostgreSQL does not run as root, and there is no system account called postgres' };
  const folder = makeFolder(owner);
  const data = join(folder, 'data');
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'larder', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...owner,
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  if (made.status !== 0) return { reason: `initdb failed: ${made.stderr}` };
  const port = await findFreePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`];
  const options = [...settings, 'fsync=off', 'max_connections=200'].flatMap((setting) => ['-c', setting]);
  await run(join(bin, 'postgres'), ['-D', data, ...options], { ...owner, cwd: folder }, port, folder);
  return { address: `postgres://larder@127.0.0.1:${port}/postgres` };
};

const openRedis = async () => {
  const bin = findRedis() ?? (installPackages('Redis', ['redis-server']) ? findRedis() : null);
  if (!bin) return { reason: 'no Redis was found and none could be installed' };
  const port = await findFreePort();
  const folder = makeFolder({});
  const options = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'no'];
  await run(bin, options, { cwd: folder }, port, folder);
  return { address: `redis://127.0.0.1:${port}` };
};

/** The folder with `initdb` and `postgres`, the newest version first; Debian keeps it out of PATH. */
const findPostgres = () => {
  const versions = '/usr/lib/postgresql';
  const installed = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...installed.map((version) => join(versions, version, 'bin')),
    '/opt/homebrew/opt/postgresql/bin',
    '/usr/local/opt/postgresql/bin',
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
};

const findRedis = () => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/opt/homebrew/bin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, 'redis-server')).find(existsSync) ?? null;
};

const ownerOf = (account) => {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, account], { encoding: 'utf8' }));
  return uid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
};

const makeFolder = ({ uid, gid }) => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-databases-'));
  if (uid !== undefined) chownSync(folder, uid, gid);
  return folder;
};

const run = async (command, args, options, port, folder) => {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (output = (output + text).slice(-4000)));
  running.push({ child, folder });
  const deadline = Date.now() + 30_000;
  while (!(await isListening(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(output);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const isListening = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

const findFreePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const closeAll = async () => {
  for (const { child, folder } of running.splice(0)) {
    const ended = new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
    // PostgreSQL's immediate shutdown: nothing in there is kept.
    child.kill('SIGQUIT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
};

process.on('exit', () => running.forEach(({ child }) => child.kill('SIGKILL')));
