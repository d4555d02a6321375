import type { ImportRecord } from '#core/datasets/imports.doc.ts';
import type { PlatformNumbers } from '#core/identity/platform-numbers.ts';

/** What is in the ledger, where it is kept, and what was imported. */
export interface FactsRequests {
  'facts.overview': {
    ask: null;
    answer: {
      readonly customers: number;
      readonly orders: number;
      readonly orderLines: number;
      readonly products: number;
      readonly behaviours: number;
      /** Chunks that could not be read (damaged, or written by a newer version), and records skipped. */
      readonly unreadable: number;
      /** Chunks that a manifest names but that could not be fetched yet. */
      readonly missing: number;
      /** Chunks that this device keeps until the server has them. */
      readonly waiting: number;
      /** Bytes of the ledger in memory. */
      readonly bytes: number;
    };
  };
  /** By the order of `ids`: the numbers by which the shop's own systems know each. */
  'facts.platform-numbers': { ask: { readonly ids: readonly string[] }; answer: readonly PlatformNumbers[] };
  'facts.imports': { ask: null; answer: readonly ImportRecord[] };
  'facts.withdraw-import': { ask: { readonly id: string }; answer: null };
  'facts.redo-import': { ask: { readonly id: string }; answer: null };
}
