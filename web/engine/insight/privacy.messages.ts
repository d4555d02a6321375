import type { Fact } from '#core/datasets/fact.ts';
import type { FoundText } from '#core/workspace/find-text.doc.ts';

/** All that the facts hold of one person. */
export interface PersonExport {
  /** Every id the person is known by. */
  readonly customers: readonly string[];
  readonly facts: readonly Fact[];
}

export interface FoundInDocument extends FoundText {
  /** Room path after the workspace: `campaign/c1`. */
  readonly path: string;
  /** In a version of the document, not in the document. */
  readonly version?: { readonly id: string; readonly name: string; readonly atMs: number };
}

/** What an erasure did, and what it could not; the server answers the same. */
export interface ErasureAnswer {
  readonly facts: Readonly<Partial<Record<Fact['kind'], number>>>;
  readonly contacts: number;
  readonly deadLetters: number;
  /** What was searched for; stored nowhere. */
  readonly words: readonly string[];
  readonly texts: readonly FoundInDocument[];
  readonly unread: number;
  readonly backups: readonly { readonly name: string; readonly atMs: number; readonly untilMs: number }[];
}

/** The right to see and the right to be forgotten, of one person. */
export interface PrivacyRequests {
  'privacy.ids': { ask: { readonly id: string }; answer: readonly string[] };
  'privacy.export': { ask: { readonly id: string }; answer: PersonExport };
  /** In a workspace that lives on this device; elsewhere the server does it. */
  'privacy.erase': { ask: { readonly id: string }; answer: ErasureAnswer };
  'privacy.search': { ask: { readonly words: readonly string[] }; answer: readonly FoundInDocument[] };
}
