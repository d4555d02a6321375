/**
 * What the import screen and its worker say to each other. One worker looks at one file: it inspects, scans as often as
 * the mapping changes, and takes the file in once. Stopping ends the worker; no fact counts before `intake.finish`.
 */
import type { ProductSeed } from '#core/catalogue/product.ts';
import type { Problem } from '#core/intake/candidate-line.ts';
import type { Recognition } from '#core/intake/field-target.ts';
import type { Mapping } from '#core/intake/mapping.ts';
import type { Question, QuestionKind } from '#core/intake/plan-questions.ts';
import type { OrderSummary } from '#core/intake/scan-orders.ts';
import type { Encoding, SniffFailure } from '#core/intake/sniff-encoding.ts';
import type { IntakeRequests } from '#web/engine/insight/intake.messages.ts';

export type FileFailure =
  | Extract<SniffFailure, { kind: 'binary-file' | 'empty-file' }>
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  | { readonly kind: 'too-many-rows'; readonly limit: number }
  | { readonly kind: 'not-a-table'; readonly line: number }
  | { readonly kind: 'workbook-unreadable' }
  | { readonly kind: 'no-rows' }
  | { readonly kind: 'file-changed' }
  /** It stopped giving anything, without an error. */
  | { readonly kind: 'file-stalled' }
  | { readonly kind: 'engine-failed'; readonly detail: string };

/** What a file is, before its rows are read. */
export interface Inspection {
  readonly bytes: number;
  readonly encoding: Encoding | 'workbook';
  readonly isPacked: boolean;
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Rows that were left out once, come back (`rejected-table.ts`). */
  readonly isMended: boolean;
  readonly signature: string;
  /** The first data rows, as they stand in the file. */
  readonly preview: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** By column: the first cell that says something. */
  readonly examples: readonly string[];
}

export interface Scanned {
  readonly mapping: Mapping;
  readonly questions: readonly Question[];
  readonly summary: OrderSummary;
  readonly fileHash: string;
  readonly exportMs: number;
}

export interface ReadingProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly rows: number;
  readonly elapsedMs: number;
  readonly summary: OrderSummary | null;
}

export interface TakenIn {
  readonly importId: string;
  readonly lines: number;
  /** Order lines the workspace did not have before. */
  readonly newLines: number;
  /** Of which something was paid and kept, as in the summary before. */
  readonly orders: number;
  readonly customers: number;
  readonly newCustomers: number;
  readonly newProducts: number;
  readonly refunds: number;
  readonly rejected: number;
  /** Lines of people who asked to be forgotten; left out. */
  readonly erased: number;
  readonly seeds: readonly ProductSeed[];
}

export interface ScanRequest {
  /** Null: propose one. */
  readonly mapping: Mapping | null;
  readonly isRemembered: boolean;
  readonly answered: readonly QuestionKind[];
  readonly shop: string;
  readonly nowMs: number;
  readonly knownItems: ReadonlySet<string>;
}

export interface TakeInRequest {
  readonly mapping: Mapping;
  readonly shop: string;
  readonly nowMs: number;
  readonly workspace: string;
  readonly member: string;
  /** Why these customers may be written to one by one; empty when nobody says so. */
  readonly consentBasis: string;
}

export type ToWorker =
  | { readonly kind: 'inspect'; readonly file: File }
  | { readonly kind: 'scan'; readonly request: ScanRequest }
  /** The rows with a problem that the last scan found; asked for, because there may be very many. */
  | { readonly kind: 'problems' }
  | { readonly kind: 'take-in'; readonly request: TakeInRequest }
  | { readonly kind: 'answer'; readonly id: number; readonly body: unknown; readonly failure: string };

export type FromWorker =
  | { readonly kind: 'inspected'; readonly inspection: Inspection }
  /** The mapping as the file's beginning suggests it, while the rest is still being read. Null: as a person has it. */
  | { readonly kind: 'proposed'; readonly mapping: Mapping; readonly recognitions: readonly Recognition[] | null }
  | { readonly kind: 'progress'; readonly progress: ReadingProgress }
  | { readonly kind: 'scanned'; readonly scanned: Scanned }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'taken-in'; readonly taken: TakenIn }
  | { readonly kind: 'refused'; readonly failure: FileFailure }
  | { readonly kind: 'ask'; readonly id: number; readonly name: keyof IntakeRequests; readonly body: unknown };
