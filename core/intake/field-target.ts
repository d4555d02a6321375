/** What a column can be used as. The names say the scope of money, because one header means three things. */
export const fieldTargets = [
  'skip',
  'order',
  'sub-order',
  'item-code',
  'sku-code',
  'item-name',
  'spec',
  'category',
  'quantity',
  'line-paid',
  'unit-price',
  'order-paid',
  'line-price',
  'freight',
  'line-discount',
  'order-discount',
  'line-refund',
  'order-refund',
  'currency',
  'status',
  'after-sale',
  'paid-at',
  'created-at',
  'phone',
  'email',
  'openid',
  'unionid',
  'external-userid',
  'buyer-id',
  'nickname',
  'channel',
  'gift-order',
  'shop',
  'tag',
  'consent',
] as const;
export type FieldTarget = (typeof fieldTargets)[number];

/** What a row was paid, one of which a file must have. */
export const paidTargets: readonly FieldTarget[] = ['line-paid', 'unit-price', 'order-paid'];

/** How a column was recognised: shown beside it. */
export type Recognition =
  | 'name'
  | 'name-and-content'
  | 'content'
  | 'remembered'
  | 'masked'
  | 'personal'
  | 'not-needed'
  | 'unknown'
  | 'ask-scope';
