/**
 * What a topic's handlers get inside the insight worker. Facts and beliefs live only there; handlers read them and
 * write facts through `append` or an import, never into a document of their own.
 */
import type { Product, ProductSeed } from '#core/catalogue/product.ts';
import type { PlannedChunk } from '#core/datasets/chunk-cutter.ts';
import type { Erased } from '#core/datasets/erasure/erase-rows.ts';
import type { ReadPerson } from '#core/datasets/erasure/read-person.ts';
import type { Fact, FactKind } from '#core/datasets/fact.ts';
import type { FactColumns } from '#core/datasets/fact-columns.ts';
import type { ImportRecord } from '#core/datasets/imports.doc.ts';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { Exclusions } from '#core/identity/exclusions.doc.ts';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import type { Parameters } from '#core/insight/profile/parameters.ts';
import type { BusinessDay } from '#core/units/business-day.ts';
import type { ImportId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';
import type { Member, OpenDocument } from '#web/workspace/workspace.ts';
import type { ErasureAnswer, FoundInDocument } from './privacy.messages.ts';

export type ImportPlan = Pick<ImportRecord, 'fileName' | 'fileHash' | 'source' | 'mapping'>;

export interface EngineContext {
  readonly ledger: Ledger;
  readonly platform: Platform;
  readonly member: Member;
  /** Brought up to date before it is given; cheap while nothing changed. */
  beliefs(): BeliefColumns;
  /** What the beliefs are computed with: the shop's thresholds, and what was learnt from its history. */
  parameters(): Parameters;
  catalogue(): readonly Product[];
  /** For what no product names yet; answers how many are new. The ledger knows them at once. */
  addProducts(seeds: readonly ProductSeed[]): number;
  /** A shared document, loaded from this device; close it when done. */
  open(path: string): Promise<OpenDocument>;
  /** Who asked to be forgotten, as this device knows. */
  erased(): Promise<Erased>;
  /** The packed bytes of every chunk this device knows whose path begins so, withdrawn imports too. */
  eachPacked(prefix: string, take: (packed: Uint8Array) => Promise<void>): Promise<void>;
  /** Takes a person out of a workspace that lives on this device. */
  erase(person: ReadPerson): Promise<ErasureAnswer>;
  /** Empties the text of old comments where no server does; answers how many went. */
  forgetComments(): Promise<number>;
  searchTexts(words: readonly string[], trims: boolean): Promise<readonly FoundInDocument[]>;
  asOfDay(): BusinessDay;
  nowMs(): number;
  /** Durable on this device when resolved, and already in the ledger. */
  append(facts: readonly Fact[]): Promise<void>;
  /** Every import, newest first, withdrawn ones too. */
  imports(): readonly ImportRecord[];
  /** Who is no customer though in the data. */
  exclusions(): Exclusions;
  /** Facts of an import count once it is finished, all together; an import that never finishes leaves nothing. */
  startImport(plan: ImportPlan): Promise<ImportId>;
  appendImportFacts(id: ImportId, facts: readonly Fact[]): Promise<void>;
  /** The same by columns, without an object per row. */
  appendImportColumns<Kind extends FactKind>(id: ImportId, columns: FactColumns<Kind>): Promise<void>;
  /** Chunks that were cut and packed elsewhere. */
  appendImportChunks(id: ImportId, chunks: readonly PlannedChunk[]): Promise<void>;
  finishImport(id: ImportId, counts: { readonly lines: number; readonly rejected: number }): Promise<void>;
  cancelImport(id: ImportId): Promise<void>;
  withdrawImport(id: ImportId): Promise<void>;
  redoImport(id: ImportId): Promise<void>;
}

/** One topic: for each request a function from the question to the answer. `<topic>Handlers(context)` returns it. */
export type Handlers<Requests> = {
  readonly [Name in keyof Requests]: Requests[Name] extends { ask: infer Ask; answer: infer Body }
    ? (ask: Ask) => Body | Promise<Body>
    : never;
};
