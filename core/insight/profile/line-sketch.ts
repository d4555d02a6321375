/**
 * A small sample by which two sets of order lines are compared: the `size` smallest hashes of their lines (bottom-k sketch;
 * E. Cohen, H. Kaplan, 2007). How many of the smallest of both sets together are in both says how much they share. The same
 * lines give the same sketch in any order, on any device.
 */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';

const size = 128;

export const sketchLines = (ledger: Ledger, asOfDay: BusinessDay): readonly number[] => {
  const { count, live, day, flags, customer, atMs, paidFen } = ledger.orderLines;
  const people = Int32Array.from({ length: ledger.customerCount }, (_, c) => hashOf(ledger.customer(c).id));
  let smallest: number[] = [];
  let bound = Number.POSITIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    if (live[row] !== 1 || ((flags[row] as number) & notAPurchase) !== 0 || (day[row] as number) > asOfDay) continue;
    const at = atMs[row] as number;
    const hash = mix(
      mix(mix(people[customer[row] as number] as number, Math.floor(at / 65_536)), at % 65_536),
      paidFen[row] as number,
    );
    if (hash >= bound) continue;
    smallest.push(hash);
    if (smallest.length < 4 * size) continue;
    smallest = leastOf(smallest);
    bound = smallest.at(-1) ?? bound;
  }
  return leastOf(smallest);
};

/** Of the lines of both, the share that is in both; 1 for the same lines. */
export const sharedLines = (one: readonly number[], other: readonly number[]): number => {
  const [known, fresh] = [new Set(one), new Set(other)];
  const least = leastOf([...one, ...other]);
  return least.length === 0 ? 1 : least.filter((hash) => known.has(hash) && fresh.has(hash)).length / least.length;
};

const leastOf = (hashes: readonly number[]): number[] => [...new Set(hashes)].sort((a, b) => a - b).slice(0, size);

/** A step of MurmurHash3 (A. Appleby), with its last mixing; 0 to 2^32. */
function mix(hash: number, value: number): number {
  let next = hash ^ Math.imul(value, 0xcc9e2d51);
  next ^= next >>> 16;
  next = Math.imul(next, 0x85ebca6b);
  next ^= next >>> 13;
  next = Math.imul(next, 0xc2b2ae35);
  return (next ^ (next >>> 16)) >>> 0;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at));
  return hash;
}
