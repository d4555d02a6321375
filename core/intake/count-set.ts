/**
 * Counts distinct texts in 8 bytes each, by 53-bit hashes: two texts out of a million collide with a chance of about
 * 5e-5, which only ever makes a shown count one too small.
 */
export interface CountSet {
  readonly size: number;
  /** True when the text was not there yet. */
  add(text: string): boolean;
}

export const createCountSet = (): CountSet => {
  let slots = new Float64Array(1024);
  let size = 0;
  const place = (hash: number): boolean => {
    const mask = slots.length - 1;
    let at = (hash >>> 0) & mask;
    while (slots[at] !== 0) {
      if (slots[at] === hash) return false;
      at = (at + 1) & mask;
    }
    slots[at] = hash;
    return true;
  };
  return {
    get size() {
      return size;
    },
    add(text) {
      if (!place(hashOf(text))) return false;
      if (++size * 2 > slots.length) {
        const old = slots;
        slots = new Float64Array(old.length * 2);
        for (const hash of old) if (hash !== 0) place(hash);
      }
      return true;
    },
  };
};

/** cyrb53, public domain; never 0. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0) || 1;
}
