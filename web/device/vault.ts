/**
 * Contact details on this device: encrypted at rest under a key that cannot be read out of this browser, never in a
 * document, never synced. Details lie in 256 sealed drawers by the first two digits of the customer id, so that a
 * hundred thousand of them are 256 writes.
 */
import { Dexie, type EntityTable } from 'dexie';
import { memberPrefix } from './device-database.ts';
import { openSealed, seal } from './seal.ts';

export interface Contact {
  readonly customer: string;
  readonly kind: 'phone' | 'email';
  readonly clear: string;
}

type VaultDatabase = Dexie & {
  keys: EntityTable<{ readonly id: 'vault'; readonly key: CryptoKey }, 'id'>;
  drawers: EntityTable<{ readonly id: string; readonly sealed: Uint8Array }, 'id'>;
};

export interface Vault {
  /** Adds what is new; durable when resolved. */
  keep(contacts: readonly Contact[]): Promise<void>;
  /** Of these customer ids: all ids of one person, merged ones too. */
  read(customers: readonly string[]): Promise<readonly Contact[]>;
  readAll(): Promise<readonly Contact[]>;
  /** Takes exactly these away. */
  drop(contacts: readonly Contact[]): Promise<void>;
  close(): void;
}

export const openVault = (workspace: string, memberId: string): Vault => {
  const name = `${memberPrefix(workspace, memberId)}vault`;
  const database = new Dexie(name) as VaultDatabase;
  database.version(1).stores({ keys: 'id', drawers: 'id' });
  // A transaction would end while the cipher works, so tabs take turns by a lock.
  const alone = <Value>(act: () => Promise<Value>): Promise<Value> =>
    navigator.locks.request(name, act) as Promise<Value>;

  const keyOf = async (): Promise<CryptoKey> => {
    const kept = await database.keys.get('vault');
    if (kept) return kept.key;
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await database.keys.put({ id: 'vault', key });
    return key;
  };
  const readDrawer = async (id: string, key: CryptoKey): Promise<readonly Contact[]> => {
    const drawer = await database.drawers.get(id);
    const opened = drawer === undefined ? null : await openSealed(drawer.sealed, key);
    return opened === null ? [] : (JSON.parse(new TextDecoder().decode(opened)) as Contact[]);
  };

  return {
    keep: (contacts) =>
      alone(async () => {
        const key = await keyOf();
        for (const [id, own] of Map.groupBy(contacts, drawerOf)) {
          const before = await readDrawer(id, key);
          const known = new Set(before.map(signatureOf));
          const fresh = own.filter((contact) => !known.has(signatureOf(contact)));
          if (fresh.length === 0) continue;
          await database.drawers.put({ id, sealed: await sealDrawer([...before, ...fresh], key) });
        }
      }),
    read: (customers) =>
      alone(async () => {
        const wanted = new Set(customers);
        const key = await keyOf();
        const drawers = await Promise.all(
          [...new Set(customers.map((customer) => customer.slice(0, 2)))].map((id) => readDrawer(id, key)),
        );
        return drawers.flat().filter(({ customer }) => wanted.has(customer));
      }),
    readAll: () =>
      alone(async () => {
        const key = await keyOf();
        const ids = await database.drawers.toCollection().primaryKeys();
        return (await Promise.all(ids.map((id) => readDrawer(id, key)))).flat();
      }),
    drop: (contacts) =>
      alone(async () => {
        const key = await keyOf();
        for (const [id, own] of Map.groupBy(contacts, drawerOf)) {
          const gone = new Set(own.map(signatureOf));
          const rest = (await readDrawer(id, key)).filter((contact) => !gone.has(signatureOf(contact)));
          if (rest.length === 0) await database.drawers.delete(id);
          else await database.drawers.put({ id, sealed: await sealDrawer(rest, key) });
        }
      }),
    close: () => database.close(),
  };
};

function sealDrawer(contacts: readonly Contact[], key: CryptoKey): Promise<Uint8Array> {
  const plain = contacts.map(({ customer, kind, clear }) => ({ customer, kind, clear }));
  return seal(new TextEncoder().encode(JSON.stringify(plain)), key);
}

function drawerOf({ customer }: Contact): string {
  return customer.slice(0, 2);
}

function signatureOf({ customer, kind, clear }: Contact): string {
  return `${customer}/${kind}/${clear}`;
}
