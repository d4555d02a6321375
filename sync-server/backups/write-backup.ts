/**
 * Everything a storage holds, as the frames of one file. Records are read at one instant, each document at one instant;
 * blobs follow the document that names them, and when one was compacted or erased away meanwhile the document is read
 * again.
 */
import { deflateRaw } from 'node:zlib';
import { promisify } from 'node:util';
import * as Y from 'yjs';
import { readManifest } from '#core/datasets/manifest.doc.ts';
import { mergeAside } from '#sync-server/rooms/snapshot.ts';
import type { RecordEntry, Storage } from '#sync-server/storage/storage.ts';
import { FrameWriter, type Sink } from './frames.ts';

const deflate = promisify(deflateRaw);

export interface BackupOptions {
  readonly nowMs: number;
  /** Until when it is meant to be kept. */
  readonly untilMs: number;
  /** Keys under a passphrase; null leaves them outside. */
  readonly sealedKeys: Uint8Array | null;
  /** Of the key that seals contact details. */
  readonly keyId: string;
}

export interface BackupCounts {
  readonly workspaces: number;
  readonly documents: number;
  readonly blobs: number;
  readonly records: number;
  /** Blobs that documents name and that are not in storage. */
  readonly missing: number;
}

const recordsAFrame = 5000;
const mostReadings = 5;

export const writeBackup = async (
  storage: Pick<Storage, 'log' | 'records' | 'blobs'>,
  sink: Sink,
  { nowMs, untilMs, sealedKeys, keyId }: BackupOptions,
): Promise<BackupCounts> => {
  const writer = new FrameWriter(sink);
  await writer.begin();
  await writer.frame({ kind: 'backup', madeMs: nowMs, untilMs, keyId }, new Uint8Array());
  if (sealedKeys) await writer.frame({ kind: 'keys' }, sealedKeys);
  const records = await storage.records.readAll();
  for (let at = 0; at < records.length; at += recordsAFrame) {
    const some = records.slice(at, at + recordsAFrame);
    await writer.frame({ kind: 'records', count: some.length }, await deflate(JSON.stringify(some)));
  }
  const workspaces = workspacesOf(records);
  const counts = { documents: 0, blobs: 0, missing: 0 };
  for (const workspace of workspaces) {
    const content = new WorkspaceContent(storage, writer, workspace);
    await content.write();
    counts.documents += content.documents;
    counts.blobs += content.hashes.size;
    counts.missing += content.missing.size;
  }
  await writer.end();
  return { workspaces: workspaces.length, records: records.length, ...counts };
};

export const workspacesOf = (records: readonly RecordEntry[]): readonly string[] =>
  records.filter(({ collection }) => collection === 'workspaces').map(({ key }) => key);

class WorkspaceContent {
  documents = 0;
  readonly hashes = new Set<string>();
  readonly missing = new Set<string>();
  readonly #storage: Pick<Storage, 'log' | 'blobs'>;
  readonly #writer: FrameWriter;
  readonly #workspace: string;

  constructor(storage: Pick<Storage, 'log' | 'blobs'>, writer: FrameWriter, workspace: string) {
    this.#storage = storage;
    this.#writer = writer;
    this.#workspace = workspace;
  }

  async write(): Promise<void> {
    for (const room of await this.#storage.log.list(this.#workspace)) await this.#document(room);
    // Sent and not named yet: their document may be written a moment from now.
    for (const { hash } of await this.#storage.blobs.list(this.#workspace)) await this.#blob(hash);
  }

  async #document(room: string): Promise<void> {
    for (let reading = 1; ; reading += 1) {
      const parts = await this.#storage.log.read(room);
      if (parts.snapshot === null && parts.updates.length === 0) return;
      const state = await mergeAside(parts);
      const lost: string[] = [];
      for (const hash of room.startsWith(`${this.#workspace}/facts/`) ? blobsNamedIn(state) : [])
        if (!(await this.#blob(hash))) lost.push(hash);
      if (lost.length > 0 && reading < mostReadings) continue;
      for (const hash of lost) this.missing.add(hash);
      await this.#writer.frame({ kind: 'document', name: room, whole: state.length }, await deflate(state));
      this.documents += 1;
      return;
    }
  }

  async #blob(hash: string): Promise<boolean> {
    if (this.hashes.has(hash)) return true;
    const bytes = await this.#storage.blobs.read(this.#workspace, hash);
    if (!bytes) return false;
    await this.#writer.frame({ kind: 'blob', workspace: this.#workspace, hash }, bytes);
    this.hashes.add(hash);
    return true;
  }
}

const blobsNamedIn = (state: Uint8Array): readonly string[] => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const hashes = readManifest(doc)
    .records.filter(({ inline }) => inline === null)
    .map(({ hash }) => hash);
  doc.destroy();
  return hashes;
};
