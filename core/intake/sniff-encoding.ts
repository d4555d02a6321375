/**
 * What kind of bytes a file begins with: text in one of four encodings, something packed that can be opened, or
 * something that is no table at all. Byte-order marks decide; else valid UTF-8; else zero bytes in every second place
 * are UTF-16LE; else valid GB18030 pairs. Refuses files whose first bytes are those of a known binary format, or that
 * hold control bytes no table has.
 */
import { type Result, fail, ok } from '../result.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';
export type Packing = 'gzip' | 'xlsx';
export interface TextForm {
  readonly encoding: Encoding;
  /** Length of the byte-order mark. */
  readonly markBytes: number;
}
type NoTable = 'xls' | 'pdf' | 'image' | 'archive' | 'database' | 'web-page' | 'unknown';
export type SniffFailure =
  | { readonly kind: 'packed'; readonly packing: Packing }
  | { readonly kind: 'binary-file'; readonly looksLike: NoTable }
  | { readonly kind: 'empty-file' };

export const sniffEncoding = (head: Uint8Array): Result<TextForm, SniffFailure> => {
  if (head.length === 0) return fail({ kind: 'empty-file' });
  const known = magics.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (known) return fail(known.failure);
  if (isWebPage(head)) return fail(binary('web-page'));
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return ok({ encoding: 'utf-8', markBytes: 3 });
  if (startsWith(head, 0xff, 0xfe)) return ok({ encoding: 'utf-16le', markBytes: 2 });
  if (looksUtf16(head)) return ok({ encoding: 'utf-16le', markBytes: 0 });
  if (hasControlBytes(head)) return fail(binary('unknown'));
  if (isUtf8(head)) return ok({ encoding: 'utf-8', markBytes: 0 });
  if (isGb18030(head)) return ok({ encoding: 'gb18030', markBytes: 0 });
  return fail({ kind: 'binary-file', looksLike: 'unknown' });
};

const binary = (looksLike: NoTable) => ({ kind: 'binary-file', looksLike }) as const;
const magics: readonly { readonly bytes: readonly number[]; readonly failure: SniffFailure }[] = [
  { bytes: [0x1f, 0x8b], failure: { kind: 'packed', packing: 'gzip' } },
  { bytes: [0x50, 0x4b, 0x03, 0x04], failure: { kind: 'packed', packing: 'xlsx' } },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], failure: binary('xls') },
  { bytes: [0x25, 0x50, 0x44, 0x46], failure: binary('pdf') },
  { bytes: [0x89, 0x50, 0x4e, 0x47], failure: binary('image') },
  { bytes: [0xff, 0xd8, 0xff], failure: binary('image') },
  { bytes: [0x47, 0x49, 0x46, 0x38], failure: binary('image') },
  { bytes: [0x52, 0x61, 0x72, 0x21], failure: binary('archive') },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], failure: binary('archive') },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], failure: binary('database') },
];

function startsWith(head: Uint8Array, ...bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte);
}

/** What many back offices write and call `.xls`. */
function isWebPage(head: Uint8Array): boolean {
  const begin = String.fromCharCode(...head.subarray(0, 200)).replace(/^\xef\xbb\xbf/, '');
  return /^\s*<(!doctype|html|table|\?xml)\b/i.test(begin);
}

function looksUtf16(head: Uint8Array): boolean {
  const pairs = Math.min(head.length >> 1, 2000);
  let zeros = 0;
  for (let at = 0; at < pairs; at++) {
    if (head[2 * at] === 0) return false;
    if (head[2 * at + 1] === 0) zeros++;
  }
  return pairs >= 4 && zeros > pairs * 0.3;
}

function hasControlBytes(head: Uint8Array): boolean {
  let odd = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) odd++;
  }
  return odd > head.length / 1000;
}

/** The last three bytes may be half a character. */
function isUtf8(head: Uint8Array): boolean {
  for (let at = 0; at < head.length;) {
    const byte = head[at] ?? 0;
    const more =
      byte < 0x80
        ? 0
        : byte >= 0xc2 && byte < 0xe0
          ? 1
          : byte >= 0xe0 && byte < 0xf0
            ? 2
            : byte >= 0xf0 && byte < 0xf5
              ? 3
              : -1;
    if (more < 0) return false;
    for (let next = 1; next <= more; next++) {
      if (at + next >= head.length) return true;
      if (((head[at + next] ?? 0) & 0xc0) !== 0x80) return false;
    }
    at += more + 1;
  }
  return true;
}

function isGb18030(head: Uint8Array): boolean {
  let bad = 0;
  let wide = 0;
  for (let at = 0; at < head.length - 1;) {
    const first = head[at] ?? 0;
    if (first < 0x80) {
      at++;
      continue;
    }
    wide++;
    const second = head[at + 1] ?? 0;
    if (first >= 0x81 && first <= 0xfe && second >= 0x30 && second <= 0x39) at += 4;
    else if (first >= 0x81 && first <= 0xfe && second >= 0x40 && second !== 0x7f && second <= 0xfe) at += 2;
    else {
      bad++;
      at++;
    }
  }
  return bad * 200 <= wide;
}
