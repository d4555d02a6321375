/**
 * Nothing that names an erased person comes in: chunks that a manifest names anew are looked at before the change is
 * durable or shown, blobs before they are stored. What names such a person is kept without them, under another hash;
 * `erased-blobs` remembers which, because a client names its blob after it has sent it.
 */
import type * as Y from 'yjs';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { eraseRows } from '#core/datasets/erasure/erase-rows.ts';
import { planErasure, type ChunkShelf, type ErasurePlan } from '#core/datasets/erasure/plan-erasure.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { readEveryRecord, replaceManifestRecords } from '#core/datasets/manifest.doc.ts';
import { type ChunkId, hexFromBytes } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Blobs, Records } from '#sync-server/storage/storage.ts';
import type { ErasedPeople, ErasureList } from './erasure-list.ts';

export interface ChunkScreenDeps {
  readonly list: ErasureList;
  readonly records: Records;
  readonly blobs: Blobs;
  /** With the workspace's own key behind `hmac`. */
  platformOf(workspace: string): Promise<Platform>;
  /** Customer ids that turned out to be an erased person's: they may be in other chunks. */
  found(workspace: string, customers: readonly string[]): void;
}

export interface ChunkScreen {
  /** Changes a facts document that is not committed yet. */
  screenDocument(room: string, doc: Y.Doc): Promise<void>;
  /** Whether the chunk named an erased person; what remains of it is stored then. */
  screenBlob(workspace: string, hash: string, packed: Uint8Array): Promise<boolean>;
  /** What is to be done with these records, their new bytes stored. */
  plan(room: string, records: ReturnType<typeof readEveryRecord>, erased: ErasedPeople): Promise<ErasurePlan>;
  /** Removes bytes that named somebody, and remembers what took their place. */
  forgetBlobs(workspace: string, plan: ErasurePlan, before: readonly ManifestRecord[]): Promise<void>;
}

const collection = 'erased-blobs';

interface Successor {
  readonly hash: string;
  readonly bytes: number;
}

export const createChunkScreen = (deps: ChunkScreenDeps): ChunkScreen => {
  const { list, records, blobs, platformOf, found } = deps;
  /** Chunks looked at already, by room, under one stamp of the list. */
  const looked = new Map<string, { readonly stamp: number; readonly ids: Set<ChunkId> }>();

  const shelfOf = (workspace: string): ChunkShelf => ({
    read: (hash) => blobs.read(workspace, hash),
    write: async (hash, stored) => void (await blobs.write(workspace, hash, stored)),
  });
  const remember = (workspace: string, hash: string, successor: Successor): Promise<unknown> =>
    records.write([{ collection, key: `${workspace}/${hash}`, value: successor }]);

  /** Records whose bytes were refused when they came: what was kept of them takes their place. */
  const succeed = async (workspace: string, fresh: readonly ManifestRecord[]) => {
    const replaced = new Map<ChunkId, ManifestRecord | null>();
    for (const { id, hash, inline, importId, importMs, replaces } of fresh) {
      if (inline !== null) continue;
      const successor = (await records.read(collection, `${workspace}/${hash}`))?.value as Successor | undefined;
      const stored = successor && (await blobs.read(workspace, successor.hash));
      if (!successor || !stored) continue;
      const platform = await platformOf(workspace);
      const packed = await platform.inflate(stored, successor.bytes);
      const made = await createManifestRecord(platform, {
        packed,
        importId,
        importMs,
        replaces: [...replaces, id],
      });
      replaced.set(id, made.record);
    }
    return replaced;
  };

  const lookedIn = (room: string, { stamp }: ErasedPeople): Set<ChunkId> => {
    const before = looked.get(room);
    if (before?.stamp === stamp) return before.ids;
    const ids = new Set<ChunkId>();
    looked.set(room, { stamp, ids });
    return ids;
  };

  const plan: ChunkScreen['plan'] = async (room, every, erased) => {
    const workspace = workspaceOf(room);
    const succeeded = await succeed(
      workspace,
      every.map(({ record }) => record),
    );
    const rest = every.filter(({ record }) => !succeeded.has(record.id));
    const planned = await planErasure(await platformOf(workspace), rest, erased, shelfOf(workspace));
    const replaced = new Map([...succeeded, ...planned.replaced]);
    // What was taken out may be sent again, and bytes that are not here yet may come.
    const unread = new Set(planned.unread);
    const ids = lookedIn(room, erased);
    for (const { record } of every) if (!replaced.has(record.id) && !unread.has(record.id)) ids.add(record.id);
    return { ...planned, replaced };
  };

  const forgetBlobs: ChunkScreen['forgetBlobs'] = async (workspace, { replaced, hashes }, before) => {
    for (const hash of hashes) {
      const next = before.filter((record) => record.hash === hash).flatMap(({ id }) => replaced.get(id) ?? [])[0];
      if (next) {
        if (next.inline !== null) await blobs.write(workspace, next.hash, next.inline);
        await remember(workspace, hash, { hash: next.hash, bytes: next.bytes });
      }
      await blobs.remove(workspace, hash);
    }
  };

  return {
    plan,
    forgetBlobs,
    screenDocument: async (room, doc) => {
      const workspace = workspaceOf(room);
      const erased = await list.read(workspace);
      if (erased.customers.size === 0) return;
      const ids = lookedIn(room, erased);
      const fresh = readEveryRecord(doc).filter(({ record }) => !ids.has(record.id));
      if (fresh.length === 0) return;
      const planned = await plan(room, fresh, erased);
      if (planned.replaced.size > 0) replaceManifestRecords(doc, planned.replaced, 'erase');
      await forgetBlobs(
        workspace,
        planned,
        fresh.map(({ record }) => record),
      );
      if (planned.customers.length > 0) found(workspace, planned.customers);
    },
    screenBlob: async (workspace, hash, packed) => {
      const erased = await list.read(workspace);
      if (erased.customers.size === 0) return false;
      const platform = await platformOf(workspace);
      const chunk = await eraseRows(platform, packed, erased);
      if (!chunk.ok || chunk.value === null) return false;
      const rest = chunk.value.packed;
      const restHash = hexFromBytes(await platform.sha256(rest));
      await blobs.write(workspace, restHash, await platform.deflate(rest));
      await remember(workspace, hash, { hash: restHash, bytes: rest.length });
      if (chunk.value.customers.length > 0) found(workspace, chunk.value.customers);
      return true;
    },
  };
};

const workspaceOf = (room: string): string => room.slice(0, room.indexOf('/'));
