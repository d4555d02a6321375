/**
 * The key ring of a storage, once it is certain that it is the right one. A record in the storage, the key check, is
 * sealed as contact details are: keys that do not open it would seal new details beside others that nobody can read, so
 * the server does not start with them. Processes that share a storage are held to one key by the same record.
 */
import { CannotOpen } from '#sync-server/storage/cannot-open.ts';
import type { Records, Storage } from '#sync-server/storage/storage.ts';
import { type ConfiguredKeys, openKeyRing, readKeyFile } from './key-file.ts';
import { keyIdOfSealed, type KeyRing } from './key-ring.ts';
import { keyCheckCollection, listSealed } from './sealed-records.ts';

const checkKey = 'current';
const about = `${keyCheckCollection}/${checkKey}`;

export const openCheckedKeyRing = async (
  storage: Pick<Storage, 'records' | 'leases'>,
  data: string,
  configured: ConfiguredKeys | null,
): Promise<KeyRing> => {
  const kept = await readKeyFile(data);
  // Before a key is made: beside what another one sealed it would be a wrong one.
  if (!configured && kept.length === 0) await requireRing(storage, null, data);
  const ring = await openKeyRing(data, configured);
  await requireRing(storage, ring, data);
  return ring;
};

/** Throws unless the ring opens what is sealed here; a ring that does is noted as the storage's. */
const requireRing = async (
  { records, leases }: Pick<Storage, 'records' | 'leases'>,
  ring: KeyRing | null,
  data: string,
): Promise<void> => {
  const check = await records.read(keyCheckCollection, checkKey);
  const sealed = (check?.value as { readonly sealed: string } | undefined)?.sealed ?? null;
  const opens = sealed !== null && ring !== null && ring.open(sealed, about) !== null;
  if (!opens && (await holdsWhatIsLost(records, ring, { isShared: leases !== null, isChecked: check !== null })))
    throw new CannotOpen(missing(sealed && keyIdOfSealed(sealed), ring, data));
  if (ring === null || (opens && keyIdOfSealed(sealed) === ring.currentId)) return;
  const value = { sealed: ring.seal('larder', about) };
  const ifVersion = check?.version ?? 0;
  const written = await records.write([{ collection: keyCheckCollection, key: checkKey, value, ifVersion }]);
  // Another process was faster: by its key, then.
  if (!written.ok) await requireRing({ records, leases }, ring, data);
};

/** In a storage of one's own a check alone is no loss; in a shared one it is the word of another process. */
const holdsWhatIsLost = async (
  records: Records,
  ring: KeyRing | null,
  { isShared, isChecked }: { readonly isShared: boolean; readonly isChecked: boolean },
): Promise<boolean> => {
  if (isShared && isChecked) return true;
  const all = await listSealed(records);
  return all.length > 0 && !all.some(({ sealed, about: place }) => ring?.open(sealed, place) != null);
};

const missing = (id: string | null, ring: KeyRing | null, data: string): string =>
  [
    `the key${id === null ? '' : ` (${id})`} that contact details are sealed under is not here`,
    ring === null ? '' : `, but another (${ring.currentId})`,
    `: put larder.key into ${data}, or set LARDER_KEY as it was (the same for all processes on one database).`,
    ' If it is lost for good, npm run rotate-key -- --give-up-lost removes what nobody can read any more',
  ].join('');
