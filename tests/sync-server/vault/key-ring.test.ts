import { spawn } from 'node:child_process';
import { createCipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { rotateKey } from '#sync-server/commands/rotate-key.ts';
import { CannotOpen } from '#sync-server/storage/cannot-open.ts';
import { createMemoryStorage } from '#sync-server/storage/memory-storage.ts';
import { createSqliteStorage } from '#sync-server/storage/sqlite-storage.ts';
import type { LeaseRows, Records } from '#sync-server/storage/storage.ts';
import { openCheckedKeyRing } from '#sync-server/vault/checked-key-ring.ts';
import { createContactVault } from '#sync-server/vault/contact-vault.ts';
import { openKeyRing, readKeyFile } from '#sync-server/vault/key-file.ts';
import { createKeyRing, keyIdOf } from '#sync-server/vault/key-ring.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'larder-vault-'));
  folders.push(folder);
  return folder;
};
const aKey = (digit: number): Uint8Array => new Uint8Array(32).fill(digit);
const contacts = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    customer: `c${at}`.padStart(16, '0'),
    kind: 'phone' as const,
    clear: `1390000${String(at).padStart(4, '0')}`,
  }));

test('[VLT1] a sealed text opens under its key and in its place only, and says which key it was', () => {
  const ring = createKeyRing([aKey(1), aKey(2)]);
  const sealed = ring.seal('13800138000', 'contacts/w/a');
  expect(sealed).not.toContain('138');
  expect(sealed.split('.')[0]).toBe(keyIdOf(aKey(1)));
  expect(ring.open(sealed, 'contacts/w/a')).toBe('13800138000');
  expect(ring.open(sealed, 'contacts/w/b')).toBeNull();
  expect(createKeyRing([aKey(3), aKey(1)]).open(sealed, 'contacts/w/a')).toBe('13800138000');
  expect(createKeyRing([aKey(2)]).open(sealed, 'contacts/w/a')).toBeNull();
  const tail = sealed.endsWith('AA==') ? 'BB==' : 'AA==';
  expect(ring.open(`${sealed.slice(0, -4)}${tail}`, 'contacts/w/a')).toBeNull();
  expect(ring.open('nonsense', 'contacts/w/a')).toBeNull();
});

test('[VLT1] what was sealed before keys had names still opens', () => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', aKey(2), nonce);
  const body = Buffer.concat([cipher.update('whsec_x', 'utf8'), cipher.final()]);
  const former = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  expect(createKeyRing([aKey(1), aKey(2)]).open(former, 'sources/s')).toBe('whsec_x');
});

test('[VLT2] the key file is made once, is private, and takes over the former one', async () => {
  const folder = aFolder();
  const ring = await openKeyRing(folder, null);
  expect(statSync(join(folder, 'larder.key')).mode & 0o777).toBe(0o600);
  expect((await openKeyRing(folder, null)).currentId).toBe(ring.currentId);
  const configured = await openKeyRing(folder, { current: aKey(1), old: null });
  expect([configured.currentId, configured.ids.includes(ring.currentId)]).toEqual([keyIdOf(aKey(1)), true]);

  const former = aFolder();
  writeFileSync(join(former, 'seal.key'), aKey(9));
  expect((await openKeyRing(former, null)).currentId).toBe(keyIdOf(aKey(9)));
  expect(existsSync(join(former, 'seal.key'))).toBe(false);
});

test('[VLT3] a rotation stopped at any write goes on, and ends with the new key alone', async () => {
  const data = aFolder();
  const storage = createMemoryStorage();
  const first = await openKeyRing(data, null);
  const given = contacts(450);
  await createContactVault({ records: storage.records, ring: first }).keep('w', given);
  for (let stops = 0; stops < 2; stops += 1) {
    let writes = 0;
    const records: Records = {
      ...storage.records,
      write: (changes) => (writes++ > 0 ? Promise.reject(new Error('killed')) : storage.records.write(changes)),
    };
    await expect(rotateKey({ records }, { data, keys: null })).rejects.toThrow('killed');
    expect(await readKeyFile(data)).toHaveLength(2);
    const halfway = await openKeyRing(data, null);
    const read = await createContactVault({ records: storage.records, ring: halfway }).read(
      'w',
      given.map(({ customer }) => customer),
    );
    expect(read).toEqual({ contacts: given, unreadable: 0 });
  }
  const rotation = await rotateKey(storage, { data, keys: null });
  expect(rotation).toMatchObject({ resealed: 50, unreadable: 0 });
  const [current, ...others] = await readKeyFile(data);
  expect([keyIdOf(current!), others]).toEqual([rotation.keyId, []]);
  expect(rotation.keyId).not.toBe(first.currentId);
  const vault = createContactVault({ records: storage.records, ring: createKeyRing([current!]) });
  expect((await vault.read('w', [given[449]!.customer])).contacts).toEqual([given[449]]);
});

