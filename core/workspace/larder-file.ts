/**
 * A whole workspace in one file: its documents (as deflated Yjs updates) and the blobs of its facts (as they are
 * stored). Layout: 8 bytes `LARDER` 0 version; the header's length (4 bytes, little-endian) and SHA-256 (32 bytes); the
 * header, deflated JSON; then the bodies in the header's order. Every body is checked against its own SHA-256, so a
 * file is either read whole or refused. Contact details and the identity secret are in it only inside a sealed section,
 * which is opaque here: whoever wrote it opens it. A file with one is of version 2, one without is of version 1.
 */
import { type Result, fail, ok } from '../result.ts';
import { hexFromBytes } from '../units/ids.ts';
import type { Platform } from '../units/platform.ts';

export interface LarderEntry {
  readonly kind: 'document' | 'blob';
  /** The room path of a document; the hash of a blob. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface LarderContents {
  readonly workspace: string;
  readonly brand: string;
  readonly exportedMs: number;
  readonly entries: readonly LarderEntry[];
  readonly sealed: Uint8Array | null;
}

export type LarderFailure = { readonly kind: 'not-larder' | 'newer-version' | 'damaged' };

const magic = [0x4c, 0x41, 0x52, 0x44, 0x45, 0x52, 0];
const newestVersion = 2;
const headerAt = 44;
const mostHeaderBytes = 64 * 1024 * 1024;
const mostDocumentBytes = 256 * 1024 * 1024;

interface HeaderEntry {
  readonly kind: LarderEntry['kind'] | 'sealed';
  readonly name: string;
  /** As stored in this file. */
  readonly length: number;
  /** Once inflated; the same as `length` for what is not a document. */
  readonly whole: number;
  readonly sha256: string;
}

interface Header {
  readonly workspace: string;
  readonly brand: string;
  readonly exportedMs: number;
  readonly entries: readonly HeaderEntry[];
}

export const writeLarderFile = async (contents: LarderContents, platform: Platform): Promise<Uint8Array> => {
  const entries: HeaderEntry[] = [];
  const bodies: Uint8Array[] = [];
  const { workspace, brand, exportedMs, sealed } = contents;
  const sections = sealed === null ? [] : [{ kind: 'sealed' as const, name: '', bytes: sealed }];
  for (const { kind, name, bytes } of [...contents.entries, ...sections]) {
    const body = kind === 'document' ? await platform.deflate(bytes) : bytes;
    bodies.push(body);
    const sha256 = hexFromBytes(await platform.sha256(body));
    entries.push({ kind, name, length: body.length, whole: bytes.length, sha256 });
  }
  const header = await platform.deflate(platform.utf8(JSON.stringify({ workspace, brand, exportedMs, entries })));
  const file = new Uint8Array(headerAt + header.length + bodies.reduce((sum, { length }) => sum + length, 0));
  file.set([...magic, sealed === null ? 1 : newestVersion]);
  new DataView(file.buffer).setUint32(8, header.length, true);
  file.set(await platform.sha256(header), 12);
  file.set(header, headerAt);
  let at = headerAt + header.length;
  for (const body of bodies) {
    file.set(body, at);
    at += body.length;
  }
  return file;
};

export const readLarderFile = async (
  file: Uint8Array,
  platform: Platform,
): Promise<Result<LarderContents, LarderFailure>> => {
  if (magic.some((byte, at) => file[at] !== byte)) return fail({ kind: 'not-larder' });
  if ((file[7] ?? 0) > newestVersion) return fail({ kind: 'newer-version' });
  if (file.length < headerAt) return fail({ kind: 'damaged' });
  const length = new DataView(file.buffer, file.byteOffset).getUint32(8, true);
  const packed = file.subarray(headerAt, headerAt + length);
  if (hexFromBytes(await platform.sha256(packed)) !== hexFromBytes(file.subarray(12, headerAt)))
    return fail({ kind: 'damaged' });
  const header = await readHeader(packed, platform);
  if (header === null) return fail({ kind: 'damaged' });

  const entries: LarderEntry[] = [];
  let sealed: Uint8Array | null = null;
  let at = headerAt + length;
  for (const { kind, name, length: stored, whole, sha256 } of header.entries) {
    const body = file.subarray(at, at + stored);
    at += stored;
    if (body.length !== stored || hexFromBytes(await platform.sha256(body)) !== sha256)
      return fail({ kind: 'damaged' });
    const bytes =
      kind === 'document' ? await platform.inflate(body, Math.min(whole, mostDocumentBytes)).catch(() => null) : body;
    if (bytes === null || bytes.length !== whole) return fail({ kind: 'damaged' });
    if (kind === 'sealed') sealed = bytes;
    else entries.push({ kind, name, bytes });
  }
  if (at !== file.length) return fail({ kind: 'damaged' });
  const { workspace, brand, exportedMs } = header;
  return ok({ workspace, brand, exportedMs, entries, sealed });
};

async function readHeader(packed: Uint8Array, platform: Platform): Promise<Header | null> {
  const bytes = await platform.inflate(packed, mostHeaderBytes).catch(() => null);
  if (bytes === null) return null;
  try {
    const header = JSON.parse(platform.decodeText(bytes, 'utf-8')) as unknown;
    return isHeader(header) ? header : null;
  } catch {
    return null;
  }
}

function isHeader(value: unknown): value is Header {
  if (!isObject(value)) return false;
  const { workspace, brand, exportedMs, entries } = value;
  return (
    typeof workspace === 'string' &&
    typeof brand === 'string' &&
    Number.isSafeInteger(exportedMs) &&
    Array.isArray(entries) &&
    entries.every(
      (entry: unknown) =>
        isObject(entry) &&
        ['document', 'blob', 'sealed'].includes(entry.kind as string) &&
        typeof entry.name === 'string' &&
        typeof entry.sha256 === 'string' &&
        [entry.length, entry.whole].every((count) => Number.isSafeInteger(count) && Number(count) >= 0),
    )
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
