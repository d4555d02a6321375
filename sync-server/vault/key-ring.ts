/**
 * The keys under which this server seals what must be read back: contact details, webhook secrets. AES-256-GCM; a
 * sealed text is `<key id>.<base64 of nonce, tag, body>`, bound to the place it was sealed for, so that it opens under
 * its own key and nowhere else. The first key seals, all of them open.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface KeyRing {
  /** Under this key everything new is sealed. */
  readonly currentId: string;
  readonly ids: readonly string[];
  /** The keys themselves, the current one first: for a backup that carries them under a passphrase. */
  readonly keys: readonly Uint8Array[];
  /** `about` names the place, as `<collection>/<key>`. */
  seal(text: string, about: string): string;
  /** Null when its key is not here, or it was changed, or belongs to another place. */
  open(sealed: string, about: string): string | null;
}

export const keyBytes = 32;

export const createKey = (): Uint8Array => new Uint8Array(randomBytes(keyBytes));

/** Says which key it is and nothing about it. */
export const keyIdOf = (key: Uint8Array): string =>
  createHash('sha256').update('larder-key').update(key).digest('hex').slice(0, 12);

export const createKeyRing = (keys: readonly Uint8Array[]): KeyRing => {
  const keyById = new Map(keys.map((key) => [keyIdOf(key), key]));
  const [currentId] = keyById.keys();
  const current = currentId === undefined ? undefined : keyById.get(currentId);
  if (currentId === undefined || current === undefined) throw new Error('a key ring without a key');
  return {
    currentId,
    ids: [...keyById.keys()],
    keys: [...keyById.values()],
    seal: (text, about) => `${currentId}.${encrypt(current, text, about).toString('base64')}`,
    open: (sealed, about) => {
      const id = keyIdOfSealed(sealed);
      const bytes = Buffer.from(sealed.slice(id === null ? 0 : id.length + 1), 'base64');
      if (id !== null) return decrypt(keyById.get(id), bytes, about);
      // Written before keys had names.
      for (const key of keyById.values()) {
        const text = decrypt(key, bytes, null);
        if (text !== null) return text;
      }
      return null;
    },
  };
};

/** Null for what was sealed before keys had names. */
export const keyIdOfSealed = (sealed: string): string | null => {
  const at = sealed.indexOf('.');
  return at < 0 ? null : sealed.slice(0, at);
};

const encrypt = (key: Uint8Array, text: string, about: string): Buffer => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
};

const decrypt = (key: Uint8Array | undefined, bytes: Buffer, about: string | null): string | null => {
  if (key === undefined || bytes.length < 28) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    if (about !== null) decipher.setAAD(Buffer.from(about));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
};
