// What `npm start` and `npm test` need before anything else runs. Plain JavaScript without dependencies, so that it
// runs on whatever Node (18 or newer) the machine has; everything after it runs on the Node 24 that the project brings.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

export const say = (text) => process.stderr.write(`larder: ${text}\n`);

export const stop = (text) => {
  say(text);
  process.exit(1);
};

/** Runs a command with the project's own binaries first on PATH; its output goes straight to the terminal. */
export const run = (command, args, options = {}) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
    ...options,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, ...options.env },
  });

/** Runs all of `[name, command, arguments]` at once, prints what each said when it ends, and stops if one failed. */
export const runTogether = async (steps) => {
  const runOne = ([name, command, args]) =>
    new Promise((resolve) => {
      const child = spawn(command, args, {
        cwd: root,
        shell: windows,
        env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
      });
      const said = [];
      child.stdout.on('data', (bytes) => said.push(bytes));
      child.stderr.on('data', (bytes) => said.push(bytes));
      child.once('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
      child.once('close', (status) => {
        process.stderr.write(Buffer.concat(said));
        resolve(status === 0 ? null : name);
      });
    });
  const failed = (await Promise.all(steps.map(runOne))).filter(Boolean);
  if (failed.length > 0) stop(`${failed.join(', ')}: failed`);
};

/** Installs exactly what the lock file names, and only when it changed since the last time. */
export const installDependencies = () => {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.larder-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('installing dependencies (a few minutes the first time)');
  const done = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (done.status !== 0) stop('npm ci failed; the lines above say why. Nothing else was changed.');
  writeFileSync(stamp, lock);
};

/** The Node that runs Larder: the one from the lock file, else this one when it is new enough. */
export const pickNode = () => {
  const own = join(bin, windows ? 'node.cmd' : 'node');
  if (existsSync(own) && spawnSync(own, ['--version'], { shell: windows }).status === 0) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return stop(
    `Larder needs Node 22.18 or newer. No ready-made Node 24 exists for ${process.platform}-${process.arch}, and this is ${process.version}.`,
  );
};

/** A hash over the names, sizes and times of everything a build reads. */
const sourceState = () => {
  const hash = createHash('sha256');
  const visit = (path) => {
    const info = statSync(path);
    if (info.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path} ${info.size} ${info.mtimeMs}\n`);
  };
  for (const name of ['web', 'core', 'vite.config.ts', 'package-lock.json']) visit(join(root, name));
  return hash.digest('hex');
};

/** Builds the app into build/ unless nothing changed since the last build. */
export const buildApp = () => {
  const stamp = join(root, 'build', '.larder-sources');
  const state = sourceState();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  say('building the app (a minute or so)');
  if (run('svelte-kit', ['sync']).status !== 0) stop('svelte-kit sync failed');
  // What the build has to say to whoever builds is on standard error; the rest is hints for other ways to start.
  if (run('vite', ['build', '--logLevel', 'warn'], { stdio: ['ignore', 'ignore', 2] }).status !== 0)
    stop('the build failed; the lines above say why');
  writeFileSync(stamp, sourceState());
};

const usualChromiums = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const findChromium = (node) => {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : stop(`CHROMIUM_PATH names ${named}, which does not exist`);
  const usual = usualChromiums.find((path) => existsSync(path));
  if (usual) return usual;
  const asked = spawnSync(node, ['-p', "require('playwright-core').chromium.executablePath()"], {
    cwd: root,
    encoding: 'utf8',
  });
  const path = (asked.stdout ?? '').trim();
  return asked.status === 0 && existsSync(path) ? path : null;
};

/** Optional parts whose absence fails the tests instead of skipping them. */
export const required = new Set((process.env.LARDER_REQUIRE ?? '').split(',').filter(Boolean));

/** Installs from the system's packages where that is possible (as root, with apt); answers whether it did. */
export const installPackages = (what, packages) => {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  say(`no ${what} here: installing it from the system packages`);
  // As on a machine that is being set up: what is installed is not started as a daemon.
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }, stdio: ['ignore', 2, 2] };
  run('apt-get', ['update', '-q'], options);
  const flags = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=300'];
  return run('apt-get', ['install', ...flags, ...packages], options).status === 0;
};

/** A Chromium for the browser tests: one that is here, else from the system's packages, else Playwright's own. */
export const findOrInstallChromium = (node) => {
  const found = findChromium(node);
  if (found) return found;
  if (!installPackages('Chromium', ['chromium', 'fonts-noto-cjk'])) {
    say('no Chromium here: asking Playwright for one');
    run('playwright-core', ['install', 'chromium']);
  }
  return findChromium(node);
};
