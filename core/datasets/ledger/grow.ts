import type { FittedColumn } from '../ledger-columns.ts';

type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/** The column itself while it has room for `count`, else a copy with twice the room; new places hold `fill`. */
export const grow = <Kind extends Column>(column: Kind, count: number, fill = 0): Kind => {
  if (count <= column.length) return column;
  const room = Math.max(64, Math.ceil(count > 65_536 ? count * 1.5 : count * 2));
  const grown = new (column.constructor as new (length: number) => Kind)(room);
  grown.set(column);
  if (fill !== 0) grown.fill(fill, column.length);
  return grown;
};

/** Without the room beyond a sixteenth more than `count`. */
export const trim = <Kind extends Column>(column: Kind, count: number): Kind => {
  const room = count + (count >> 4) + 64;
  return column.length <= room ? column : (column.slice(0, room) as Kind);
};

const widths = [Uint8Array, Uint16Array, Int32Array, Float64Array] as const;

/** The column itself while all these numbers fit into it, else the same numbers in a wider one. */
export const fit = (column: FittedColumn, values: ArrayLike<number>): FittedColumn => {
  const given = widths.findIndex((kind) => column instanceof kind);
  let width = given;
  for (let at = 0; at < values.length && width < 3; at++) {
    const value = values[at]!;
    if (width === 0 && (value & 0xff) !== value) width = 1;
    if (width === 1 && (value & 0xffff) !== value) width = 2;
    if (width === 2 && (value | 0) !== value) width = 3;
  }
  return width === given ? column : new widths[width]!(column);
};

/** Spreads the bits of a 32-bit number (MurmurHash3's finaliser). */
export const mix = (value: number): number => {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Slots of an open-addressing table, at most half full; -1 is free. `hashOf` gives the hash of a kept entry. */
export const growSlots = (
  slots: Int32Array<ArrayBuffer>,
  count: number,
  hashOf: (entry: number) => number,
): Int32Array<ArrayBuffer> => {
  if (2 * count < slots.length) return slots;
  const grown = new Int32Array(Math.max(64, 2 * slots.length)).fill(-1);
  const mask = grown.length - 1;
  for (let entry = 0; entry < count; entry++) {
    let slot = hashOf(entry) & mask;
    while (grown[slot] !== -1) slot = (slot + 1) & mask;
    grown[slot] = entry;
  }
  return grown;
};
