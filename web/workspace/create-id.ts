/** A new id that may become part of a room name: a letter for the noun, then twelve random characters. */
export const createId = (noun: string): string =>
  noun + [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => (byte % 36).toString(36)).join('');
