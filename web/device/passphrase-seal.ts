/**
 * Sealing under a passphrase: PBKDF2-SHA-256 to an AES-256-GCM key. Layout: version (1 byte), rounds (4 bytes,
 * little-endian), salt (16 bytes), then what `seal` gives. Opening with another passphrase, or damaged bytes, gives
 * null: the two cannot be told apart.
 */
import { openSealed, seal } from './seal.ts';

const version = 1;
const rounds = 600_000;
/** More would be somebody's trap, not somebody's caution. */
const mostRounds = 10_000_000;
const saltAt = 5;
const sealedAt = saltAt + 16;

export const sealWithPassphrase = async (bytes: Uint8Array, passphrase: string): Promise<Uint8Array> => {
  const salt = crypto.getRandomValues(new Uint8Array(sealedAt - saltAt));
  const sealed = await seal(bytes, await keyOf(passphrase, salt, rounds));
  const whole = new Uint8Array(sealedAt + sealed.length);
  whole[0] = version;
  new DataView(whole.buffer).setUint32(1, rounds, true);
  whole.set(salt, saltAt);
  whole.set(sealed, sealedAt);
  return whole;
};

export const openWithPassphrase = async (sealed: Uint8Array, passphrase: string): Promise<Uint8Array | null> => {
  if (sealed.length <= sealedAt || sealed[0] !== version) return null;
  const asked = new DataView(sealed.buffer, sealed.byteOffset).getUint32(1, true);
  if (asked === 0 || asked > mostRounds) return null;
  return openSealed(sealed.subarray(sealedAt), await keyOf(passphrase, sealed.slice(saltAt, sealedAt), asked));
};

/** The same passphrase typed on another keyboard is the same: NFKC. */
async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
