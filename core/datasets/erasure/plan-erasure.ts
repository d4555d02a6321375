/**
 * What has to happen to the chunks of one manifest so that erased people are in none of them: which records are
 * replaced by which, which only go, and which stored bytes are then nobody's. Reads and writes bytes through a shelf;
 * the manifest itself is changed by `replaceManifestRecords`.
 */
import type { ChunkId } from '../../units/ids.ts';
import type { Platform } from '../../units/platform.ts';
import { createManifestRecord } from '../create-manifest-record.ts';
import type { Fact } from '../fact.ts';
import { type ManifestRecord, mostPackedBytes } from '../manifest-record.ts';
import { type Erased, eraseRows } from './erase-rows.ts';

export interface ChunkShelf {
  /** The deflated bytes of a chunk that does not travel in its record; null when they are not here. */
  read(hash: string): Promise<Uint8Array | null>;
  /** Durable when resolved. */
  write(hash: string, stored: Uint8Array): Promise<void>;
}

export interface ErasurePlan {
  /** By the id of the record that goes; null where nothing takes its place. */
  readonly replaced: ReadonlyMap<ChunkId, ManifestRecord | null>;
  /** Hashes of bytes that no record needs once the manifest is changed. */
  readonly hashes: readonly string[];
  readonly rows: readonly Fact[];
  /** Customer ids found to be an erased person's. */
  readonly customers: readonly string[];
  /** Chunks whose bytes are not here or cannot be read. */
  readonly unread: readonly ChunkId[];
}

export const planErasure = async (
  platform: Platform,
  records: readonly { readonly record: ManifestRecord; readonly isReplaced: boolean }[],
  erased: Erased,
  shelf: ChunkShelf,
): Promise<ErasurePlan> => {
  const replaced = new Map<ChunkId, ManifestRecord | null>();
  const hashes = new Set<string>();
  const rows: Fact[] = [];
  const customers = new Set<string>();
  const unread: ChunkId[] = [];
  for (const { record, isReplaced } of records) {
    if (replaced.has(record.id)) continue;
    const stored = record.inline ?? (await shelf.read(record.hash));
    const packed =
      stored && (await platform.inflate(stored, Math.min(record.bytes, mostPackedBytes)).catch(() => null));
    const chunk = packed && (await eraseRows(platform, packed, erased));
    if (!chunk?.ok) {
      unread.push(record.id);
      continue;
    }
    if (chunk.value === null) continue;
    for (const customer of chunk.value.customers) customers.add(customer);
    if (record.inline === null) hashes.add(record.hash);
    if (isReplaced) {
      replaced.set(record.id, null);
      continue;
    }
    rows.push(...chunk.value.rows);
    const { importId, importMs, replaces } = record;
    const made = await createManifestRecord(platform, {
      packed: chunk.value.packed,
      importId,
      importMs,
      replaces: [...replaces, record.id],
    });
    if (made.record.inline === null) await shelf.write(made.record.hash, made.stored);
    replaced.set(record.id, made.record);
  }
  return { replaced, hashes: [...hashes], rows, customers: [...customers], unread };
};
