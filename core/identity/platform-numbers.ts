/**
 * The numbers by which a shop's own systems know a person: those that are no contact detail, as the platform gave them.
 * A phone or an email is only known as a keyed hash and is never among them, nor an order's number that stood in for a
 * customer whom nothing else named.
 */
import type { IdentityKeyKind } from './key-kind.ts';

export const platformNumberKinds = ['platform-id', 'openid', 'unionid', 'external-userid'] as const;
export type PlatformNumbers = Readonly<Record<(typeof platformNumberKinds)[number], readonly string[]>>;

export const platformNumbers = (
  keys: readonly { readonly keyKind: IdentityKeyKind; readonly key: string }[],
): PlatformNumbers => {
  const of = (kind: IdentityKeyKind): string[] =>
    keys
      .filter(({ keyKind }) => keyKind === kind)
      .map(({ key }) => key)
      .sort();
  return {
    openid: of('openid'),
    unionid: of('unionid'),
    'external-userid': of('external-userid'),
    // Stored under its shop, as two shops may give the same number.
    'platform-id': of('platform-id')
      .filter((key) => !key.startsWith('order:'))
      .map((key) => key.slice(key.indexOf(':') + 1)),
  };
};
