/**
 * Everything the facts of a workspace say of who one customer is: the ids and keys of the person, what they were
 * called, and the orders they placed (as keys, because a refund or a late export names only the order).
 */
import type { Alias, Fact, IdentityLink, OrderLine } from '#core/datasets/fact.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { readEveryRecord } from '#core/datasets/manifest.doc.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { erasureKey, orderKey } from '#core/identity/erasure-key.ts';
import { gatherPerson } from '#core/identity/gather-person.ts';
import type { CustomerId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface FactsDeps {
  readonly rooms: Pick<Rooms, 'read'>;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
}

export interface ReadPerson {
  readonly customers: ReadonlySet<CustomerId>;
  /** As the erasure list holds them: of strong keys, and of orders. */
  readonly keys: readonly string[];
  /** Display names, for searching free text; never stored. */
  readonly names: readonly string[];
}

export const readPerson = async (
  deps: FactsDeps,
  platform: Platform,
  workspace: string,
  customer: CustomerId,
): Promise<ReadPerson> => {
  const links: IdentityLink[] = [];
  const aliases: Alias[] = [];
  await eachChunk(deps, platform, workspace, ['identity'], (facts) => {
    for (const fact of facts) {
      if (fact.kind === 'identity-link') links.push(fact);
      else if (fact.kind === 'alias') aliases.push(fact);
    }
  });
  const person = gatherPerson(links, customer);
  const keys = new Set(await Promise.all(person.keys.map((key) => erasureKey(platform, key))));
  const orders = new Map<string, OrderLine>();
  await eachChunk(deps, platform, workspace, ['orders'], (facts) => {
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

/** Rooms of these datasets that hold anything. */
export const factsRooms = async (
  { storage }: Pick<FactsDeps, 'storage'>,
  workspace: string,
  datasets?: readonly string[],
): Promise<readonly string[]> =>
  (await storage.log.list(workspace)).filter((room) => {
    const [, kind, dataset = ''] = room.split('/');
    return kind === 'facts' && (datasets === undefined || datasets.includes(dataset));
  });

const eachChunk = async (
  deps: FactsDeps,
  platform: Platform,
  workspace: string,
  datasets: readonly string[],
  take: (facts: readonly Fact[]) => void,
): Promise<void> => {
  for (const room of await factsRooms(deps, workspace, datasets))
    for (const { record } of await deps.rooms.read(room, readEveryRecord)) {
      const packed = await readPacked(deps, platform, workspace, record);
      const facts = packed && unpackFacts(packed);
      if (facts?.ok) take(facts.value);
    }
};

const readPacked = async (
  { storage }: Pick<FactsDeps, 'storage'>,
  platform: Platform,
  workspace: string,
  { inline, hash, bytes }: ManifestRecord,
): Promise<Uint8Array | null> => {
  const stored = inline ?? (await storage.blobs.read(workspace, hash));
  return stored && platform.inflate(stored, bytes).catch(() => null);
};
