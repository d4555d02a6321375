/**
 * Sealing small secrets at rest: AES-256-GCM under a key of the data folder. A webhook secret must be read back to
 * check a signature, so it cannot be a hash; sealed, a copy of the database alone does not give it away.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Seal {
  close(secret: string): string;
  /** Null when it was sealed under another key or was changed. */
  open(sealed: string): string | null;
}

export const createSeal = (key: Uint8Array): Seal => ({
  close: (secret) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  },
  open: (sealed) => {
    try {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  },
});

/** The key of this data folder, made once and readable by its owner alone. */
export const readSealKey = async (dataFolder: string): Promise<Uint8Array> => {
  const path = join(dataFolder, 'seal.key');
  const made = randomBytes(32);
  try {
    await writeFile(path, made, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return new Uint8Array(await readFile(path));
  }
};
