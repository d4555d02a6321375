/** A ledger that holds these facts, each kind in one chunk. */
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { Fact, FactKind } from '#core/datasets/fact.ts';
import { kindCodes } from '#core/datasets/fact-schema.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';

export const aLedger = (facts: readonly Fact[] = []): GrowingLedger => {
  const ledger = createLedger();
  takeFacts(ledger, facts);
  return ledger;
};

let chunkNumber = 0;

/** Hands the facts to the ledger as chunks of one import, in the order of kinds. Answers the chunks' ids. */
export const takeFacts = (
  ledger: GrowingLedger,
  facts: readonly Fact[],
  { importId = '', importMs = 0 }: { readonly importId?: string; readonly importMs?: number } = {},
): readonly string[] => {
  const ids: string[] = [];
  for (const kind of kindCodes) {
    const own = facts.filter((fact) => fact.kind === kind);
    if (own.length === 0) continue;
    const id = `chunk-${String(chunkNumber++).padStart(8, '0')}`;
    const taken = ledger.takeChunk({ id, importId, importMs } as never, packFacts<FactKind>(kind, own));
    if (!taken.ok) throw new Error(taken.error.kind);
    ids.push(id);
  }
  return ids;
};
