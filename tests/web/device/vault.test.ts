import { afterEach, expect, test } from 'vitest';
import { memberPrefix } from '#web/device/device-database.ts';
import { openVault } from '#web/device/vault.ts';
import { aCustomerId } from '#tests/makers/facts.ts';

const name = `${memberPrefix('w-vault', 'm')}vault`;
const contact = (customer: string, clear: string) => ({ customer, kind: 'phone' as const, clear });
afterEach(() => void indexedDB.deleteDatabase(name));

test('contacts come back for whom they were kept, also in a later session, once each', async () => {
  const vault = openVault('w-vault', 'm');
  await Promise.all([
    vault.keep([contact(aCustomerId(1), '13800000001'), contact(aCustomerId(2), '13800000002')]),
    vault.keep([contact(aCustomerId(1), '13800000001'), contact('ff00000000000001', '13900000003')]),
  ]);
  vault.close();
  const later = openVault('w-vault', 'm');
  expect(await later.read([aCustomerId(1), 'ff00000000000001'])).toEqual([
    contact(aCustomerId(1), '13800000001'),
    contact('ff00000000000001', '13900000003'),
  ]);
  expect(await later.readAll()).toHaveLength(3);
  later.close();
});

test('what is dropped is gone, and nothing else', async () => {
  const vault = openVault('w-vault', 'm');
  const kept = [contact(aCustomerId(1), '13800000001'), contact(aCustomerId(1), '13800000002')];
  await vault.keep(kept);
  await vault.drop([kept[0]!, contact(aCustomerId(2), '13800000009')]);
  expect(await vault.readAll()).toEqual([kept[1]]);
  await vault.drop(kept);
  expect(await vault.readAll()).toEqual([]);
  vault.close();
});

test('nothing on disk shows a number, and the key cannot be read out', async () => {
  const vault = openVault('w-vault', 'm');
  await vault.keep([contact(aCustomerId(1), '13812345678')]);
  vault.close();
  const database = await answerOf(indexedDB.open(name));
  const stores = database.transaction(['keys', 'drawers']);
  const [drawer] = (await answerOf(stores.objectStore('drawers').getAll())) as { sealed: Uint8Array }[];
  const [kept] = (await answerOf(stores.objectStore('keys').getAll())) as { key: CryptoKey }[];
  database.close();
  expect(new TextDecoder('latin1').decode(drawer!.sealed)).not.toContain('13812345678');
  expect(kept!.key.extractable).toBe(false);
});

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}
