import type { ProductSeed } from '#core/catalogue/product.ts';
import type { CandidateKey } from '#core/intake/candidate-line.ts';
import type { PlannedChunk } from '#core/datasets/chunk-cutter.ts';
import type { ImportPlan } from './engine-context.ts';

/** What taking a file in asks of the ledger's owner. */
export interface IntakeRequests {
  /** For each key the customer who carries it, empty, or `erasedOwner`. */
  'intake.customers-of-keys': { ask: readonly CandidateKey[]; answer: readonly string[] };
  'intake.start': { ask: ImportPlan; answer: { readonly importId: string } };
  /** Packed chunks, cut by month. */
  'intake.append': { ask: { readonly importId: string; readonly chunks: readonly PlannedChunk[] }; answer: null };
  /** A product for each that none owns yet; out of sight until order lines count for it. Answers how many are new. */
  'intake.name-products': { ask: { readonly seeds: readonly ProductSeed[] }; answer: { readonly newProducts: number } };
  /** From here on the import counts, all of it at once. */
  'intake.finish': {
    ask: { readonly importId: string; readonly lines: number; readonly rejected: number };
    answer: { readonly newLines: number; readonly newCustomers: number };
  };
  'intake.cancel': { ask: { readonly importId: string }; answer: null };
}
