import type { FactKind } from './fact.ts';
import type { FactColumns, FactOfKind } from './fact-columns.ts';
import { factSchema } from './fact-schema.ts';
import { packColumns } from './pack-columns.ts';

/** Facts of one kind as a packed chunk, in the order given. */
export const packFacts = <Kind extends FactKind>(kind: Kind, facts: readonly FactOfKind<Kind>[]): Uint8Array =>
  packColumns(columnsFromFacts(kind, facts));

export const columnsFromFacts = <Kind extends FactKind>(
  kind: Kind,
  facts: readonly FactOfKind<Kind>[],
): FactColumns<Kind> => {
  const rows = facts as unknown as readonly Readonly<Record<string, unknown>>[];
  const columns: Record<string, unknown[]> = {};
  for (const name of Object.keys(factSchema[kind])) columns[name] = rows.map((row) => row[name]);
  return { kind, rows: facts.length, columns: columns as unknown as FactColumns<Kind>['columns'] };
};
