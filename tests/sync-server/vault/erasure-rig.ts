/** A workspace with facts of three people, two ids of which are one person, and all that is stored of it as bytes. */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as Y from 'yjs';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { addManifestRecords, readManifest } from '#core/datasets/manifest.doc.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { unpackFacts } from '#core/datasets/unpack-facts.ts';
import { hashKey } from '#core/intake/hash-key.ts';
import type { ImportId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import { createNodePlatform } from '#sync-server/storage/node-platform.ts';
import { aCustomerId, anAlias, anIdentityLink, anOrderLine } from '#tests/makers/facts.ts';
import { type HttpRig, openHttpRig, type Person } from '../http-rig.ts';

export const phone = '13812345678';
export const nickname = '小满妈妈';
/** Two ids of the person who asks to be forgotten, and somebody else. */
export const [gone, goneToo, stays] = [aCustomerId(1), aCustomerId(2), aCustomerId(3)];

export interface ErasureRig {
  readonly http: HttpRig;
  readonly owner: Person;
  readonly workspace: string;
  readonly platform: Platform;
  readonly phoneKey: string;
  /** Uncompressed inside, so that what is stored can be searched. */
  chunk(facts: readonly Fact[], importMs?: number): Promise<{ record: ManifestRecord; stored: Uint8Array }>;
  /** Names chunks in the month's manifest, as a client does; blobs are sent first. */
  bring(path: string, ...facts: readonly (readonly Fact[])[]): Promise<readonly ManifestRecord[]>;
  factsOf(path: string): Promise<readonly Fact[]>;
  erase(): Promise<Record<string, unknown>>;
  /** Everything in storage, as one text. */
  everything(): Promise<string>;
  /** What a client that has synced has. */
  copyOf(path: string): Promise<Y.Doc>;
  /** What that client does when it is back: its whole document. */
  comeBack(path: string, doc: Y.Doc): Promise<void>;
}

export const openErasureRig = async (): Promise<ErasureRig> => {
  const http = await openHttpRig();
  const { owner, workspace } = await http.claim();
  const { identitySecret } = (await http.access.readWorkspace(workspace))!;
  const platform: Platform = {
    ...createNodePlatform(Buffer.from(identitySecret, 'base64')),
    deflate: async (bytes) => new Uint8Array(deflateRawSync(bytes, { level: 0 })),
  };
  const phoneKey = await hashKey(platform, { kind: 'phone', key: phone });
  const room = (path: string): string => `${workspace}/${path}`;
  const chunk: ErasureRig['chunk'] = (facts, importMs = 1) =>
    createManifestRecord(platform, {
      packed: packFacts(facts[0]!.kind, facts as never),
      importId: 'i-1' as ImportId,
      importMs,
    });
  const bring: ErasureRig['bring'] = async (path, ...all) => {
    const made = await Promise.all(all.map((facts) => chunk(facts)));
    for (const { record, stored } of made)
      if (record.inline === null) {
        const put = await http.ask(
          owner,
          'PUT',
          `/api/workspaces/${workspace}/rooms/${path}/blobs/${record.hash}`,
          stored,
        );
        if (put.status !== 200) throw new Error(`blob refused ${put.status}`);
      }
    await http.rooms.change(room(path), 'client', (doc) =>
      addManifestRecords(
        doc,
        made.map(({ record }) => record),
      ),
    );
    return made.map(({ record }) => record);
  };
  const rig: ErasureRig = {
    http,
    owner,
    workspace,
    platform,
    phoneKey,
    chunk,
    bring,
    factsOf: async (path) => {
      const facts: Fact[] = [];
      for (const { inline, hash, bytes } of (await http.rooms.read(room(path), readManifest)).records) {
        const stored = inline ?? (await http.storage.blobs.read(workspace, hash));
        const unpacked = unpackFacts(await platform.inflate(stored!, bytes));
        if (!unpacked.ok) throw new Error(unpacked.error.kind);
        facts.push(...unpacked.value);
      }
      return facts;
    },
    erase: async () => {
      const answer = await http.ask(owner, 'POST', `/api/workspaces/${workspace}/erasures`, { customer: gone });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
    everything: async () => {
      const parts: Uint8Array[] = [];
      for (const name of await http.storage.log.list(workspace))
        for (const skip of [0, 1] as const) {
          const { snapshot, updates } = await http.storage.log.read(name, skip);
          parts.push(...(snapshot ? [snapshot.bytes] : []), ...updates.map(({ bytes }) => bytes));
        }
      for (const { hash } of await http.storage.blobs.list(workspace)) {
        const stored = (await http.storage.blobs.read(workspace, hash))!;
        parts.push(await platform.inflate(stored, 4_000_000));
      }
      parts.push(Buffer.from(JSON.stringify(await http.storage.records.readAll())));
      return Buffer.concat(parts).toString('utf8');
    },
    copyOf: (path) =>
      http.rooms.read(room(path), (doc) => {
        const copy = new Y.Doc();
        Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
        return copy;
      }),
    comeBack: (path, doc) =>
      http.rooms.change(room(path), 'client', (own) => Y.applyUpdate(own, Y.encodeStateAsUpdate(doc))),
  };
  await bring('facts/identity/2026-01', [
    anIdentityLink({ keyKind: 'phone', key: phoneKey, customer: gone }),
    anIdentityLink({ keyKind: 'phone', key: phoneKey, customer: goneToo }),
    anIdentityLink({ keyKind: 'openid', key: 'oGONE', customer: goneToo }),
    anIdentityLink({ keyKind: 'openid', key: 'oSTAYS', customer: stays }),
  ]);
  await bring('facts/identity/2026-01', [
    anAlias({ customer: gone, alias: nickname }),
    anAlias({ customer: stays, alias: '大山' }),
  ]);
  await bring('facts/orders/2026-01', [
    anOrderLine({ customer: gone, order: 'order-gone' }),
    anOrderLine({ customer: stays, order: 'order-stays' }),
  ]);
  return rig;
};

/** Enough lines for a blob. */
export const manyLines = (...customers: readonly ReturnType<typeof aCustomerId>[]) =>
  Array.from({ length: 1500 }, (_, at) =>
    anOrderLine({
      customer: customers[at % customers.length]!,
      order: `${customers[at % customers.length] === stays ? 'bulk-stays' : 'bulk-gone'}-${createHash('md5').update(String(at)).digest('hex')}`,
    }),
  );
