/**
 * The key file of a data folder, `larder.key`, made at the first start and readable by its owner alone: one line a key,
 * in base64, the first one current. A key in the environment takes its place, and then the file only opens what was
 * sealed before.
 */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createKey, createKeyRing, keyBytes, keyIdOf, type KeyRing } from './key-ring.ts';

export interface ConfiguredKeys {
  readonly current: Uint8Array;
  /** Still opens; `npm run rotate-key` seals anew what lies under it. */
  readonly old: Uint8Array | null;
}

export const openKeyRing = async (dataFolder: string, configured: ConfiguredKeys | null): Promise<KeyRing> => {
  const kept = await readKeyFile(dataFolder);
  if (configured) return createKeyRing([configured.current, ...(configured.old ? [configured.old] : []), ...kept]);
  if (kept.length > 0) return createKeyRing(kept);
  const made = [createKey()];
  await writeKeyFile(dataFolder, made);
  return createKeyRing(made);
};

/** The first one is current; empty when there is none. */
export const readKeyFile = async (dataFolder: string): Promise<readonly Uint8Array[]> => {
  const text = await readOrNull(join(dataFolder, fileName));
  if (text === null) return adoptFormerKey(dataFolder);
  const keys = text
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => new Uint8Array(Buffer.from(line, 'base64')));
  if (keys.some(({ length }) => length !== keyBytes)) throw new Error(`${join(dataFolder, fileName)} is damaged`);
  return keys;
};

/** Replaces the file whole, or leaves it as it was. */
export const writeKeyFile = async (dataFolder: string, keys: readonly Uint8Array[]): Promise<void> => {
  const path = join(dataFolder, fileName);
  const beside = `${path}.part`;
  await rm(beside, { force: true });
  const file = await open(beside, 'wx', 0o600);
  try {
    const unique = new Map(keys.map((key) => [keyIdOf(key), key]));
    await file.writeFile([...unique.values()].map((key) => `${Buffer.from(key).toString('base64')}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
};

const fileName = 'larder.key';
const formerName = 'seal.key';

/** The first floor's file held one key of 32 raw bytes. */
const adoptFormerKey = async (dataFolder: string): Promise<readonly Uint8Array[]> => {
  const former = await readOrNull(join(dataFolder, formerName));
  if (former?.length !== keyBytes) return [];
  const keys = [new Uint8Array(former)];
  await writeKeyFile(dataFolder, keys);
  await rm(join(dataFolder, formerName), { force: true });
  return keys;
};

const readOrNull = (path: string): Promise<Buffer | null> =>
  readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
