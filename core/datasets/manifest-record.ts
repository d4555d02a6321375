import type { ChunkId, ImportId } from '../units/ids.ts';
import type { FactKind } from './fact.ts';

/**
 * One entry of a dataset month's manifest: an immutable chunk of facts of one kind. Chunks of up to 16 KB packed
 * travel inside the record; larger ones are blobs named by `hash`. Ids and hashes are lower-case hex SHA-256: `hash`
 * over the packed bytes, `storedHash` over the deflated ones.
 */
export interface ManifestRecord {
  readonly id: ChunkId;
  readonly kind: FactKind;
  readonly importId: ImportId | '';
  /** When it was imported or recorded: part of every fact's rank. */
  readonly importMs: number;
  readonly lines: number;
  readonly bytes: number;
  readonly hash: string;
  readonly storedHash: string;
  readonly storedBytes: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** Ids of the chunks a compaction put into this one. */
  readonly replaces: readonly ChunkId[];
  /** The deflated bytes themselves, when small. */
  readonly inline: Uint8Array | null;
}

export interface KnownRecord {
  readonly record: ManifestRecord;
  /** Another record of the manifest stands in its place. */
  readonly isReplaced: boolean;
}

export const inlineLimitBytes = 16 * 1024;
export const chunkTargetBytes = 256 * 1024;
/** Nobody makes a larger one, and no larger one is taken in. */
export const mostPackedBytes = 4 * 1024 * 1024;
