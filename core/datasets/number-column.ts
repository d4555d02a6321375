/**
 * One column of numbers as bytes. Whole numbers, and decimals that a power of ten makes whole, are stored as the
 * distance from the smallest (frame of reference) or from the value before (delta), whichever is narrower, in 0, 1, 2
 * or 4 bytes; anything else as the 8 bytes of a float64. The bytes of equal weight lie side by side, which deflates
 * better and needs no alignment. Exact for every finite number.
 */
import { type ByteReader, UnreadableBytes } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const mode = { frame: 0, delta: 1, float: 2 } as const;
const mostDecimals = 6;

export const writeNumbers = (writer: ByteWriter, values: ArrayLike<number>): void => {
  const decimals = countDecimals(values);
  if (decimals < 0) return writeFloats(writer, values);
  const whole = decimals === 0 ? values : Float64Array.from(values, (value) => Math.round(value * 10 ** decimals));
  const count = whole.length;
  let min = 0,
    max = 0,
    minStep = 0,
    maxStep = 0;
  for (let row = 0; row < count; row++) {
    const value = whole[row]!;
    if (row === 0 || value < min) min = value;
    if (row === 0 || value > max) max = value;
    if (row === 0) continue;
    const step = value - whole[row - 1]!;
    if (row === 1 || step < minStep) minStep = step;
    if (row === 1 || step > maxStep) maxStep = step;
  }
  const frameWidth = widthOf(max - min);
  const stepWidth = Number.isSafeInteger(minStep) && Number.isSafeInteger(maxStep) ? widthOf(maxStep - minStep) : 8;
  if (Math.min(frameWidth, stepWidth) === 8) return writeFloats(writer, values);
  const isDelta = stepWidth < frameWidth;
  writer.byte(isDelta ? mode.delta : mode.frame);
  writer.byte(decimals);
  writer.byte(isDelta ? stepWidth : frameWidth);
  writer.float64(isDelta ? whole[0]! : min);
  if (isDelta) writer.float64(minStep);
  for (let shift = 0; shift < 8 * (isDelta ? stepWidth : frameWidth); shift += 8) {
    const plane = new Uint8Array(isDelta ? Math.max(0, count - 1) : count);
    if (isDelta)
      for (let row = 1; row < count; row++) plane[row - 1] = (whole[row]! - whole[row - 1]! - minStep) >>> shift;
    else for (let row = 0; row < count; row++) plane[row] = (whole[row]! - min) >>> shift;
    writer.bytes(plane);
  }
};

export const readNumbers = (reader: ByteReader, count: number): Float64Array => {
  const how = reader.byte();
  if (how === mode.float) return readFloats(reader, count);
  const decimals = reader.byte();
  const width = reader.byte();
  if ((how !== mode.frame && how !== mode.delta) || decimals > mostDecimals || ![0, 1, 2, 4].includes(width))
    throw new UnreadableBytes();
  const base = reader.float64();
  const minStep = how === mode.delta ? reader.float64() : 0;
  if (!Number.isSafeInteger(base) || !Number.isSafeInteger(minStep)) throw new UnreadableBytes();
  const skipped = how === mode.delta ? 1 : 0;
  const stored = Math.max(0, count - skipped);
  const values = new Float64Array(count);
  readPlanes(reader, width, values.subarray(count - stored));
  if (how === mode.frame) for (let row = 0; row < count; row++) values[row]! += base;
  else
    for (let row = 0, value = base; row < count; row++)
      values[row] = row === 0 ? value : (value += minStep + values[row]!);
  for (let row = 0; row < count; row++) if (!Number.isSafeInteger(values[row]!)) throw new UnreadableBytes();
  if (decimals > 0) for (let row = 0; row < count; row++) values[row]! /= 10 ** decimals;
  return values;
};

/** All bytes of a number at once: a pass for each is what took longest when a chunk is read. */
function readPlanes(reader: ByteReader, width: number, into: Float64Array): void {
  const count = into.length;
  const planes = Array.from({ length: width }, () => reader.bytes(count));
  const [first, second, third, fourth] = planes;
  if (fourth !== undefined)
    for (let row = 0; row < count; row++)
      into[row] = (first![row]! | (second![row]! << 8) | (third![row]! << 16) | (fourth[row]! << 24)) >>> 0;
  else if (second !== undefined) for (let row = 0; row < count; row++) into[row] = first![row]! | (second[row]! << 8);
  else if (first !== undefined) into.set(first);
}

/** The fewest decimals that hold every value exactly; -1 when none does. */
function countDecimals(values: ArrayLike<number>): number {
  let decimals = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) throw new Error(`not a number to keep: ${value}`);
    if (Object.is(value, -0)) return -1;
    for (;;) {
      const scaled = Math.round(value * 10 ** decimals);
      if (Number.isSafeInteger(scaled) && scaled / 10 ** decimals === value && !Object.is(scaled, -0)) break;
      if (++decimals > mostDecimals) return -1;
    }
  }
  // A value that was exact with fewer decimals may not be with the most that any needed.
  for (let row = 0; decimals > 0 && row < values.length; row++) {
    const scaled = Math.round(values[row]! * 10 ** decimals);
    if (!Number.isSafeInteger(scaled) || scaled / 10 ** decimals !== values[row]) return -1;
  }
  return decimals;
}

function widthOf(span: number): 0 | 1 | 2 | 4 | 8 {
  return span === 0 ? 0 : span < 2 ** 8 ? 1 : span < 2 ** 16 ? 2 : span < 2 ** 32 ? 4 : 8;
}

function writeFloats(writer: ByteWriter, values: ArrayLike<number>): void {
  writer.byte(mode.float);
  for (let row = 0; row < values.length; row++) writer.float64(values[row]!);
}

function readFloats(reader: ByteReader, count: number): Float64Array {
  const bytes = reader.bytes(8 * count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const value = view.getFloat64(8 * row, true);
    if (!Number.isFinite(value)) throw new UnreadableBytes();
    values[row] = value;
  }
  return values;
}
