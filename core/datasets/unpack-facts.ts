import { type Result, ok } from '../result.ts';
import { customerIdAt } from './customer-column.ts';
import type { Fact } from './fact.ts';
import { factSchema } from './fact-schema.ts';
import { textsOf } from './text-column.ts';
import { type ChunkColumns, type UnpackFailure, unpackColumns } from './unpack-columns.ts';

/** The facts of a packed chunk as objects, in its order. For small chunks, export and tests; the ledger takes columns. */
export const unpackFacts = (chunk: Uint8Array): Result<readonly Fact[], UnpackFailure> => {
  const unpacked = unpackColumns(chunk);
  if (!unpacked.ok) return unpacked;
  return ok(factsFromColumns(unpacked.value));
};

export const factsFromColumns = (columns: ChunkColumns): readonly Fact[] => {
  const facts: Record<string, unknown>[] = Array.from({ length: columns.rows }, () => ({ kind: columns.kind }));
  for (const name of Object.keys(factSchema[columns.kind])) {
    const valueAt = createColumnAccess(columns, name);
    for (let row = 0; row < facts.length; row++) facts[row]![name] = valueAt(row);
  }
  return facts as unknown as readonly Fact[];
};

function createColumnAccess(columns: ChunkColumns, name: string): (row: number) => unknown {
  const shape = factSchema[columns.kind][name]!;
  if (shape.type === 'text') {
    const column = columns.text[name]!;
    const texts = textsOf(column);
    return (row) => texts[column.places[row]!];
  }
  if (shape.type === 'customer') {
    const column = columns.customer[name]!;
    const ids = Array.from(column.high, (_, place) => customerIdAt(column, place));
    return (row) => (column.places[row]! < 0 ? '' : ids[column.places[row]!]);
  }
  if (shape.type === 'word') return (row) => shape.words[columns.word[name]![row]!];
  const values = columns.number[name]!;
  return shape.type === 'flag' ? (row) => values[row] === 1 : (row) => values[row];
}
