/**
 * Baskets as the FIMI files have them: one a line, items apart by blanks. Items are whole numbers or words; one that
 * stands twice in a line counts once; lines without an item are no baskets. `.gz` is unpacked.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Baskets } from '#core/insight/basket/baskets.ts';
import { BadInput } from './evaluate-task.ts';

export interface NamedBaskets extends Baskets {
  /** By number: as the file writes it. */
  readonly names: readonly string[];
}

export const readBaskets = (path: string): NamedBaskets => {
  const bytes = readBytes(path);
  const names: string[] = [];
  const numberOf = new Map<string, number>();
  const byValue = new Int32Array(1 << 20).fill(-1);
  const items = new Int32Array((bytes.length >> 1) + 1);
  const starts: number[] = [0];
  let seen = new Int32Array(1024).fill(-1);
  let size = 0;
  const take = (from: number, to: number): void => {
    const value = smallNumber(bytes, from, to, byValue.length);
    let item = value < 0 ? -1 : byValue[value]!;
    if (item < 0) {
      const name = bytes.toString('utf8', from, to);
      item = numberOf.get(name) ?? names.push(name) - 1;
      numberOf.set(name, item);
      if (value >= 0) byValue[value] = item;
    }
    if (item >= seen.length) {
      const wider = new Int32Array(2 * item).fill(-1);
      wider.set(seen);
      seen = wider;
    }
    const basket = starts.length;
    if (seen[item] === basket) return;
    seen[item] = basket;
    items[size++] = item;
  };
  let from = -1;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at] ?? newline;
    if (byte > space) {
      if (from < 0) from = at;
      continue;
    }
    if (from >= 0) take(from, at);
    from = -1;
    if (byte === newline && size > starts[starts.length - 1]!) starts.push(size);
  }
  return {
    count: starts.length - 1,
    itemCount: names.length,
    starts: Int32Array.from(starts),
    items: items.subarray(0, size),
    names,
  };
};

const newline = 10;
const space = 32;
const zero = 48;

/** Digits without a leading zero below `limit`, so that number and name are one; else -1. */
function smallNumber(bytes: Buffer, from: number, to: number, limit: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - zero;
    if (digit < 0 || digit > 9 || (digit === 0 && at === from && to > from + 1)) return -1;
    value = 10 * value + digit;
    if (value >= limit) return -1;
  }
  return value;
}

function readBytes(path: string): Buffer {
  try {
    const bytes = readFileSync(path);
    return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  } catch (error) {
    throw new BadInput(`cannot read ${path}: ${(error as Error).message}`);
  }
}
