/**
 * The columns of a packed chunk, without an object per row: what the ledger takes. A chunk that is cut off, damaged,
 * made by a later version or inconsistent in itself is refused as a whole; there is never half a chunk or a wrong number.
 */
import { type Result, fail, ok } from '../result.ts';
import { ByteReader, UnreadableBytes } from './byte-reader.ts';
import { type CustomerColumn, readCustomers } from './customer-column.ts';
import type { FactKind } from './fact.ts';
import { type ColumnShape, factSchema, kindCodes } from './fact-schema.ts';
import { readNumbers } from './number-column.ts';
import { checksumOf, chunkVersion, headerBytes, magic, mostRows } from './pack-columns.ts';
import { readTexts, type TextColumn, textAt } from './text-column.ts';

export type UnpackFailure =
  | { readonly kind: 'not-a-chunk' | 'truncated' | 'damaged' | 'inconsistent' | 'too-large' }
  | { readonly kind: 'newer-version'; readonly version: number };

export interface ChunkColumns {
  readonly kind: FactKind;
  readonly rows: number;
  readonly text: Readonly<Record<string, TextColumn>>;
  /** Numbers; flags as 0 and 1. */
  readonly number: Readonly<Record<string, Float64Array>>;
  /** Place in the list of words that the schema names, by row. */
  readonly word: Readonly<Record<string, Uint8Array>>;
  readonly customer: Readonly<Record<string, CustomerColumn>>;
}

export const unpackColumns = (chunk: Uint8Array): Result<ChunkColumns, UnpackFailure> => {
  const header = readHeader(chunk);
  if (!header.ok) return header;
  const { kind, rows } = header.value;
  const columns = { kind, rows, text: {}, number: {}, word: {}, customer: {} };
  try {
    const reader = new ByteReader(chunk, headerBytes);
    for (const [name, shape] of Object.entries(factSchema[kind])) readColumn(reader, name, shape, columns);
    return reader.isAtEnd ? ok(columns) : fail({ kind: 'inconsistent' });
  } catch (error) {
    if (error instanceof UnreadableBytes) return fail({ kind: 'inconsistent' });
    throw error;
  }
};

function readHeader(chunk: Uint8Array): Result<{ kind: FactKind; rows: number }, UnpackFailure> {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (chunk.length >= 4 && view.getUint32(0, true) !== magic) return fail({ kind: 'not-a-chunk' });
  if (chunk.length < headerBytes) return fail({ kind: 'truncated' });
  const version = chunk[4]!;
  // A later version may sum differently, so its number is believed before the checksum.
  if (version > chunkVersion) return fail({ kind: 'newer-version', version });
  if (checksumOf(chunk) !== view.getUint32(12, true)) return fail({ kind: 'damaged' });
  const kind = kindCodes[chunk[5]!];
  const rows = view.getUint32(8, true);
  if (kind === undefined || version !== chunkVersion) return fail({ kind: 'inconsistent' });
  return rows > mostRows ? fail({ kind: 'too-large' }) : ok({ kind, rows });
}

interface Parts {
  readonly rows: number;
  readonly text: Record<string, TextColumn>;
  readonly number: Record<string, Float64Array>;
  readonly word: Record<string, Uint8Array>;
  readonly customer: Record<string, CustomerColumn>;
}

function readColumn(reader: ByteReader, name: string, shape: ColumnShape, into: Parts): void {
  if (shape.type === 'text') into.text[name] = readTexts(reader, into.rows);
  else if (shape.type === 'customer') into.customer[name] = readCustomers(reader, into.rows, shape.mayBeNobody);
  else if (shape.type === 'word') into.word[name] = readWords(reader, shape.words, into.rows);
  else {
    const values = readNumbers(reader, into.rows);
    if (shape.type === 'flag' && values.some((value) => value !== 0 && value !== 1)) throw new UnreadableBytes();
    into.number[name] = values;
  }
}

function readWords(reader: ByteReader, words: readonly string[], rows: number): Uint8Array {
  const texts = readTexts(reader, rows);
  const places = Array.from(texts.ends, (_, place) => words.indexOf(textAt(texts, place)));
  if (places.includes(-1)) throw new UnreadableBytes();
  const values = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) values[row] = places[texts.places[row]!]!;
  return values;
}
