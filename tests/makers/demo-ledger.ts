/** The demo brand inside a ledger, for tests that need a whole shop. */
import { productIdFromItem } from '#core/catalogue/product-id.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { FactOfKind } from '#core/datasets/fact-columns.ts';
import type { Fact, FactKind } from '#core/datasets/fact.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { createDemoBrand, type DemoBrand, type DemoOptions } from '#core/demo/create-demo-brand.ts';
import type { ChunkId, ImportId } from '#core/units/ids.ts';

export const aDemoLedger = (options: DemoOptions): { brand: DemoBrand; ledger: GrowingLedger } => {
  const brand = createDemoBrand(options);
  const ledger = createLedger();
  ledger.setCatalogue(
    brand.products.map((product) => ({
      id: productIdFromItem(product.items[0]),
      name: product.name,
      items: product.items,
      category: product.category ?? '',
      tags: product.tags ?? [],
      mergedFrom: [],
    })),
  );
  takeFacts(ledger, brand.facts, 'demo');
  return { brand, ledger };
};

/** One chunk a kind; `name` tells chunks of several calls apart. */
export const takeFacts = (
  ledger: GrowingLedger,
  facts: readonly Fact[],
  name: string,
  importMs = 1,
  importId: ImportId | '' = '',
): void => {
  const kinds = [...new Set(facts.map(({ kind }) => kind))];
  for (const kind of kinds) {
    const own = facts.filter((fact) => fact.kind === kind);
    const taken = ledger.takeChunk({ id: `${name}-${kind}` as ChunkId, importId, importMs }, pack(kind, own));
    if (!taken.ok) throw new Error(taken.error.kind);
  }
};

const pack = <Kind extends FactKind>(kind: Kind, facts: readonly Fact[]): Uint8Array =>
  packFacts(kind, facts as unknown as readonly FactOfKind<Kind>[]);
