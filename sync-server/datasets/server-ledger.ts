/**
 * The server's own ledger of one workspace: its facts rooms read into core's ledger, so that who comes into a broadcast
 * is recognised within the second, who opens content afterwards, and whether somebody may still be written to. Built when
 * a broadcast goes on air, content is opened or messages are sent, refreshed while that goes on, dropped afterwards. It yields to the event loop between chunks. Keys of people
 * are looked up as given; phones and emails are keyed hashes that senders do not have, so those match only when a
 * sender was given them.
 */
import { setImmediate as yieldTurn } from 'node:timers/promises';
import { readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { Dataset, IdentityKeyKind, IdentityLink } from '#core/datasets/fact.ts';
import { readImports } from '#core/datasets/imports.doc.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { readExclusions } from '#core/identity/exclusions.doc.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Rooms } from '#sync-server/rooms/rooms.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

export interface ServerLedgerDeps {
  readonly rooms: Pick<Rooms, 'read'>;
  readonly storage: Pick<Storage, 'log' | 'blobs'>;
  readonly platform: Pick<Platform, 'inflate'>;
  report(kind: string, detail: string): void;
}

export interface ServerLedger {
  readonly ledger: GrowingLedger;
  /** Dense customer, or -1. */
  customerByKey(kind: IdentityKeyKind, key: string): number;
  /** The product an item belongs to, or the item itself while no product owns it. */
  productOfItem(item: string): string;
  /** Some keys of a kind, in order: for the simulator. */
  someKeys(kind: IdentityKeyKind, most: number): readonly string[];
  /** Takes what was added since. */
  refresh(): Promise<void>;
}

/** What a broadcast needs to know of people and products. Stock and decisions it does not. */
const forBroadcasts: readonly Dataset[] = ['orders', 'behaviour', 'identity', 'profile'];

export const openServerLedger = async (
  deps: ServerLedgerDeps,
  workspace: string,
  datasets = forBroadcasts,
): Promise<ServerLedger> => {
  const ledger = createLedger();
  const customerByKey = new Map<string, string>();
  const linksByChunk = new Map<string, readonly IdentityLink[]>();
  let productByItem = new Map<string, string>();

  const takeRecord = async (record: ManifestRecord): Promise<void> => {
    if (ledger.hasChunk(record.id)) return;
    const stored = record.inline ?? (await deps.storage.blobs.read(workspace, record.hash));
    if (!stored) return;
    const packed = await deps.platform.inflate(stored, record.bytes);
    const taken = ledger.takeChunk(record, packed);
    if (!taken.ok) return deps.report('server-ledger', `${record.id} ${taken.error.kind}`);
    if (record.kind !== 'identity-link') return;
    const facts = unpackFacts(packed);
    if (!facts.ok) return;
    linksByChunk.set(record.id, facts.value as readonly IdentityLink[]);
    takeLinks(record.id);
  };
  const takeLinks = (chunk: string): void => {
    for (const { keyKind, key, customer } of linksByChunk.get(chunk) ?? [])
      customerByKey.set(`${keyKind}/${key}`, customer);
  };
  /** What another chunk stands for now: compacted, or rewritten without somebody. */
  const dropReplaced = (records: readonly ManifestRecord[]): void => {
    let isLinked = false;
    for (const id of records.flatMap(({ replaces }) => replaces)) {
      ledger.dropChunk(id);
      isLinked = linksByChunk.delete(id) || isLinked;
    }
    if (!isLinked) return;
    customerByKey.clear();
    for (const chunk of linksByChunk.keys()) takeLinks(chunk);
  };

  const refresh = async (): Promise<void> => {
    const products = (await deps.rooms.read(`${workspace}/catalogue`, readCatalogue)).products;
    ledger.setCatalogue(products.map((product) => ({ ...product, mergedInto: '' })));
    productByItem = new Map(
      products.flatMap((product) =>
        [product.id, product.name, ...product.items].map((item) => [item, product.id] as const),
      ),
    );
    ledger.setWithdrawnImports((await deps.rooms.read(`${workspace}/settings`, readImports)).withdrawnIds);
    ledger.setExcluded((await deps.rooms.read(`${workspace}/settings`, readExclusions)).keys());
    for (const room of await deps.storage.log.list(workspace)) {
      const [, kind, dataset] = room.split('/');
      if (kind !== 'facts' || !datasets.includes(dataset as Dataset)) continue;
      const { records } = await deps.rooms.read(room, readManifest);
      for (const record of records) {
        await takeRecord(record).catch((error: unknown) => deps.report('server-ledger', String(error)));
        await yieldTurn();
      }
      dropReplaced(records);
    }
  };

  await refresh();
  return {
    ledger,
    customerByKey: (kind, key) => {
      const customer = customerByKey.get(`${kind}/${key}`);
      return customer === undefined ? -1 : ledger.denseCustomer(customer);
    },
    productOfItem: (item) => productByItem.get(item) ?? item,
    someKeys: (kind, most) =>
      [...customerByKey.keys()]
        .filter((key) => key.startsWith(`${kind}/`))
        .toSorted()
        .slice(0, most)
        .map((key) => key.slice(kind.length + 1)),
    refresh,
  };
};
