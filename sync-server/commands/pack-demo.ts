/** The demo brand as what is to be stored: chunks of facts by room, and everything else as plain data. */
import { chunkTargetBytes } from '#core/datasets/manifest-record.ts';
import { createManifestRecord, type StoredChunk } from '#core/datasets/create-manifest-record.ts';
import type { FactOfKind } from '#core/datasets/fact-columns.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import { datasetOfKind, type Fact, type FactKind, type Outcome } from '#core/datasets/fact.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { createDemoBrand, type DemoBrand, type DemoOptions } from '#core/demo/create-demo-brand.ts';
import { labelsOfCustomer, outcomesOfLabels } from '#core/outcomes/derive-outcomes.ts';
import { monthFromMs, msFromDay } from '#core/units/business-day.ts';
import type { ChunkId } from '#core/units/ids.ts';
import type { Platform } from '#core/units/platform.ts';

export interface PackedDemo {
  readonly brand: Omit<DemoBrand, 'facts' | 'planted'>;
  /** By room path after the workspace: `facts/orders/2026-11`. */
  readonly chunksByPath: ReadonlyMap<string, readonly StoredChunk[]>;
}

/** Facts of the demo weigh 10 to 40 bytes each: this many stay near the target. */
const factsAChunk = Math.round(chunkTargetBytes / 20);

export const packDemo = async (platform: Platform, options: DemoOptions): Promise<PackedDemo> => {
  const { facts: happened, planted: _planted, ...brand } = createDemoBrand(options);
  const importMs = msFromDay(options.asOfDay);
  const facts = [...happened, ...outcomesOf(happened, importMs)];
  const chunksByPath = new Map<string, StoredChunk[]>();
  for (const [key, group] of groupFacts(facts)) {
    const [path = '', kind = ''] = key.split(' ');
    const chunks = chunksByPath.get(path) ?? [];
    chunksByPath.set(path, chunks);
    for (let from = 0; from < group.length; from += factsAChunk) {
      const packed = packKind(kind as FactKind, group.slice(from, from + factsAChunk));
      chunks.push(await createManifestRecord(platform, { packed, importId: '', importMs }));
    }
  }
  return { brand, chunksByPath };
};

/** What became of the follow-ups already sent, as any device of the team would have recorded it. */
function outcomesOf(facts: readonly Fact[], nowMs: number): readonly Outcome[] {
  const ledger = createLedger();
  for (const kind of ['order-line', 'refund', 'decision', 'identity-link'] as const) {
    const own = facts.filter((fact) => fact.kind === kind);
    ledger.takeChunk({ id: kind as string as ChunkId, importId: '', importMs: nowMs }, packKind(kind, own));
  }
  return Array.from({ length: ledger.customerCount }, (_, customer) => customer)
    .filter((customer) => ledger.canonical(customer) === customer)
    .flatMap((customer) =>
      outcomesOfLabels(labelsOfCustomer(ledger, customer, nowMs), (order) => ledger.orderName(order)),
    );
}

/** By room path and kind, in order of first appearance. */
function groupFacts(facts: readonly Fact[]): ReadonlyMap<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = `facts/${datasetOfKind[fact.kind]}/${monthFromMs(fact.atMs)} ${fact.kind}`;
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  return groups;
}

const packKind = <Kind extends FactKind>(kind: Kind, facts: readonly Fact[]): Uint8Array =>
  packFacts(kind, facts as unknown as readonly FactOfKind<Kind>[]);
