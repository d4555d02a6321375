/**
 * The packed bytes of a chunk: from its record, from this device, or from the server. Whatever comes is checked against
 * the hash that the manifest names; what does not match is never handed on.
 */
import { type ManifestRecord, mostPackedBytes } from '#core/datasets/manifest-record.ts';
import { type Result, fail, ok } from '#core/result.ts';
import { hexFromBytes } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { BlobStore } from '#web/device/blob-store.ts';

export type BytesFailure = { readonly kind: 'unreachable' | 'missing' | 'damaged' };

export interface ChunkBytesDeps {
  readonly store: BlobStore;
  readonly platform: Platform;
  readonly workspace: string;
  /** Null in a workspace without a server. */
  readonly origin: string | null;
}

export const blobAddress = ({ origin, workspace }: ChunkBytesDeps, path: string, hash: string): string =>
  `${origin}/api/workspaces/${workspace}/rooms/${path}/blobs/${hash}`;

export const readChunk = async (
  deps: ChunkBytesDeps,
  path: string,
  record: ManifestRecord,
): Promise<Result<Uint8Array, BytesFailure>> => {
  if (record.inline !== null) return unpackStored(deps, record, record.inline);
  const kept = await deps.store.blobs.get(record.hash);
  if (kept !== undefined) {
    const packed = await unpackStored(deps, record, kept.stored);
    if (packed.ok || deps.origin === null) return packed;
    // Damaged on this disk; the server may have it whole.
    await deps.store.blobs.delete(record.hash);
  }
  if (deps.origin === null) return fail({ kind: 'missing' });
  const response = await fetch(blobAddress(deps, path, record.hash), { credentials: 'same-origin' }).catch(() => null);
  if (response === null || response.status >= 500) return fail({ kind: 'unreachable' });
  if (!response.ok) return fail({ kind: 'missing' });
  const body = await response.arrayBuffer().catch(() => null);
  if (body === null) return fail({ kind: 'unreachable' });
  const stored = new Uint8Array(body);
  const packed = await unpackStored(deps, record, stored);
  // A full disk must not keep the chunk from being counted now.
  if (packed.ok) await deps.store.blobs.put({ hash: record.hash, stored }).catch(() => undefined);
  return packed;
};

async function unpackStored(
  { platform }: ChunkBytesDeps,
  record: ManifestRecord,
  stored: Uint8Array,
): Promise<Result<Uint8Array, BytesFailure>> {
  if (record.bytes > mostPackedBytes) return fail({ kind: 'damaged' });
  const packed = await platform.inflate(stored, record.bytes).catch(() => null);
  const isWhole = packed !== null && hexFromBytes(await platform.sha256(packed)) === record.hash;
  return isWhole ? ok(packed) : fail({ kind: 'damaged' });
}
