/**
 * `npm run rotate-key`: from now on another key seals contact details and source secrets, and what lies under the old
 * one is sealed anew. With a key file it makes the new key itself; with LARDER_KEY give the new one there and the old
 * one in LARDER_KEY_OLD. Stopped halfway it goes on when called again; while the server runs on this data folder it
 * refuses.
 */
import { type Configuration, readConfiguration } from '#sync-server/configuration.ts';
import { openExistingStorage } from '#sync-server/storage/open-storage.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { readKeyFile, writeKeyFile } from '#sync-server/vault/key-file.ts';
import { createKey, createKeyRing } from '#sync-server/vault/key-ring.ts';
import { type Rotation, rotateKeys } from '#sync-server/vault/rotate-keys.ts';
import { readOptions } from './read-options.ts';
import { runCommand } from './run-command.ts';

export const rotateKey = async (
  storage: Pick<Storage, 'records'>,
  { data, keys }: Pick<Configuration, 'data' | 'keys'>,
): Promise<Rotation & { readonly keyId: string }> => {
  if (keys) {
    const ring = createKeyRing([keys.current, ...(keys.old ? [keys.old] : []), ...(await readKeyFile(data))]);
    return { ...(await rotateKeys(storage.records, ring)), keyId: ring.currentId };
  }
  const kept = await readKeyFile(data);
  // A file with more than one key is a rotation that was stopped: it goes on.
  const next = kept.length > 1 ? kept : [createKey(), ...kept];
  await writeKeyFile(data, next);
  const ring = createKeyRing(next);
  const rotation = await rotateKeys(storage.records, ring);
  await writeKeyFile(data, next.slice(0, 1));
  return { ...rotation, keyId: ring.currentId };
};

if (process.argv[1] === import.meta.filename)
  await runCommand(async () => {
    readOptions('npm run rotate-key', {});
    const configuration = readConfiguration();
    const storage = await openExistingStorage(configuration);
    const { resealed, unreadable, keyId } = await rotateKey(storage, configuration).finally(() => storage.close());
    process.stdout.write(`key ${keyId} is current; ${resealed} records sealed anew\n`);
    if (unreadable > 0) process.stderr.write(`larder: ${unreadable} records lie under a key that is not here\n`);
  });
