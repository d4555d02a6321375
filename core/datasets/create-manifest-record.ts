/**
 * The manifest record of a packed chunk, and the bytes to store for it. The id follows from what is in the chunk and
 * which import brought it when (and what it replaces), so writing the same chunk twice names it once. Chunks whose packed bytes are few travel
 * inside the record; for the others the deflated bytes are a blob to be stored under `hash`.
 */
import { type ChunkId, hexFromBytes, type ImportId } from '../units/ids.ts';
import type { Platform } from '../units/platform.ts';
import { type ManifestRecord, inlineLimitBytes } from './manifest-record.ts';
import { type ChunkColumns, unpackColumns } from './unpack-columns.ts';

export interface StoredChunk {
  readonly record: ManifestRecord;
  /** Deflated. */
  readonly stored: Uint8Array;
  /** What is in it. */
  readonly columns: ChunkColumns;
}

export const createManifestRecord = async (
  platform: Pick<Platform, 'deflate' | 'sha256' | 'utf8'>,
  chunk: {
    readonly packed: Uint8Array;
    readonly importId: ImportId | '';
    readonly importMs: number;
    readonly replaces?: readonly ChunkId[];
  },
): Promise<StoredChunk> => {
  const { packed, importId, importMs, replaces = [] } = chunk;
  const columns = unpackColumns(packed);
  if (!columns.ok) throw new Error(`a chunk that cannot be read back: ${columns.error.kind}`);
  const { kind, rows, number } = columns.value;
  const stored = await platform.deflate(packed);
  const hash = hexFromBytes(await platform.sha256(packed));
  const storedHash = hexFromBytes(await platform.sha256(stored));
  const successor = replaces.length > 0 ? `/${replaces.join()}` : '';
  const id = hexFromBytes(await platform.sha256(platform.utf8(`${hash}/${importId}/${importMs}${successor}`)));
  const [minMs, maxMs] = rangeOf(number.atMs!);
  return {
    record: {
      id: id as ChunkId,
      kind,
      importId,
      importMs,
      lines: rows,
      bytes: packed.length,
      hash,
      storedHash,
      storedBytes: stored.length,
      minMs,
      maxMs,
      replaces,
      inline: packed.length <= inlineLimitBytes ? stored : null,
    },
    stored,
    columns: columns.value,
  };
};

function rangeOf(values: Float64Array): [number, number] {
  let min = values[0] ?? 0;
  let max = min;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}
