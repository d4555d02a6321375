/** Keys under a passphrase: scrypt (N 2^17, r 8, p 1) to an AES-256-GCM key. */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';

const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

/** Salt, nonce, tag, body. */
export const sealKeys = async (keys: readonly Uint8Array[], passphrase: string): Promise<Uint8Array> => {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt), nonce);
  const body = Buffer.concat([cipher.update(Buffer.concat(keys)), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]);
};

/** Null with another passphrase. */
export const openKeys = async (sealed: Uint8Array, passphrase: string): Promise<readonly Uint8Array[] | null> => {
  const bytes = Buffer.from(sealed);
  try {
    const key = await derive(passphrase, bytes.subarray(0, 16));
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(16, 28)).setAuthTag(bytes.subarray(28, 44));
    const plain = Buffer.concat([decipher.update(bytes.subarray(44)), decipher.final()]);
    return Array.from({ length: plain.length / 32 }, (_, at) => new Uint8Array(plain.subarray(at * 32, at * 32 + 32)));
  } catch {
    return null;
  }
};

const derive = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
