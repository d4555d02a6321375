/**
 * What can tell one customer from another. A strong key belongs to exactly one person, so two customer ids that carry
 * the same strong key are one person. A masked phone belongs to ten thousand people: it may suggest, never merge.
 */
export const identityKeyKinds = [
  'phone',
  'email',
  'openid',
  'unionid',
  'external-userid',
  'platform-id',
  'masked-phone',
] as const;
export type IdentityKeyKind = (typeof identityKeyKinds)[number];

export const isStrongKey = (kind: IdentityKeyKind): boolean => kind !== 'masked-phone';
