/** The chunks a ledger took: where each came from, whether it counts, and which rows of its kind it brought. */
import type { FactKind } from '../fact.ts';
import type { ChunkOrigin } from '../ledger-building.ts';

interface Chunk {
  readonly origin: ChunkOrigin;
  readonly kind: FactKind;
  readonly firstRow: number;
  endRow: number;
  isDropped: boolean;
  isActive: boolean;
}

export interface RowRange {
  readonly kind: FactKind;
  readonly firstRow: number;
  readonly endRow: number;
}

export class ChunkBook {
  readonly #chunks: Chunk[] = [];
  readonly #numberById = new Map<string, number>();
  #withdrawnImports: ReadonlySet<string> = new Set();

  open(origin: ChunkOrigin, kind: FactKind, firstRow: number): number {
    const isActive = !this.#withdrawnImports.has(origin.importId);
    const number = this.#chunks.push({ origin, kind, firstRow, endRow: firstRow, isDropped: false, isActive }) - 1;
    this.#numberById.set(origin.id, number);
    return number;
  }

  close(chunk: number, endRow: number): void {
    this.#chunks[chunk]!.endRow = endRow;
  }

  isActive(chunk: number): boolean {
    return this.#chunks[chunk]!.isActive;
  }

  /** -1 when the chunk was never taken. */
  find(id: string): number {
    return this.#numberById.get(id) ?? -1;
  }

  lines(chunk: number): number {
    return this.#chunks[chunk]!.endRow - this.#chunks[chunk]!.firstRow;
  }

  isDropped(chunk: number): boolean {
    return this.#chunks[chunk]!.isDropped;
  }

  /** The last part of every rank: import time, then chunk id. Positive when `a` ranks above `b`. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const first = this.#chunks[a]!.origin,
      second = this.#chunks[b]!.origin;
    return first.importMs - second.importMs || (first.id < second.id ? -1 : 1);
  }

  /** Marks the chunk and answers what has to be looked at again. */
  setDropped(chunk: number, isDropped: boolean): readonly RowRange[] {
    this.#chunks[chunk]!.isDropped = isDropped;
    return this.#settle();
  }

  setWithdrawnImports(ids: Iterable<string>): readonly RowRange[] {
    this.#withdrawnImports = new Set(ids);
    return this.#settle();
  }

  #settle(): readonly RowRange[] {
    return this.#chunks.filter((chunk) => {
      const isActive = !chunk.isDropped && !this.#withdrawnImports.has(chunk.origin.importId);
      const isChanged = isActive !== chunk.isActive;
      chunk.isActive = isActive;
      return isChanged;
    });
  }
}
