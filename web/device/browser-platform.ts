/** What core needs of the platform, from the browser's own means. Works in workers too. */
import type { Platform } from '#core/units/platform.ts';

/** `identityKey` is the workspace's HMAC key; without one, as for a host, `hmac` rejects. */
export const createBrowserPlatform = (identityKey: CryptoKey | null): Platform => ({
  deflate: (bytes) => through(bytes, new CompressionStream('deflate-raw'), Infinity),
  inflate: (bytes, limitBytes) => through(bytes, new DecompressionStream('deflate-raw'), limitBytes),
  sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', ownBytes(bytes))),
  hmac: async (bytes) => {
    if (identityKey === null) throw new Error('this device holds no identity key');
    return new Uint8Array(await crypto.subtle.sign('HMAC', identityKey, ownBytes(bytes)));
  },
  utf8: (text) => new TextEncoder().encode(text),
  decodeText: (bytes, encoding) => new TextDecoder(encoding, { ignoreBOM: false }).decode(bytes),
});

async function through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
  limitBytes: number,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // Its failure is the reader's failure too; reported once, there.
  writer.write(ownBytes(bytes)).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limitBytes) {
      await reader.cancel();
      throw new RangeError('inflates beyond its declared size');
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Web APIs refuse views of shared memory; core never makes any, but its types cannot say so. */
const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>;
