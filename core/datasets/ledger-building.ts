/**
 * The calls that fill a ledger. Order does not matter: any sequence of chunks, duplicates, drops, withdrawals, merges
 * and catalogue changes ends in the same state as a fresh reading of what is there at the end.
 */
import type { Result } from '../result.ts';
import type { Ledger } from './ledger-columns.ts';
import type { ManifestRecord } from './manifest-record.ts';
import type { ChunkColumns, UnpackFailure } from './unpack-columns.ts';

/** What the ledger needs of a catalogue product; `items` are the aliases it owns. */
export interface LedgerCatalogueProduct {
  readonly id: string;
  readonly name: string;
  readonly items: readonly string[];
  readonly category: string;
  readonly tags: readonly string[];
  /** Ids of the products merged into this one: they keep answering. */
  readonly mergedFrom: readonly string[];
}

/** What the ledger needs of a manifest record. */
export type ChunkOrigin = Pick<ManifestRecord, 'id' | 'importId' | 'importMs'>;

export interface GrowingLedger extends Ledger {
  /** Takes a chunk, packed or unpacked; one that is already here adds nothing. A damaged chunk changes nothing. */
  takeChunk(origin: ChunkOrigin, chunk: Uint8Array | ChunkColumns): Result<{ readonly lines: number }, UnpackFailure>;
  /** The facts of the chunk stop counting, as if it had never come. */
  dropChunk(id: string): void;
  hasChunk(id: string): boolean;
  /** Exactly these imports are withdrawn from now on; the others count (again). */
  setWithdrawnImports(ids: Iterable<string>): void;
  /** Replaces the catalogue: which product owns which item, and what it is called. */
  setCatalogue(products: readonly LedgerCatalogueProduct[]): void;
  /** Exactly the people of these ids are excluded from now on. */
  setExcluded(ids: Iterable<string>): void;
  /** Every id under which a person is known. */
  idsOf(dense: number): readonly string[];
  /** Gives back the room that growing has left beyond a sixteenth: after a start, or a large import. */
  trim(): void;
  /** Bytes held in typed arrays. */
  readonly byteLength: number;
}
