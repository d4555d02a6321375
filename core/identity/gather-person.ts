/**
 * One person, from identity links: every customer id that strong keys join with the given one, and every strong key
 * that any of them carries. The same people as `IdentityGraph`, for the one question that needs no graph.
 */
import type { CustomerId } from '../units/ids.ts';
import { type IdentityKeyKind, isStrongKey } from './key-kind.ts';

export interface PersonLink {
  readonly keyKind: IdentityKeyKind;
  readonly key: string;
  readonly customer: CustomerId;
}

export interface Person {
  readonly customers: ReadonlySet<CustomerId>;
  readonly keys: readonly { readonly keyKind: IdentityKeyKind; readonly key: string }[];
}

export const gatherPerson = (links: Iterable<PersonLink>, customer: CustomerId): Person => {
  const linksByKey = new Map<string, PersonLink[]>();
  const linksByCustomer = new Map<CustomerId, PersonLink[]>();
  for (const link of links) {
    if (!isStrongKey(link.keyKind)) continue;
    addTo(linksByKey, nameOf(link), link);
    addTo(linksByCustomer, link.customer, link);
  }
  const customers = new Set([customer]);
  const keyByName = new Map<string, PersonLink>();
  for (const one of customers)
    for (const link of linksByCustomer.get(one) ?? []) {
      if (keyByName.has(nameOf(link))) continue;
      keyByName.set(nameOf(link), link);
      for (const other of linksByKey.get(nameOf(link)) ?? []) customers.add(other.customer);
    }
  return { customers, keys: [...keyByName.values()].map(({ keyKind, key }) => ({ keyKind, key })) };
};

function addTo<Key>(map: Map<Key, PersonLink[]>, key: Key, link: PersonLink): void {
  const own = map.get(key);
  if (own === undefined) map.set(key, [link]);
  else own.push(link);
}

function nameOf({ keyKind, key }: PersonLink): string {
  return `${keyKind}/${key}`;
}
