import { afterEach, expect, test } from 'vitest';
import { renameBrand } from '#core/workspace/brand.doc.ts';
import { openOnDevice } from '#tests/web/device-workspace.ts';
import { createDeviceWorkspace } from '#web/device/create-device-workspace.ts';
import { type DeviceDatabase, openDeviceDatabase, wipeMember } from '#web/device/device-database.ts';
import { openWithPassphrase, sealWithPassphrase } from '#web/device/passphrase-seal.ts';
import { openVault } from '#web/device/vault.ts';
import { carriesSecrets, exportWorkspace } from '#web/workspace/export-workspace.ts';
import { importWorkspace } from '#web/workspace/import-workspace.ts';
import { LarderImport } from '#web/workspace/larder-import.svelte.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';

const database: DeviceDatabase = openDeviceDatabase();
const phone = '13812340001';
const signed = (workspace: OpenedWorkspace): Promise<Uint8Array> =>
  workspace.platform.hmac(workspace.platform.utf8(`phone:${phone}`));
const contact = { customer: '0000000000000001', kind: 'phone' as const, clear: phone };

const aBrandWithSecrets = async (): Promise<OpenedWorkspace> => {
  const { id, memberId } = await createDeviceWorkspace(database, { brand: '山田食堂', memberName: '周岚' });
  const vault = openVault(id, memberId);
  await vault.keep([contact]);
  vault.close();
  const workspace = await openOnDevice(id);
  const settings = workspace.open('settings');
  await settings.loaded;
  renameBrand(settings.doc, '山田食堂二店');
  await workspace.documents.flush();
  settings.close();
  return workspace;
};
const exported = async (workspace: OpenedWorkspace, passphrase?: string): Promise<Blob> => {
  const result = await exportWorkspace(workspace, passphrase);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value.blob;
};
const contactsOf = async ({ id, member }: OpenedWorkspace): Promise<readonly unknown[]> => {
  const vault = openVault(id, member.id);
  return vault.readAll().finally(() => vault.close());
};

afterEach(async () => {
  for (const { id, memberId } of await database.workspaces.toArray()) await wipeMember(database, id, memberId);
});

test('with a passphrase the phone fingerprints and the contact details come along', async () => {
  const first = await aBrandWithSecrets();
  expect(carriesSecrets(first)).toBe(true);
  const file = await exported(first, '山田的钥匙 2026');
  const clear = new TextDecoder('latin1').decode(await file.arrayBuffer());
  expect(clear).not.toContain(phone);

  const imported = await importWorkspace(database, file, '我', '山田的钥匙 2026');
  if (!imported.ok) throw new Error(imported.error.kind);
  expect(imported.value.id).not.toBe(first.id);
  const second = await openOnDevice(imported.value.id);
  expect([...(await signed(second))]).toEqual([...(await signed(first))]);
  expect(await contactsOf(second)).toEqual([contact]);
  const settings = second.open('settings');
  await settings.loaded;
  expect(second.brand).toBe('山田食堂二店');
  // And once more from there: the secret can still be taken along.
  expect(carriesSecrets(second)).toBe(true);
  await first.close();
  await second.close();
});

test('a wrong or missing passphrase opens nothing and leaves nothing', async () => {
  const first = await aBrandWithSecrets();
  const file = await exported(first, 'right passphrase');
  const before = [(await database.workspaces.toArray()).length, (await indexedDB.databases()).length];
  expect(await importWorkspace(database, file, '我')).toEqual({ ok: false, error: { kind: 'passphrase-needed' } });
  expect(await importWorkspace(database, file, '我', 'right passphrasE')).toEqual({
    ok: false,
    error: { kind: 'wrong-passphrase' },
  });
  expect([(await database.workspaces.toArray()).length, (await indexedDB.databases()).length]).toEqual(before);
  await first.close();
});

test('without a passphrase the file opens by itself, with a key of its own and no contact details', async () => {
  const first = await aBrandWithSecrets();
  const imported = await importWorkspace(database, await exported(first), '我');
  if (!imported.ok) throw new Error(imported.error.kind);
  const second = await openOnDevice(imported.value.id);
  expect([...(await signed(second))]).not.toEqual([...(await signed(first))]);
  expect(await contactsOf(second)).toEqual([]);
  await first.close();
  await second.close();
});

test('asks until the passphrase is right', async () => {
  const first = await aBrandWithSecrets();
  const file = await exported(first, 'right passphrase');
  const told: string[] = [];
  const importing = new LarderImport(
    (id) => told.push(`opened ${id.slice(0, 2)}`),
    (why) => told.push(why),
  );
  await importing.open(file, '我');
  expect([importing.isAsking, importing.isWrong]).toEqual([true, false]);
  await importing.answer('wrong', '我');
  expect([importing.isAsking, importing.isWrong, told]).toEqual([true, true, []]);
  await importing.answer('right passphrase', '我');
  expect([importing.isAsking, told]).toEqual([false, ['opened w-']]);
  await importing.open(new Blob(['order,customer']), '我');
  expect(told.at(-1)).toBe('not-larder');
  await first.close();
});

test('sealing: 600,000 rounds, a salt of its own each time, damage is not opened', async () => {
  const bytes = new TextEncoder().encode('contact details');
  const [one, two] = [await sealWithPassphrase(bytes, 'pass'), await sealWithPassphrase(bytes, 'pass')];
  expect(new DataView(one.buffer).getUint32(1, true)).toBeGreaterThanOrEqual(600_000);
  expect([...one.slice(5, 21)]).not.toEqual([...two.slice(5, 21)]);
  expect([...((await openWithPassphrase(one, 'pass')) ?? [])]).toEqual([...bytes]);
  for (const at of [0, 1, 4, 5, 20, 21, 40, one.length - 1]) {
    const changed = one.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x80;
    expect(await openWithPassphrase(changed, 'pass'), `byte ${at}`).toBeNull();
  }
  expect(await openWithPassphrase(one.slice(0, 12), 'pass')).toBeNull();
});
