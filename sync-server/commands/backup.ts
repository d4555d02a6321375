/**
 * `npm run backup -- <file> [--keep-days 30] [--with-key] [--force]`: everything this server holds in one file, while it
 * runs or while it does not. `--force` writes over a file. `--with-key` puts the key of contact details in, under the passphrase in LARDER_PASSPHRASE (or
 * typed in); without it keep the key yourself. `--keep-days` says how long the file will be kept, which an erasure tells.
 */
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { askDoor } from '#sync-server/backups/door.ts';
import type { Sink } from '#sync-server/backups/frames.ts';
import { handOutBackup } from '#sync-server/backups/hand-out-backup.ts';
import { checkBackup } from '#sync-server/backups/restore-backup.ts';
import { type Configuration, readConfiguration, readPassphrase } from '#sync-server/configuration.ts';
import { openExistingStorage } from '#sync-server/storage/open-storage.ts';
import { openCheckedKeyRing } from '#sync-server/vault/checked-key-ring.ts';
import { readOptions } from './read-options.ts';
import { runCommand, UserMistake } from './run-command.ts';

const dayMs = 86_400_000;

export const backup = async (
  configuration: Pick<Configuration, 'data' | 'keys' | 'database'>,
  file: string,
  {
    keepDays,
    passphrase,
    mayReplace = false,
  }: { readonly keepDays: number; readonly passphrase: string; readonly mayReplace?: boolean },
): Promise<void> => {
  const path = resolve(file);
  if (existsSync(path) && !mayReplace)
    throw new UserMistake(`${path} is there already: choose another name, or write over it with --force`);
  const wanted = { path, untilMs: Date.now() + keepDays * dayMs, passphrase };
  const beside = `${path}.part`;
  const handle = await open(beside, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new UserMistake(`${beside} cannot be written (${error.code})`);
  });
  try {
    const sink: Sink = async (bytes) => void (await handle.write(bytes));
    if (!(await askDoor(configuration.data, '/backup', wanted, sink))) await backUpAtRest(configuration, wanted, sink);
    await handle.sync();
    await handle.close();
    await checkBackup(beside);
    await rename(beside, path);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
};

/** No server runs here: the storage is opened for as long as it takes. */
const backUpAtRest = async (
  { data, keys, database }: Pick<Configuration, 'data' | 'keys' | 'database'>,
  wanted: Parameters<typeof handOutBackup>[1],
  sink: Sink,
): Promise<void> => {
  const storage = await openExistingStorage({ data, database });
  try {
    await handOutBackup(
      { storage, ring: await openCheckedKeyRing(storage, data, keys), nowMs: () => Date.now() },
      wanted,
      sink,
    );
  } finally {
    await storage.close();
  }
};

export const askPassphrase = async (
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<string> => {
  const given = readPassphrase();
  if (given !== '') return given;
  const lines = createInterface({ input, output: process.stderr });
  const typed = new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('close', () =>
      reject(new UserMistake('the passphrase is needed: set LARDER_PASSPHRASE, or type it in')),
    );
  });
  lines.setPrompt(`${question}: `);
  lines.prompt();
  return typed.finally(() => lines.close());
};

if (process.argv[1] === import.meta.filename)
  await runCommand(async () => {
    const { values, positionals } = readOptions(
      'npm run backup -- <file> [--keep-days 30] [--with-key] [--force]',
      {
        'keep-days': { type: 'string', default: '30' },
        'with-key': { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
      },
      { hasNames: true },
    );
    const [file] = positionals;
    const keepDays = Number(values['keep-days']);
    if (!file || positionals.length > 1) throw new UserMistake('say where to: npm run backup -- <file>');
    if (!(keepDays >= 1 && keepDays <= 3660)) throw new UserMistake('--keep-days must be 1 to 3660');
    const passphrase = values['with-key'] ? await askPassphrase('Passphrase for the key') : '';
    if (values['with-key'] && passphrase.length < 12)
      throw new UserMistake('the passphrase must have at least 12 characters');
    await backup(readConfiguration(), file, { keepDays, passphrase, mayReplace: values.force });
    process.stdout.write(`${basename(file)} holds everything${values['with-key'] ? ', the key too' : ''}\n`);
    if (!values['with-key'])
      process.stdout.write('Keep larder.key (or LARDER_KEY) elsewhere: without it contact details cannot be read.\n');
  });
