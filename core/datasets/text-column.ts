/** One column of texts as bytes: each distinct text once, in order of first appearance, then its place for every row. */
import { type ByteReader, UnreadableBytes } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { decodeText } from './decode-text.ts';
import { rememberTexts } from '../units/remember-texts.ts';
import { readNumbers, writeNumbers } from './number-column.ts';

export interface TextColumn {
  /** Text t of the dictionary is `bytes[ends[t - 1] ?? 0]` up to `bytes[ends[t]]`. */
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  /** Place in the dictionary, by row. */
  readonly places: Uint32Array;
}

export const textAt = ({ bytes, ends }: Pick<TextColumn, 'bytes' | 'ends'>, place: number): string =>
  decodeText(bytes, place === 0 ? 0 : ends[place - 1]!, ends[place]!);

export const textsOf = (column: TextColumn): string[] => Array.from(column.ends, (_, place) => textAt(column, place));

export const writeTexts = (writer: ByteWriter, values: ArrayLike<string>): void => {
  const places = new Uint32Array(values.length);
  const lengths: number[] = [];
  const dictionary = new ByteWriter();
  const placeOf = rememberTexts((text) => {
    const before = dictionary.length;
    dictionary.text(text);
    return lengths.push(dictionary.length - before) - 1;
  }, values.length);
  for (let row = 0; row < values.length; row++) {
    // Rows of one order follow one another, and many columns hardly change: most texts are those of the row before.
    places[row] = row > 0 && values[row] === values[row - 1] ? places[row - 1]! : placeOf(values[row]!);
  }
  writer.uint32(lengths.length);
  writer.uint32(dictionary.length);
  writeNumbers(writer, lengths);
  writer.bytes(dictionary.view());
  writeNumbers(writer, places);
};

export const readTexts = (reader: ByteReader, rows: number): TextColumn => {
  const count = reader.uint32();
  const size = reader.uint32();
  if (count > rows) throw new UnreadableBytes();
  const lengths = readNumbers(reader, count);
  const ends = new Uint32Array(count);
  let end = 0;
  for (let place = 0; place < count; place++) {
    const length = lengths[place]!;
    end += length;
    if (!Number.isInteger(length) || length < 0 || end > size) throw new UnreadableBytes();
    ends[place] = end;
  }
  if (end !== size) throw new UnreadableBytes();
  const bytes = reader.bytes(size);
  return { bytes, ends, places: toPlaces(readNumbers(reader, rows), count) };
};

export const toPlaces = (values: Float64Array, count: number): Uint32Array => {
  const places = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!(value >= 0 && value < count)) throw new UnreadableBytes();
    places[row] = value;
    if (places[row] !== value) throw new UnreadableBytes();
  }
  return places;
};
