/** Sets of customers, a bit each in 32-bit words: small enough for the cache, joined 32 at a time. */
export type BitMask = Uint32Array;

export const maskOf = (bytes: Uint8Array, count: number): BitMask => {
  const mask = new Uint32Array((count + 31) >> 5);
  for (let at = 0; at < mask.length; at++) {
    const [from, to] = [at << 5, Math.min(count, (at + 1) << 5)];
    let word = 0;
    for (let c = from; c < to; c++) word |= (bytes[c] as number) << (c - from);
    mask[at] = word;
  }
  return mask;
};

export const without = (mask: BitMask, other: BitMask): BitMask =>
  mask.map((word, at) => word & ~(other[at] as number));

export const joined = (mask: BitMask, other: BitMask): BitMask => mask.map((word, at) => word | (other[at] as number));

export const countOf = (mask: BitMask): number => {
  let count = 0;
  for (let at = 0; at < mask.length; at++) count += bitsOf(mask[at] as number);
  return count;
};

/** 1 for each customer of the set. */
export const bytesOf = (mask: BitMask, count: number): Uint8Array => {
  const bytes = new Uint8Array(count);
  for (let c = 0; c < count; c++) bytes[c] = ((mask[c >> 5] as number) >>> (c & 31)) & 1;
  return bytes;
};

/** The customers of the set, rising. */
export const customersOf = (mask: BitMask): Int32Array => {
  const found = new Int32Array(countOf(mask));
  for (let at = 0, size = 0; at < mask.length; at++)
    for (let left = mask[at] as number; left !== 0; left &= left - 1) found[size++] = at * 32 + lowestBit(left);
  return found;
};

/** The place of the lowest bit of a word that has one. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

/** How many bits a word has (Hacker's Delight). */
function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
