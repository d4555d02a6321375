/**
 * The facts of one member of one workspace on this device: blobs of chunks, the manifest records this device has seen,
 * and what waits: chunks that are not in a manifest yet, and chunks of an import that is still running. Blobs are the
 * deflated bytes under the hash of the packed ones. A row a chunk, never a row a fact.
 */
import { Dexie, type EntityTable } from 'dexie';
import type { ImportRecord } from '#core/datasets/imports.doc.ts';
import type { ManifestRecord } from '#core/datasets/manifest-record.ts';
import { memberPrefix } from './device-database.ts';

export interface KeptBlob {
  readonly hash: string;
  readonly stored: Uint8Array;
}

export interface KeptChunk {
  readonly id: string;
  /** Room path after the workspace: `facts/orders/2026-11`. */
  readonly path: string;
  readonly record: ManifestRecord;
}

/** The counter of `facts-index` up to which this device has read a manifest. */
export interface KeptMonth {
  readonly path: string;
  readonly counter: number;
}

export interface KeptImport {
  readonly id: string;
  readonly startedMs: number;
  /** Complete imports wait until the shared list of imports names them; others are swept away at the next start. */
  readonly complete: Omit<ImportRecord, 'withdrawn'> | null;
}

/** Somebody who asked to be forgotten: ids, and keyed hashes of keys and orders. The server's list, or this device's own. */
export interface KeptErasure {
  readonly id: string;
  readonly atMs: number;
  readonly customers: readonly string[];
  readonly keys: readonly string[];
}

export type BlobStore = Dexie & {
  blobs: EntityTable<KeptBlob, 'hash'>;
  /** Named by a manifest. */
  chunks: EntityTable<KeptChunk, 'id'>;
  /** Counted here, but not known to be in the manifest where it has to be. */
  outbox: EntityTable<KeptChunk, 'id'>;
  /** Of a running import: not counted yet. */
  staged: EntityTable<KeptChunk, 'id'>;
  months: EntityTable<KeptMonth, 'path'>;
  imports: EntityTable<KeptImport, 'id'>;
  erasures: EntityTable<KeptErasure, 'id'>;
};

export const openBlobStore = (workspace: string, memberId: string): BlobStore => {
  const store = new Dexie(`${memberPrefix(workspace, memberId)}facts`) as BlobStore;
  store
    .version(1)
    .stores({ blobs: 'hash', chunks: 'id, path', outbox: 'id', staged: 'id', months: 'path', imports: 'id' });
  store.version(2).stores({ erasures: 'id' });
  return store;
};
