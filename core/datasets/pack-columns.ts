/**
 * A chunk, version 1: header (magic, version, kind, rows, checksum of everything else) and the columns of `factSchema`
 * one after another. Equal rows give equal bytes on every device. At most `mostRows` rows. Before it is stored or sent
 * a chunk is deflated; its hash is taken over the bytes made here, because deflate output differs between engines.
 *
 * | byte | holds |
 * | --- | --- |
 * | 0 | `LRDR` |
 * | 4 | version |
 * | 5 | kind, as its place in `kindCodes` |
 * | 6 | two zero bytes |
 * | 8 | rows |
 * | 12 | CRC-32 of bytes 0 to 11 and of everything from byte 16 on |
 */
import { ByteWriter } from './byte-writer.ts';
import { crc32 } from './crc-32.ts';
import { writeCustomers } from './customer-column.ts';
import type { FactKind } from './fact.ts';
import type { FactColumns } from './fact-columns.ts';
import { type ColumnShape, factSchema, kindCodes } from './fact-schema.ts';
import { writeNumbers } from './number-column.ts';
import { writeTexts } from './text-column.ts';

export const magic = 0x5244524c;
export const chunkVersion = 1;
export const headerBytes = 16;
/** A header that promises more is refused before anything is allocated. */
export const mostRows = 2 ** 21;

export const packColumns = <Kind extends FactKind>({ kind, rows, columns }: FactColumns<Kind>): Uint8Array => {
  if (rows > mostRows) throw new Error(`a chunk holds at most ${mostRows} rows`);
  const writer = new ByteWriter();
  writer.uint32(magic);
  writer.byte(chunkVersion);
  writer.byte(kindCodes.indexOf(kind));
  writer.byte(0);
  writer.byte(0);
  writer.uint32(rows);
  writer.uint32(0);
  for (const [name, shape] of Object.entries(factSchema[kind])) {
    const values = (columns as Readonly<Record<string, ArrayLike<never>>>)[name];
    if (values === undefined || values.length !== rows) throw new Error(`column ${kind}.${name} has no ${rows} values`);
    writeColumn(writer, shape, values);
  }
  writer.overwriteUint32(12, checksumOf(writer.view()));
  return writer.view().slice();
};

export const checksumOf = (chunk: Uint8Array): number =>
  (crc32(chunk.subarray(headerBytes)) ^ crc32(chunk.subarray(0, 12))) >>> 0;

function writeColumn(writer: ByteWriter, shape: ColumnShape, values: ArrayLike<never>): void {
  if (shape.type === 'number') writeNumbers(writer, values);
  else if (shape.type === 'flag')
    writeNumbers(
      writer,
      Array.from(values, (value) => (value ? 1 : 0)),
    );
  else if (shape.type === 'customer') writeCustomers(writer, values, shape.mayBeNobody);
  else writeTexts(writer, values);
}
