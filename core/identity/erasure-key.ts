/**
 * A strong key as the erasure list holds it: an HMAC-SHA-256 in hex under the workspace's identity secret. Phones and
 * emails are stored so already; what is stored as given (openid, order numbers that stand for a customer) is hashed
 * here, because the list of those who asked to be forgotten must not itself say who they are.
 */
import { isContact } from '#core/intake/hash-key.ts';
import { hexFromBytes } from '../units/ids.ts';
import type { Platform } from '../units/platform.ts';
import type { IdentityKeyKind } from './key-kind.ts';

export const erasureKey = async (
  platform: Pick<Platform, 'hmac' | 'utf8'>,
  { keyKind, key }: { readonly keyKind: IdentityKeyKind; readonly key: string },
): Promise<string> =>
  isContact({ kind: keyKind }) ? key : hexFromBytes(await platform.hmac(platform.utf8(`${keyKind}:${key}`)));

/** The key by which an order stands for its customer: what an import makes of a row that says nothing else. */
export const orderKey = (shop: string, order: string): { readonly keyKind: 'platform-id'; readonly key: string } => ({
  keyKind: 'platform-id',
  key: `order:${shop}:${order}`,
});
