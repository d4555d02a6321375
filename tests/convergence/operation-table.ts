/** What a document module registers with the rig: its random operations as plain data, and its plain read. */
import type * as Y from 'yjs';

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export interface Dice {
  /** Whole number in [0, below). */
  below(limit: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** An id nobody has used in this run. */
  id(prefix: string): string;
  chance(probability: number): boolean;
}

export interface Operation {
  readonly name: string;
  /** Arguments as plain data, from what this replica sees; null when there is nothing to do. */
  choose(dice: Dice, doc: Y.Doc): Plain;
  apply(doc: Y.Doc, args: never): void;
}

export interface OperationTable {
  readonly name: string;
  /** The document modules whose commands these are, as paths from the root. */
  readonly covers: readonly string[];
  readonly operations: readonly Operation[];
  /** Everything a person could see of the document. */
  read(doc: Y.Doc): unknown;
  /** What must hold in every replica at the end, whatever happened. */
  check?(doc: Y.Doc): void;
}

/** `Args` is plain data by what `choose` makes of dice; interfaces without an index signature are plain, too. */
export const operation = <Args>(
  name: string,
  choose: (dice: Dice, doc: Y.Doc) => Args | null,
  apply: (doc: Y.Doc, args: Args) => void,
): Operation => ({ name, choose: choose as Operation['choose'], apply: apply as (doc: Y.Doc, args: never) => void });
