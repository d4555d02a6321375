/**
 * Branded ids. All are short ASCII strings; only `CustomerId` has a fixed form: 16 lower-case hex digits (64 bits),
 * because datasets pack it as two 32-bit words.
 */
declare const brand: unique symbol;
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type CustomerId = Branded<'customer'>;
export type ProductId = Branded<'product'>;
export type CampaignId = Branded<'campaign'>;
export type ClipId = Branded<'clip'>;
export type ImportId = Branded<'import'>;
export type ChunkId = Branded<'chunk'>;
export type MemberId = Branded<'member'>;
export type WorkspaceId = Branded<'workspace'>;

const customerPattern = /^[0-9a-f]{16}$/;
const slugPattern = /^[a-z0-9-]{1,40}$/;

export const isCustomerId = (text: string): text is CustomerId => customerPattern.test(text);

/** A part of a room name, and every id that may become one: lower-case letters, digits and hyphens, 1 to 40 long. */
export const isSlug = (text: string): boolean => slugPattern.test(text);

/** Sixteen hex digits from eight random bytes. */
export const customerIdFromBytes = (bytes: Uint8Array): CustomerId => hexFromBytes(bytes.subarray(0, 8)) as CustomerId;

export const hexFromBytes = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16);
  return text;
};
