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
    // Rows of one day that follow one another go over together, column by column.
    for (let from = 0; from < rows;) {
      const day = dayFromMs(atMs[from]!);
      const group = this.#groupOf(pathOfFact(kind, atMs[from]!), kind);
      const most = from + Math.max(1, this.#rowsAChunk(kind) - group.rows);
      let to = from + 1;
      while (to < rows && to < most && dayFromMs(atMs[to]!) === day) to++;
      for (const name of names) append(group.columns[name]!, values[name]!, from, to);
      group.rows += to - from;
      if (group.rows >= this.#rowsAChunk(kind)) full.push(this.#cut(group));
      from = to;
    }
    return full;
  }

  /** The chunks that are not full, packed as they are asked for. Nothing is left afterwards. */
  *finish(): Generator<PlannedChunk, void> {
    for (const group of this.#groupByKey.values()) if (group.rows > 0) yield this.#cut(group);
    this.#groupByKey.clear();
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

function append(column: unknown[], values: ArrayLike<unknown>, from: number, to: number): void {
  for (let row = from; row < to; row++) column.push(values[row]);
}

function emptyColumns(kind: FactKind): Values {
  return Object.fromEntries(Object.keys(factSchema[kind]).map((name) => [name, []]));
}
