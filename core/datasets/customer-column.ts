/**
 * One column of customer ids as bytes: a bitmap of the rows where somebody is known (left out when all are), each
 * distinct id once as two 32-bit words, then its place for every known row.
 */
import { isCustomerId } from '../units/ids.ts';
import { type ByteReader, UnreadableBytes } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import { toPlaces } from './text-column.ts';

export interface CustomerColumn {
  /** The ids as two words: high and low. */
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  /** Place in the two lists, by row; -1 where nobody is known. */
  readonly places: Int32Array;
}

export const writeCustomers = (writer: ByteWriter, ids: ArrayLike<string>, mayBeNobody: boolean): void => {
  const rows = ids.length;
  const placeById = new Map<string, number>();
  const high: number[] = [];
  const low: number[] = [];
  const places: number[] = [];
  const bitmap = new Uint8Array((rows + 7) >> 3);
  let before: string | undefined;
  let place: number | undefined;
  for (let row = 0; row < rows; row++) {
    const id = ids[row]!;
    if (id === '' && mayBeNobody) continue;
    bitmap[row >> 3]! |= 1 << (row & 7);
    if (id !== before) place = placeById.get(id);
    before = id;
    if (place === undefined) {
      if (!isCustomerId(id)) throw new Error('not a customer id');
      place = high.length;
      placeById.set(id, place);
      high.push(Number.parseInt(id.slice(0, 8), 16));
      low.push(Number.parseInt(id.slice(8), 16));
    }
    places.push(place);
  }
  const isComplete = places.length === rows;
  writer.byte(isComplete ? 0 : 1);
  if (!isComplete) writer.bytes(bitmap);
  writer.uint32(high.length);
  writeNumbers(writer, high);
  writeNumbers(writer, low);
  writeNumbers(writer, places);
};

export const readCustomers = (reader: ByteReader, rows: number, mayBeNobody: boolean): CustomerColumn => {
  const hasGaps = reader.byte();
  if (hasGaps > (mayBeNobody ? 1 : 0)) throw new UnreadableBytes();
  const bitmap = hasGaps === 1 ? reader.bytes((rows + 7) >> 3) : null;
  let known = rows;
  if (bitmap !== null) {
    known = 0;
    for (let row = 0; row < rows; row++) known += (bitmap[row >> 3]! >> (row & 7)) & 1;
  }
  const count = reader.uint32();
  if (count > known) throw new UnreadableBytes();
  const high = toWords(readNumbers(reader, count));
  const low = toWords(readNumbers(reader, count));
  const dense = toPlaces(readNumbers(reader, known), count);
  const places = new Int32Array(rows).fill(-1);
  for (let row = 0, next = 0; row < rows; row++)
    if (bitmap === null || ((bitmap[row >> 3]! >> (row & 7)) & 1) === 1) places[row] = dense[next++]!;
  return { high, low, places };
};

export const customerIdAt = ({ high, low }: Pick<CustomerColumn, 'high' | 'low'>, place: number): string =>
  high[place]!.toString(16).padStart(8, '0') + low[place]!.toString(16).padStart(8, '0');

function toWords(values: Float64Array): Uint32Array {
  const words = Uint32Array.from(values);
  for (let at = 0; at < words.length; at++) if (words[at] !== values[at]) throw new UnreadableBytes();
  return words;
}
