/**
 * How facts are cut into chunks: by dataset, business month and kind, so many rows that a packed chunk stays near 256
 * KB. What a row weighs is known only once it is packed, so the number of rows follows from the last chunk of the kind.
 */
import { dayFromMs, monthFromMs } from '../units/business-day.ts';
import { datasetOfKind, type Fact, type FactKind } from './fact.ts';
import type { FactColumns, FactOfKind } from './fact-columns.ts';
import { factSchema } from './fact-schema.ts';
import { chunkTargetBytes } from './manifest-record.ts';
import { columnsFromFacts } from './pack-facts.ts';
import { packColumns } from './pack-columns.ts';

export interface PlannedChunk {
  /** Room path after the workspace: `facts/orders/2026-11`. */
  readonly path: string;
  readonly packed: Uint8Array;
}

type Values = Record<string, unknown[]>;

interface Group {
  readonly path: string;
  readonly kind: FactKind;
  columns: Values;
  rows: number;
}

export const pathOfFact = (kind: FactKind, atMs: number): string => `facts/${datasetOfKind[kind]}/${monthFromMs(atMs)}`;

export class ChunkCutter {
  readonly #groupByKey = new Map<string, Group>();
  readonly #rowBytes: Partial<Record<FactKind, number>> = {};

  /** Takes facts of any kinds; answers the chunks that became full. */
  add(facts: readonly Fact[]): readonly PlannedChunk[] {
    const factsByKind = new Map<FactKind, Fact[]>();
    for (const fact of facts) {
      const own = factsByKind.get(fact.kind);
      if (own === undefined) factsByKind.set(fact.kind, [fact]);
      else own.push(fact);
    }
    return [...factsByKind].flatMap(([kind, own]) =>
      this.addColumns(columnsFromFacts(kind, own as FactOfKind<typeof kind>[])),
    );
  }

  addColumns({ kind, rows, columns }: FactColumns): readonly PlannedChunk[] {
    const values = columns as unknown as Readonly<Record<string, ArrayLike<unknown>>>;
    const names = Object.keys(factSchema[kind]);
    const full: PlannedChunk[] = [];
    const atMs = values.atMs as ArrayLike<number>;
    let group: Group | null = null;
    let day = NaN;
    for (let row = 0; row < rows; row++) {
      // Most rows lie on the day of the row before.
      if (group === null || dayFromMs(atMs[row]!) !== day) {
        day = dayFromMs(atMs[row]!);
        group = this.#groupOf(pathOfFact(kind, atMs[row]!), kind);
      }
      for (const name of names) group.columns[name]!.push(values[name]![row]);
      if (++group.rows >= this.#rowsAChunk(kind)) full.push(this.#cut(group));
    }
    return full;
  }

  /** The chunks that are not full. Nothing is left afterwards. */
  finish(): readonly PlannedChunk[] {
    const rest = [...this.#groupByKey.values()].filter(({ rows }) => rows > 0).map((group) => this.#cut(group));
    this.#groupByKey.clear();
    return rest;
  }

  #groupOf(path: string, kind: FactKind): Group {
    const key = `${path} ${kind}`;
    let group = this.#groupByKey.get(key);
    if (group === undefined) {
      group = { path, kind, columns: emptyColumns(kind), rows: 0 };
      this.#groupByKey.set(key, group);
    }
    return group;
  }

  #rowsAChunk(kind: FactKind): number {
    return Math.max(1, Math.floor(chunkTargetBytes / (this.#rowBytes[kind] ?? 40)));
  }

  #cut(group: Group): PlannedChunk {
    const { path, kind, rows } = group;
    const packed = packColumns({ kind, rows, columns: group.columns as never });
    this.#rowBytes[kind] = packed.length / rows;
    Object.assign(group, { columns: emptyColumns(kind), rows: 0 });
    return { path, packed };
  }
}

function emptyColumns(kind: FactKind): Values {
  return Object.fromEntries(Object.keys(factSchema[kind]).map((name) => [name, []]));
}
