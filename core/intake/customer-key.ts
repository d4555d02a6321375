/**
 * The keys by which a row says who bought. A full phone or an email can tell a person apart and is contact detail, so
 * it leaves this stage only to be hashed; a masked one (`138****0000`, `##…`, `$$…`) only suggests.
 */
export type KeyKind = 'phone' | 'email' | 'openid' | 'unionid' | 'external-userid' | 'platform-id' | 'masked-phone';

export const isMasked = (cell: string): boolean =>
  cell.includes('*') || cell.startsWith('##') || cell.startsWith('$$') || cell.startsWith('~');

/** `+8613800001111`; empty when it is no telephone number. */
export const normalisePhone = (cell: string): string => {
  const text = cell.normalize('NFKC').replace(/[\s()-]/g, '');
  const mainland = /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(text);
  if (mainland) return `+86${mainland[1] ?? ''}`;
  const foreign = /^(?:\+|00)([1-9]\d{6,14})$/.exec(text);
  return foreign ? `+${foreign[1] ?? ''}` : '';
};

export const normaliseEmail = (cell: string): string => {
  const text = cell.normalize('NFKC').trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text : '';
};

/** A mainland number as people write it. */
export const withoutCountry = (phone: string): string => phone.replace(/^\+86/, '');

/** `138****0000` of a full number; what may be shown beside a name. */
export const maskPhone = (phone: string): string => {
  const local = withoutCountry(phone);
  return `${local.slice(0, 3)}****${local.slice(-4)}`;
};

export const looksLikeOpenid = (cell: string): boolean => /^o[A-Za-z0-9_-]{27}$/.test(cell);
export const looksLikeExternalUserid = (cell: string): boolean => /^w[mo][A-Za-z0-9_-]{20,}$/.test(cell);
