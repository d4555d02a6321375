/**
 * `npm run restore -- <file> [--erasures <file>]`: a backup into an empty data folder (or an empty database). The key is
 * taken from LARDER_KEY, from a larder.key that lies in the folder already, or, when the backup carries it, from under
 * the passphrase in LARDER_PASSPHRASE (or typed in). Those erased since the backup was made are erased again.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createAccess } from '#sync-server/access/create-access.ts';
import { type ErasureLine, readSidecar, sidecarOf } from '#sync-server/backups/erasure-sidecar.ts';
import {
  type BackupFile,
  checkBackup,
  restoreBackup,
  type RestoreCounts,
} from '#sync-server/backups/restore-backup.ts';
import { openKeys } from '#sync-server/backups/sealed-keys.ts';
import { type Configuration, readConfiguration } from '#sync-server/configuration.ts';
import { openVault } from '#sync-server/open-vault.ts';
import { roomLimits } from '#sync-server/rooms/limits.ts';
import { createRoomRegistry } from '#sync-server/rooms/room-registry.ts';
import { openStorage } from '#sync-server/storage/open-storage.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { createErasureList } from '#sync-server/vault/erasure-list.ts';
import { readKeyFile, writeKeyFile } from '#sync-server/vault/key-file.ts';
import { createKey, createKeyRing, keyIdOf } from '#sync-server/vault/key-ring.ts';
import { askPassphrase } from './backup.ts';
import { readOptions } from './read-options.ts';
import { runCommand, UserMistake } from './run-command.ts';

type Target = Pick<Configuration, 'data' | 'keys' | 'database'>;

export interface Restored extends RestoreCounts {
  /** False: contact details and source secrets stay sealed until the key is put into the folder. */
  readonly hasKey: boolean;
  readonly erasuresReplayed: number;
}

const keyFile = 'larder.key';
const unfinished = '.restoring';

export const restore = async (
  target: Target,
  file: string,
  choice: { readonly erasures: string | null; passphrase(): Promise<string> },
): Promise<Restored> => {
  const backup = await checkBackup(file);
  const lines = await readErasures(file, choice.erasures);
  await refuseUnlessEmpty(target.data);
  const keys = await findKeys(target, backup, choice.passphrase);
  const given = [target.keys?.current, target.keys?.old].filter((key) => key != null);
  // Within the folder, which may be all that can be written, and put into its place only once it is whole.
  const beside = join(target.data, unfinished);
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true, mode: 0o700 });
  try {
    if (keys) await writeKeyFile(beside, keys);
    const storage = holdingLeases(await openStorage({ data: beside, database: target.database }));
    let restored: Restored;
    try {
      if ((await storage.records.readAll()).length > 0) throw new UserMistake('DATABASE_URL names a database in use');
      const counts = await restoreBackup(file, storage);
      const erasuresReplayed = await replay(storage, beside, [...given, ...(keys ?? [])], lines);
      const hasKey = [...given, ...(keys ?? [])].some((key) => keyIdOf(key) === backup.keyId);
      restored = { ...counts, hasKey, erasuresReplayed };
    } finally {
      await storage.close();
    }
    await putInPlace(beside, target.data);
    return restored;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};

/** The database last: without it a folder is nobody's. */
const putInPlace = async (from: string, data: string): Promise<void> => {
  const isDatabase = (name: string): number => Number(name.startsWith('larder.sqlite'));
  for (const name of (await readdir(from)).toSorted((a, b) => isDatabase(a) - isDatabase(b)))
    await rename(join(from, name), join(data, name));
};

const refuseUnlessEmpty = async (data: string): Promise<void> => {
  const found = (await readdir(data).catch(() => [])).filter((name) => name !== keyFile && name !== unfinished);
  if (found.length > 0)
    throw new UserMistake(`${data} is not empty (${found[0]}): a restore needs an empty LARDER_DATA`);
};

/** Null when nobody has it. */
const findKeys = async (
  { data, keys }: Target,
  { sealedKeys }: BackupFile,
  passphrase: () => Promise<string>,
): Promise<readonly Uint8Array[] | null> => {
  const kept = await readKeyFile(data);
  if (kept.length > 0) return kept;
  if (keys || sealedKeys === null) return null;
  const opened = await openKeys(sealedKeys, await passphrase());
  if (opened === null) throw new UserMistake('not the right passphrase; nothing was restored');
  return opened;
};

