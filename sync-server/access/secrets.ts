/** Random secrets and the hashes under which they are kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 128 bits, safe in a URL fragment. */
export const createToken = (): string => randomBytes(16).toString('base64url');

/** 256 bits for a session, which lives longer. */
export const createSessionToken = (): string => randomBytes(32).toString('base64url');

export const createIdentitySecret = (): string => randomBytes(32).toString('base64');

/** 60 bits in lower-case letters and digits: fits a room name. */
export const createId = (): string =>
  BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(13, '0')
    .slice(1);

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const isSameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
