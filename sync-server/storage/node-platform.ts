/** The server's side of core's Platform: zlib and crypto of Node. */
import { createHash, createHmac } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Platform } from '#core/units/platform.ts';

const deflateRawAsync = promisify(deflateRaw);
const inflateRawAsync = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);
const encoder = new TextEncoder();

export const createNodePlatform = (hmacKey: Uint8Array): Platform => ({
  deflate: async (bytes) => plain(await deflateRawAsync(bytes)),
  inflate: async (bytes, limitBytes) =>
    plain(await inflateRawAsync(bytes, { maxOutputLength: Math.max(1, limitBytes) })),
  sha256: async (bytes) => plain(createHash('sha256').update(bytes).digest()),
  hmac: async (bytes) => plain(createHmac('sha256', hmacKey).update(bytes).digest()),
  utf8: (text) => encoder.encode(text),
  decodeText: (bytes, encoding) => new TextDecoder(encoding).decode(bytes),
});

/** A Buffer is a Uint8Array that prints and compares otherwise; core gets the plain kind. */
const plain = (buffer: Buffer): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
