/**
 * What has to happen to the chunks of one manifest so that something stands in none of them any more: which records are
 * replaced by which, which only go, and which stored bytes are then nobody's. Reads and writes bytes through a shelf;
 * the manifest itself is changed by `replaceManifestRecords`.
 */
import type { ChunkId } from '../units/ids.ts';
import type { Platform } from '../units/platform.ts';
import { createManifestRecord } from './create-manifest-record.ts';
import { type KnownRecord, type ManifestRecord, mostPackedBytes } from './manifest-record.ts';

export interface ChunkShelf {
  /** The deflated bytes of a chunk that does not travel in its record; null when they are not here. */
  read(hash: string): Promise<Uint8Array | null>;
  /** Durable when resolved. */
  write(hash: string, stored: Uint8Array): Promise<void>;
}

export interface RewritePlan {
  /** By the id of the record that goes; null where nothing takes its place. */
  readonly replaced: ReadonlyMap<ChunkId, ManifestRecord | null>;
  /** Hashes of bytes that no record needs once the manifest is changed. */
  readonly hashes: readonly string[];
  /** Chunks whose bytes are not here or cannot be read. */
  readonly unread: readonly ChunkId[];
}

export type ChunkPlatform = Pick<Platform, 'inflate' | 'deflate' | 'sha256' | 'utf8'>;

/** `rewrite` gives the chunk to put in the place of this one, null where it may stay, and `unread` where it is no chunk. */
export const planRewrite = async (
  platform: ChunkPlatform,
  records: readonly KnownRecord[],
  shelf: ChunkShelf,
  rewrite: (packed: Uint8Array, known: KnownRecord) => Promise<Uint8Array | null | 'unread'>,
): Promise<RewritePlan> => {
  const replaced = new Map<ChunkId, ManifestRecord | null>();
  const hashes = new Set<string>();
  const unread: ChunkId[] = [];
  for (const known of records) {
    const { id, hash, inline, bytes, importId, importMs, replaces } = known.record;
    if (replaced.has(id)) continue;
    const stored = inline ?? (await shelf.read(hash));
    const packed = stored && (await platform.inflate(stored, Math.min(bytes, mostPackedBytes)).catch(() => null));
    const next = packed ? await rewrite(packed, known) : 'unread';
    if (next === 'unread') unread.push(id);
    if (next === 'unread' || next === null) continue;
    const chunk = { packed: next, importId, importMs, replaces: [...replaces, id] };
    const made = known.isReplaced ? null : await createManifestRecord(platform, chunk);
    if (made?.record.inline === null) await shelf.write(made.record.hash, made.stored);
    replaced.set(id, made?.record ?? null);
    if (inline === null) hashes.add(hash);
  }
  return { replaced, hashes: [...hashes], unread };
};
