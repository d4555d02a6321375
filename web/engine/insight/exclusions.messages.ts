import type { ExclusionReason } from '#core/identity/exclusions.doc.ts';

/** Somebody who is no customer, and what of theirs counts nowhere. */
export interface ExcludedPerson {
  readonly id: string;
  /** Ids of the exclusions: taking back all of them lets the person count again. */
  readonly ids: readonly string[];
  readonly alias: string;
  readonly maskedPhone: string;
  readonly reason: ExclusionReason;
  readonly atMs: number;
  readonly member: string;
  readonly orders: number;
  /** Paid, less refunds. */
  readonly netFen: number;
}

export interface ExclusionsRequests {
  /** Last excluded first. Of whom nothing is known any more nothing is told. */
  'exclusions.people': { ask: null; answer: readonly ExcludedPerson[] };
}