const readErasures = async (file: string, named: string | null): Promise<readonly ErasureLine[]> => {
  if (named !== null && !existsSync(named)) throw new UserMistake(`${named} does not exist`);
  const path = named ?? sidecarOf(file);
  return existsSync(path) ? readSidecar(path) : [];
};

/** Puts those erased since the backup on the list, and takes them out. Without the key, under one of the moment. */
const replay = async (
  storage: Storage,
  data: string,
  keys: readonly Uint8Array[],
  lines: readonly ErasureLine[],
): Promise<number> => {
  const { records } = storage;
  const list = createErasureList(records);
  const nowMs = (): number => Date.now();
  const report = (kind: string, detail: string): void => void process.stderr.write(`larder: ${kind} ${detail}\n`);
  const access = createAccess({ records, nowMs });
  const workspaces = (await access.listWorkspaces()).map(({ id }) => id);
  for (const { workspace, erasure } of lines) {
    if (!workspaces.includes(workspace)) continue;
    const { erasures } = await list.read(workspace);
    const before = erasures.find(({ id }) => id === erasure.id);
    if (before?.customers.length === erasure.customers.length) continue;
    await list.put(workspace, { ...erasure, isRunning: true });
  }
  const ring = createKeyRing(keys.length > 0 ? keys : [createKey()]);
  const vault = openVault({ data, ring, storage, access, nowMs, report });
  const rooms = createRoomRegistry({ log: storage.log, ...roomLimits, nowMs, report, amend: vault.amend });
  const running = await Promise.all(workspaces.map(async (id) => (await list.read(id)).erasures));
  await vault.connect(rooms).resume(workspaces);
  await rooms.close();
  for (const workspace of workspaces) await access.audit(workspace, { kind: 'restored', member: '' });
  return running.flat().filter(({ isRunning }) => isRunning).length;
};

/** Where rooms are leased, this command leases each one it writes; there is nobody else on an empty database. */
const holdingLeases = (storage: Storage): Storage => {
  const { leases, log } = storage;
  if (leases === null) return storage;
  const held = new Set<string>();
  const hold = async (room: string): Promise<void> => {
    if (!held.has(room)) await leases.take(room);
    held.add(room);
  };
  return {
    ...storage,
    log: {
      ...log,
      append: async (room, bytes) => hold(room).then(() => log.append(room, bytes)),
      writeSnapshot: async (room, snapshot) => hold(room).then(() => log.writeSnapshot(room, snapshot)),
      retake: async (room, snapshot) => hold(room).then(() => log.retake(room, snapshot)),
    },
    close: async () => {
      await leases.releaseAll();
      await storage.close();
    },
  };
};

if (process.argv[1] === import.meta.filename)
  await runCommand(async () => {
    const { values, positionals } = readOptions(
      'npm run restore -- <file> [--erasures <file>]',
      { erasures: { type: 'string' } },
      { hasNames: true },
    );
    const [file] = positionals;
    if (!file || positionals.length > 1) throw new UserMistake('say from where: npm run restore -- <file>');
    if (!existsSync(file)) throw new UserMistake(`${file} does not exist`);
    const target = readConfiguration();
    const done = await restore(target, file, {
      erasures: values.erasures ?? null,
      passphrase: () => askPassphrase('Passphrase of the key'),
    });
    const { documents, blobs, records, sessionsEnded, erasuresReplayed } = done;
    process.stdout.write(
      `restored ${documents} documents, ${blobs} blobs, ${records} records; ${sessionsEnded} sessions ended, ${erasuresReplayed} erasures replayed\n`,
    );
    process.stdout.write(
      'Everybody is signed out. Owners come back with a passkey, or by a link from: npm run owner-link; they let the others in.\n',
    );
    if (!done.hasKey)
      process.stderr.write(
        'larder: the key of the contact details is not here: put larder.key into LARDER_DATA, or set LARDER_KEY, before the first start\n',
      );
  });
