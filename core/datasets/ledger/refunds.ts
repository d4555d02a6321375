/** Refunds by order-line key. One whose order is not here yet waits under the key it will have. */
import { textAt } from '../text-column.ts';
import type { ChunkColumns } from '../unpack-columns.ts';
import type { ChunkBook } from './chunk-book.ts';
import { grow } from './grow.ts';
import { KeyedRows } from './keyed-rows.ts';
import { TextTable } from './text-table.ts';

/** A file that carries only the sum refunded so far names its refund this. */
const total = 'total';

export class Refunds {
  readonly #rows: KeyedRows;
  /** Refund keys: the refund's number within its line key. */
  readonly #keys = new TextTable();
  readonly #refundsOfLine = new Map<number, number[]>();
  #refundFen = new Float64Array(0);
  #exportMs = new Float64Array(0);

  constructor(chunks: ChunkBook, settleLine: (lineKey: number) => void) {
    this.#rows = new KeyedRows(chunks, {
      compare: (a, b) => this.#exportMs[a]! - this.#exportMs[b]!,
      settle: (key) => settleLine(this.#keys.group(key)),
    });
  }

  get count(): number {
    return this.#rows.count;
  }

  take({ rows, number, text }: ChunkColumns, lineKeys: Int32Array, chunk: number): void {
    const column = text.refund!;
    this.#refundFen = grow(this.#refundFen, this.count + rows);
    this.#exportMs = grow(this.#exportMs, this.count + rows);
    for (let at = 0; at < rows; at++) {
      const known = this.#keys.count;
      const key = this.#keys.internText(lineKeys[at]!, textAt(column, column.places[at]!));
      if (key === known)
        this.#refundsOfLine.set(lineKeys[at]!, [...(this.#refundsOfLine.get(lineKeys[at]!) ?? []), key]);
      this.#refundFen[this.count] = number.refundFen![at]!;
      this.#exportMs[this.count] = number.exportMs![at]!;
      this.#rows.append(key, chunk);
    }
  }

  settle(firstRow: number, endRow: number): void {
    this.#rows.settle(firstRow, endRow);
  }

  /** Single refunds added up, or the sum a file gave where that is more: the same money told twice counts once. */
  sumOf(lineKey: number): number {
    let single = 0;
    let given = 0;
    for (const key of this.#refundsOfLine.get(lineKey) ?? []) {
      const row = this.#rows.bestOf(key);
      if (row < 0) continue;
      if (this.#keys.text(key) === total) given = this.#refundFen[row]!;
      else single += this.#refundFen[row]!;
    }
    return Math.max(single, given);
  }

  get byteLength(): number {
    return this.#refundFen.byteLength + this.#exportMs.byteLength + this.#keys.byteLength + this.#rows.byteLength;
  }
}