test('[VLT3] keys of the environment rotate too', async () => {
  const data = aFolder();
  const storage = createMemoryStorage();
  await createContactVault({ records: storage.records, ring: createKeyRing([aKey(1)]) }).keep('w', contacts(3));
  const keys = { current: aKey(2), old: aKey(1) };
  expect(await rotateKey(storage, { data, keys })).toEqual({ resealed: 3, unreadable: 0, keyId: keyIdOf(aKey(2)) });
  expect(await rotateKey(storage, { data, keys })).toMatchObject({ resealed: 0 });
});

test('[VLT4] a data folder in use is refused and left as it is', async () => {
  const data = aFolder();
  const running = createSqliteStorage(data);
  await openKeyRing(data, null);
  const before = readFileSync(join(data, 'larder.key'), 'utf8');
  const command = join(import.meta.dirname, '../../../sync-server/commands/rotate-key.ts');
  const { status, stderr } = await new Promise<{ status: number | null; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [command], { env: { ...process.env, LARDER_DATA: data } });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.on('close', (code) => resolve({ status: code, stderr: said }));
  });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^larder: .*is in use by another Larder.*\n$/)]);
  expect(readFileSync(join(data, 'larder.key'), 'utf8')).toBe(before);
  await running.close();
});

test('[VLT6, VLT7] records hold nothing in clear; a lost key is counted and new details still come in', async () => {
  const storage = createMemoryStorage();
  const vault = createContactVault({ records: storage.records, ring: createKeyRing([aKey(1)]) });
  const [one, two] = contacts(2);
  expect(await vault.keep('w', [one!, one!, two!])).toBe(2);
  expect(await vault.keep('w', [one!])).toBe(0);
  expect(JSON.stringify(await storage.records.list('contacts'))).not.toContain('1390000');
  const without = createContactVault({ records: storage.records, ring: createKeyRing([aKey(2)]) });
  expect(await without.read('w', [one!.customer, two!.customer])).toEqual({ contacts: [], unreadable: 2 });
  expect(await without.keep('w', [one!])).toBe(1);
  expect(await vault.forget('w', [one!.customer, two!.customer, 'nobody'])).toBe(2);
  expect((await vault.read('w', [one!.customer])).contacts).toEqual([]);
});

test('[VLT8] a key that does not open what is sealed here is refused, and none is made beside it', async () => {
  const storage = { ...createMemoryStorage(), leases: null };
  const data = aFolder();
  const ring = await openCheckedKeyRing(storage, data, null);
  await createContactVault({ records: storage.records, ring }).keep('w', contacts(2));
  expect((await openCheckedKeyRing(storage, data, null)).currentId).toBe(ring.currentId);

  const elsewhere = aFolder();
  await expect(openCheckedKeyRing(storage, elsewhere, null)).rejects.toThrow(CannotOpen);
  await expect(openCheckedKeyRing(storage, elsewhere, null)).rejects.toThrow(ring.currentId);
  expect(existsSync(join(elsewhere, 'larder.key'))).toBe(false);
  const wrong = { current: aKey(3), old: null };
  await expect(openCheckedKeyRing(storage, elsewhere, wrong)).rejects.toThrow(keyIdOf(aKey(3)));

  const next = { current: aKey(3), old: ring.keys[0]! };
  expect((await openCheckedKeyRing(storage, elsewhere, next)).currentId).toBe(keyIdOf(aKey(3)));
  expect(await rotateKey(storage, { data: elsewhere, keys: next })).toMatchObject({ resealed: 2, unreadable: 0 });
  await expect(openCheckedKeyRing(storage, data, null)).rejects.toThrow(CannotOpen);

  expect(await rotateKey(storage, { data, keys: null }, true)).toMatchObject({ resealed: 0, unreadable: 3 });
  await openCheckedKeyRing(storage, data, null);
  expect(await storage.records.list('contacts')).toEqual([]);
});

test('[VLT8] in a storage of one’s own a key that sealed nothing is no loss; in a shared one it is the others’', async () => {
  const storage = { ...createMemoryStorage(), leases: null };
  await openCheckedKeyRing(storage, aFolder(), { current: aKey(1), old: null });
  await openCheckedKeyRing(storage, aFolder(), { current: aKey(2), old: null });
  const shared = { ...storage, leases: {} as LeaseRows };
  await openCheckedKeyRing(shared, aFolder(), { current: aKey(2), old: null });
  await expect(openCheckedKeyRing(shared, aFolder(), { current: aKey(1), old: null })).rejects.toThrow('same for all');
  // Before there was a check.
  const former = { ...createMemoryStorage(), leases: null };
  await createContactVault({ records: former.records, ring: createKeyRing([aKey(1)]) }).keep('w', contacts(1));
  await expect(openCheckedKeyRing(former, aFolder(), { current: aKey(2), old: null })).rejects.toThrow(CannotOpen);
  await openCheckedKeyRing(former, aFolder(), { current: aKey(1), old: null });
});
