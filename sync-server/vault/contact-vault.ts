/**
 * Contact details of the workspaces on this server, sealed: one record a customer in `contacts`. They are read by
 * sending and by a logged question, and by nothing else.
 */
import type { RecordChange, Records, StoredRecord } from '#sync-server/storage/storage.ts';
import type { KeyRing } from './key-ring.ts';

export interface Contact {
  readonly customer: string;
  readonly kind: 'phone' | 'email';
  readonly clear: string;
}

export interface ContactVault {
  /** Adds what is new; answers how many were. Durable when resolved. */
  keep(workspace: string, contacts: readonly Contact[]): Promise<number>;
  /** Of these customer ids; `unreadable` counts those whose key is not here. */
  read(
    workspace: string,
    customers: readonly string[],
  ): Promise<{ readonly contacts: readonly Contact[]; readonly unreadable: number }>;
  /** Answers how many customers had any. */
  forget(workspace: string, customers: readonly string[]): Promise<number>;
}

export const contactsCollection = 'contacts';

export interface SealedContacts {
  readonly sealed: string;
}

type Detail = Pick<Contact, 'kind' | 'clear'>;

export const createContactVault = ({
  records,
  ring,
}: {
  readonly records: Records;
  readonly ring: KeyRing;
}): ContactVault => {
  const keyOf = (workspace: string, customer: string): string => `${workspace}/${customer}`;
  const read = (key: string): Promise<StoredRecord | null> => records.read(contactsCollection, key);
  const openRecord = ({ key, value }: StoredRecord): readonly Detail[] | null => {
    const text = ring.open((value as SealedContacts).sealed, `${contactsCollection}/${key}`);
    return text === null ? null : (JSON.parse(text) as Detail[]);
  };
  /** The record with what is new in it, and how much that is; null when nothing is. */
  const added = async (
    key: string,
    own: readonly Detail[],
  ): Promise<{ change: RecordChange; fresh: number } | null> => {
    const before = await read(key);
    // What cannot be opened cannot be added to: what is known now takes its place.
    const details = (before && openRecord(before)) ?? [];
    const fresh = own.filter((one, at) => [...details, ...own.slice(0, at)].every((known) => !isSame(known, one)));
    if (fresh.length === 0) return null;
    const plain = [...details, ...fresh].map(({ kind, clear }) => ({ kind, clear }));
    const value: SealedContacts = { sealed: ring.seal(JSON.stringify(plain), `${contactsCollection}/${key}`) };
    const change = { collection: contactsCollection, key, value, ifVersion: before?.version ?? 0 };
    return { change, fresh: fresh.length };
  };

  return {
    keep: async (workspace, contacts) => {
      const byCustomer = [...Map.groupBy(contacts, ({ customer }) => customer)];
      // All in one write; when somebody was faster with one of them, all again.
      for (;;) {
        const all = await Promise.all(byCustomer.map(([customer, own]) => added(keyOf(workspace, customer), own)));
        const changed = all.filter((one) => one !== null);
        if (changed.length === 0) return 0;
        const written = await records.write(changed.map(({ change }) => change));
        if (written.ok) return changed.reduce((sum, { fresh }) => sum + fresh, 0);
      }
    },
    read: async (workspace, customers) => {
      const contacts: Contact[] = [];
      let unreadable = 0;
      for (const customer of new Set(customers)) {
        const record = await read(keyOf(workspace, customer));
        const details = record && openRecord(record);
        if (record && details === null) unreadable += 1;
        for (const { kind, clear } of details ?? []) contacts.push({ customer, kind, clear });
      }
      return { contacts, unreadable };
    },
    forget: async (workspace, customers) => {
      const keys = [...new Set(customers)].map((customer) => keyOf(workspace, customer));
      const found = (await Promise.all(keys.map(read))).filter((record) => record !== null);
      await records.write(found.map(({ key }) => ({ collection: contactsCollection, key, value: null })));
      return found.length;
    },
  };
};

const isSame = (a: Detail, b: Detail): boolean => a.kind === b.kind && a.clear === b.clear;
