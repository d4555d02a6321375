/**
 * Everything the facts say of who one customer is: the ids and keys of the person, what they were called, and the
 * orders they placed (as keys, because a refund or a late export names only the order). Facts are handed in by dataset,
 * twice at most: people first, then orders.
 */
import { erasureKey, orderKey } from '#core/identity/erasure-key.ts';
import { gatherPerson } from '#core/identity/gather-person.ts';
import type { CustomerId } from '../../units/ids.ts';
import type { Alias, Fact, IdentityLink, OrderLine } from '../fact.ts';
import type { HashPlatform } from './erase-rows.ts';

export interface ReadPerson {
  readonly customers: ReadonlySet<CustomerId>;
  /** As the erasure list holds them: of strong keys, and of orders. */
  readonly keys: readonly string[];
  /** Display names, for searching free text; never stored. */
  readonly names: readonly string[];
}

/** Calls back with the facts of each chunk of a dataset. */
export type EachChunk = (dataset: 'identity' | 'orders', take: (facts: readonly Fact[]) => void) => Promise<void>;

export const readPerson = async (
  platform: HashPlatform,
  customer: CustomerId,
  eachChunk: EachChunk,
): Promise<ReadPerson> => {
  const links: IdentityLink[] = [];
  const aliases: Alias[] = [];
  await eachChunk('identity', (facts) => {
    for (const fact of facts) {
      if (fact.kind === 'identity-link') links.push(fact);
      else if (fact.kind === 'alias') aliases.push(fact);
    }
  });
  const person = gatherPerson(links, customer);
  const keys = new Set(await Promise.all(person.keys.map((key) => erasureKey(platform, key))));
  const orders = new Map<string, OrderLine>();
  await eachChunk('orders', (facts) => {
    for (const fact of facts)
      if (fact.kind === 'order-line' && person.customers.has(fact.customer))
        orders.set(`${fact.shop}\n${fact.order}`, fact);
  });
  for (const { shop, order } of orders.values()) keys.add(await erasureKey(platform, orderKey(shop, order)));
  const own = aliases.filter((alias) => person.customers.has(alias.customer));
  return {
    customers: person.customers,
    keys: [...keys],
    names: [...new Set(own.map(({ alias }) => alias).filter((alias) => alias !== ''))],
  };
};
