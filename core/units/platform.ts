/**
 * What core needs from the platform it runs on. Core compiles with neither DOM nor Node types, so these come in as
 * data; `web/device/browser-platform.ts` and `sync-server/storage/node-platform.ts` supply them.
 */
export interface Platform {
  /** Raw deflate (RFC 1951). The bytes may differ between engines, so no hash is ever taken over them. */
  deflate(bytes: Uint8Array): Promise<Uint8Array>;
  /** Inflates at most `limitBytes`; rejects at the first byte beyond, and on damaged input. */
  inflate(bytes: Uint8Array, limitBytes: number): Promise<Uint8Array>;
  sha256(bytes: Uint8Array): Promise<Uint8Array>;
  /** HMAC-SHA-256 under a key the platform holds; the key itself never enters core. */
  hmac(bytes: Uint8Array): Promise<Uint8Array>;
  utf8(text: string): Uint8Array;
  decodeText(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030' | 'utf-16le'): string;
}

export interface Clock {
  /** Milliseconds since the epoch, corrected to server time where a server is known. */
  nowMs(): number;
}

/** Uniform in [0, 1). Core never owns one: callers pass a seeded or a real source. */
export type Random = () => number;
