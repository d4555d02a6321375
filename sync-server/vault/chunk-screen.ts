/**
 * Nothing that names an erased person comes in: chunks that a manifest names anew are looked at before the change is
 * durable or shown, blobs before they are stored. What names such a person is kept without them, under another hash;
 * `erased-blobs` remembers which, because a client names its blob after it has sent it.
 */
import type * as Y from 'yjs';
import { createManifestRecord } from '#core/datasets/create-manifest-record.ts';
import { eraseRows } from '#core/datasets/erasure/erase-rows.ts';
import { planErasure, type ErasurePlan } from '#core/datasets/erasure/plan-erasure.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { readEveryRecord, replaceManifestRecords } from '#core/datasets/manifest.doc.ts';
import { type ChunkId, hexFromBytes } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import { workspaceOf } from '#core/workspace/rooms.ts';
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

const collection = 'erased-blobs';

interface Successor {
  readonly hash: string;
  readonly bytes: number;
}

type NamedRecords = ReturnType<typeof readEveryRecord>;

export class ChunkScreen {
  readonly #deps: ChunkScreenDeps;
  /** Chunks looked at already, by room, under one stamp of the list. */
  readonly #looked = new Map<string, { readonly stamp: number; readonly ids: Set<ChunkId> }>();

  constructor(deps: ChunkScreenDeps) {
    this.#deps = deps;
  }

  /** Changes a facts document that is not committed yet. */
  async screenDocument(room: string, doc: Y.Doc): Promise<void> {
    const erased = await this.#deps.list.read(workspaceOf(room));
    if (erased.customers.size === 0) return;
    const looked = this.#lookedIn(room, erased);
    const fresh = readEveryRecord(doc).filter(({ record }) => !looked.has(record.id));
    if (fresh.length === 0) return;
    const planned = await this.plan(room, fresh, erased);
    if (planned.replaced.size > 0) replaceManifestRecords(doc, planned.replaced, 'erase');
    await this.forgetBlobs(room, planned, fresh);
    if (planned.customers.length > 0) this.#deps.found(workspaceOf(room), planned.customers);
  }

  /** Whether the chunk named an erased person; what remains of it is stored then. */
  async screenBlob(workspace: string, hash: string, packed: Uint8Array): Promise<boolean> {
    const { list, blobs, platformOf, found } = this.#deps;
    const erased = await list.read(workspace);
    if (erased.customers.size === 0) return false;
    const platform = await platformOf(workspace);
    const chunk = await eraseRows(platform, packed, erased);
    if (!chunk.ok || chunk.value === null) return false;
    const { packed: rest, customers } = chunk.value;
    const restHash = hexFromBytes(await platform.sha256(rest));
    await blobs.write(workspace, restHash, await platform.deflate(rest));
    await this.#remember(workspace, hash, { hash: restHash, bytes: rest.length });
    if (customers.length > 0) found(workspace, customers);
    return true;
  }

  /** What is to be done with these records; their new bytes are stored. */
  async plan(room: string, every: NamedRecords, erased: ErasedPeople): Promise<ErasurePlan> {
    const { blobs, platformOf } = this.#deps;
    const workspace = workspaceOf(room);
    const succeeded = await this.#succeed(workspace, every);
    const rest = every.filter(({ record }) => !succeeded.has(record.id));
    const planned = await planErasure(await platformOf(workspace), rest, erased, {
      read: (hash) => blobs.read(workspace, hash),
      write: async (hash, stored) => void (await blobs.write(workspace, hash, stored)),
    });
    const replaced = new Map([...succeeded, ...planned.replaced]);
    // What was taken out may be sent again, and bytes that are not here yet may come.
    const unread = new Set(planned.unread);
    const looked = this.#lookedIn(room, erased);
    for (const { record } of every) if (!replaced.has(record.id) && !unread.has(record.id)) looked.add(record.id);
    return { ...planned, replaced };
  }

  /** Removes bytes that named somebody, and remembers what took their place. */
  async forgetBlobs(room: string, { replaced, hashes }: ErasurePlan, before: NamedRecords): Promise<void> {
    const { blobs } = this.#deps;
    const workspace = workspaceOf(room);
    for (const hash of hashes) {
      const own = before.filter(({ record }) => record.hash === hash);
      const next = own.flatMap(({ record }) => replaced.get(record.id) ?? [])[0];
      if (next) {
        if (next.inline !== null) await blobs.write(workspace, next.hash, next.inline);
        await this.#remember(workspace, hash, { hash: next.hash, bytes: next.bytes });
      }
      await blobs.remove(workspace, hash);
    }
  }

  /** Records whose bytes were refused when they came: what was kept of them takes their place. */
  async #succeed(workspace: string, every: NamedRecords): Promise<Map<ChunkId, ManifestRecord | null>> {
    const { records, blobs, platformOf } = this.#deps;
    const replaced = new Map<ChunkId, ManifestRecord | null>();
    for (const { record } of every) {
      const { id, hash, inline, importId, importMs, replaces } = record;
      if (inline !== null) continue;
      const successor = (await records.read(collection, `${workspace}/${hash}`))?.value as Successor | undefined;
      const stored = successor && (await blobs.read(workspace, successor.hash));
      if (!successor || !stored) continue;
      const platform = await platformOf(workspace);
      const packed = await platform.inflate(stored, successor.bytes);
      const chunk = { packed, importId, importMs, replaces: [...replaces, id] };
      replaced.set(id, (await createManifestRecord(platform, chunk)).record);
    }
    return replaced;
  }

  #remember(workspace: string, hash: string, value: Successor): Promise<unknown> {
    return this.#deps.records.write([{ collection, key: `${workspace}/${hash}`, value }]);
  }

  #lookedIn(room: string, { stamp }: ErasedPeople): Set<ChunkId> {
    const before = this.#looked.get(room);
    if (before?.stamp === stamp) return before.ids;
    const ids = new Set<ChunkId>();
    this.#looked.set(room, { stamp, ids });
    return ids;
  }
}
