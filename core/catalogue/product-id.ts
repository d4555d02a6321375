/**
 * A product's id is made from its first item key, so that two devices which import the same order file while apart
 * create one product and not two. 106 bits of two FNV-1a-like mixes (cyrb53, public domain) in base 36: in a catalogue
 * of a million items a collision has a chance below 1e-19.
 */
import type { ProductId } from '../units/ids.ts';

export const productIdFromItem = (item: string): ProductId =>
  `p-${mix(item, 0).toString(36)}${mix(item, 1).toString(36)}` as ProductId;

function mix(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
