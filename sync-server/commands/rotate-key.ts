/**
 * `npm run rotate-key -- [--give-up-lost]`: from now on another key seals contact details and source secrets, and what lies under the old
 * one is sealed anew. With a key file it makes the new key itself; with LARDER_KEY give the new one there and the old
 * one in LARDER_KEY_OLD. Stopped halfway it goes on when called again; while the server runs on this data folder it
 * refuses. `--give-up-lost` removes what lies under a key that is lost, so that the server starts without it.
 */
import { type Configuration, readConfiguration } from '#sync-server/configuration.ts';
import { openExistingStorage } from '#sync-server/storage/open-storage.ts';
import type { Storage } from '#sync-server/storage/storage.ts';
import { openCheckedKeyRing } from '#sync-server/vault/checked-key-ring.ts';
import { readKeyFile, writeKeyFile } from '#sync-server/vault/key-file.ts';
import { createKey, createKeyRing } from '#sync-server/vault/key-ring.ts';
import { type Rotation, rotateKeys } from '#sync-server/vault/rotate-keys.ts';
import { readOptions } from './read-options.ts';
import { runCommand } from './run-command.ts';

export const rotateKey = async (
  storage: Pick<Storage, 'records'>,
  { data, keys }: Pick<Configuration, 'data' | 'keys'>,
  givesUpLost = false,
): Promise<Rotation & { readonly keyId: string }> => {
  if (keys) {
    const ring = createKeyRing([keys.current, ...(keys.old ? [keys.old] : []), ...(await readKeyFile(data))]);
    return { ...(await rotateKeys(storage.records, ring, givesUpLost)), keyId: ring.currentId };
  }
  const kept = await readKeyFile(data);
  // A file with more than one key is a rotation that was stopped: it goes on.
  const next = kept.length > 1 ? kept : [createKey(), ...kept];
  await writeKeyFile(data, next);
  const ring = createKeyRing(next);
  const rotation = await rotateKeys(storage.records, ring, givesUpLost);
  await writeKeyFile(data, next.slice(0, 1));
  return { ...rotation, keyId: ring.currentId };
};

if (process.argv[1] === import.meta.filename)
  await runCommand(async () => {
    const { values } = readOptions('npm run rotate-key -- [--give-up-lost]', {
      'give-up-lost': { type: 'boolean', default: false },
    });
    const givesUpLost = values['give-up-lost'];
    const configuration = readConfiguration();
    const { data, keys } = configuration;
    const storage = await openExistingStorage(configuration);
    try {
      if (!givesUpLost) await openCheckedKeyRing(storage, data, keys);
      const { resealed, unreadable, keyId } = await rotateKey(storage, configuration, givesUpLost);
      process.stdout.write(`key ${keyId} is current; ${resealed} records sealed anew\n`);
      const fate = givesUpLost ? 'nobody could read any more are removed' : 'lie under a key that is not here';
      if (unreadable > 0) process.stderr.write(`larder: ${unreadable} records ${fate}\n`);
    } finally {
      await storage.close();
    }
  });
