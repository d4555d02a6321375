import { expect, test } from 'vitest';
import { createLedger } from '#core/datasets/create-ledger.ts';
import { type BehaviourName, behaviours, type Fact, type FactKind, orderStatuses } from '#core/datasets/fact.ts';
import type { GrowingLedger, LedgerCatalogueProduct } from '#core/datasets/ledger-building.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { type BeliefColumns, hasTag, rfmNames, stages } from '#core/insight/profile/belief-columns.ts';
import { type DerivedBeliefs, deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { type Parameters, defaultParameters } from '#core/insight/profile/parameters.ts';
import { productKey } from '#core/insight/product-key.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aBehaviour, aCustomerId, anIdentityLink, anOrderLine, aRefund, aTagMark, atDay } from '#tests/makers/facts.ts';
import { type OracleChunk, readFresh } from '../../datasets/ledger-oracle.ts';
import { believePlainly, type PlainAct } from './belief-oracle.ts';

const quantile = { mode: 'quantile' } as const;
const base: Parameters = {
  ...defaultParameters,
  rfm: { ...defaultParameters.rfm, recency: quantile },
  repurchase: { ...defaultParameters.repurchase, gaps: 400 },
};
const items = ['milk', 'flour', 'butter', 'oats', 'beef'];
const tagChoices = [[], ['baking'], ['light'], ['baking', 'treat']];
const acts: readonly BehaviourName[] = ['product-viewed', 'product-clicked', 'product-added', 'comment-posted'];
const { weights } = base.interests;
const weightOf: Partial<Record<BehaviourName, number>> = {
  'product-viewed': weights.watch,
  'product-clicked': weights.click,
  'product-added': weights.add,
};

type Pick = (below: number) => number;

/** A shop that lives: chunks come in any order and go, imports are withdrawn and redone, products are regrouped. */
class Shop {
  readonly ledger: GrowingLedger = createLedger();
  readonly chunks: OracleChunk[] = [];
  readonly #pick: Pick;
  withdrawn = new Set<string>();
  dropped = new Set<string>();
  catalogue: readonly LedgerCatalogueProduct[] = [];
  #facts = 0;

  constructor(pick: Pick) {
    this.#pick = pick;
  }

  step(): string {
    const pick = this.#pick;
    const kind = pick(20);
    if (kind < 13 || this.chunks.length < 3) return this.#bring();
    const chunk = this.chunks[pick(this.chunks.length)]!;
    if (kind < 15) {
      if (!this.withdrawn.delete(chunk.importId)) this.withdrawn.add(chunk.importId);
      this.ledger.setWithdrawnImports(this.withdrawn);
      return 'withdraw';
    }
    if (kind < 17) {
      if (this.dropped.delete(chunk.id)) take(this.ledger, chunk);
      else {
        this.dropped.add(chunk.id);
        this.ledger.dropChunk(chunk.id);
      }
      return 'drop';
    }
    this.#regroup();
    return 'regroup';
  }

  get counting(): readonly OracleChunk[] {
    return this.chunks.filter(({ id, importId }) => !this.dropped.has(id) && !this.withdrawn.has(importId));
  }

  /** The same facts read at once, in another order. */
  fresh(): GrowingLedger {
    const ledger = createLedger();
    const isFirst = this.#pick(2) === 0;
    if (isFirst) ledger.setCatalogue(this.catalogue);
    for (const chunk of shuffled(this.counting, this.#pick)) take(ledger, chunk);
    if (!isFirst) ledger.setCatalogue(this.catalogue);
    return ledger;
  }

  #bring(): string {
    const pick = this.#pick;
    const facts = Array.from({ length: 1 + pick(7) }, () => this.#fact());
    const id = `chunk-${String(this.chunks.length).padStart(4, '0')}`;
    const importId = `i-${pick(4)}`;
    for (const kind of new Set(facts.map((fact) => fact.kind))) {
      const chunk: OracleChunk = {
        id: `${id}-${kind}`,
        importId,
        importMs: pick(3),
        facts: facts.filter((fact) => fact.kind === kind),
      };
      this.chunks.push(chunk);
      take(this.ledger, chunk);
    }
    return 'bring';
  }

  #fact(): Fact {
    const pick = this.#pick;
    const n = this.#facts++;
    const customer = aCustomerId(1 + pick(10));
    const item = items[pick(items.length)]!;
    const atMs = atDay(pick(200));
    const kind = pick(16);
    if (kind < 9)
      return anOrderLine({
        customer,
        item,
        atMs,
        order: `o-${pick(4) === 0 ? pick(n + 1) : n}`,
        paidFen: pick(12) * 500,
        isGift: pick(9) === 0,
        status: pick(3) ? 'paid' : orderStatuses[pick(orderStatuses.length)]!,
      });
    if (kind < 11)
      return aRefund({ order: `o-${pick(n + 1)}`, item, refund: `r-${pick(3)}`, refundFen: pick(9) * 400 });
    if (kind < 14) return aBehaviour({ customer, item, atMs, id: `e-${n}`, name: acts[pick(acts.length)]! });
    if (kind < 15) return anIdentityLink({ customer, key: `k-${pick(6)}` });
    return aTagMark({
      customer,
      tag: ['baking', 'light', 'friend'][pick(3)]!,
      state: (['on', 'off', 'none'] as const)[pick(3)]!,
      atMs: atDay(n),
    });
  }

  #regroup(): void {
    const pick = this.#pick;
    const owner = items.map(() => pick(4));
    this.catalogue = [0, 1, 2].map((n) => ({
      id: `p-${n}`,
      name: `product ${n}`,
      items: items.filter((_, at) => owner[at] === n),
      category: ['fresh', 'dry'][pick(2)]!,
      tags: tagChoices[pick(tagChoices.length)]!,
      mergedFrom: [],
    }));
    this.ledger.setCatalogue(this.catalogue);
  }
}

function take(ledger: GrowingLedger, { id, importId, importMs, facts }: OracleChunk): void {
  const kind = facts[0]!.kind;
  const taken = ledger.takeChunk({ id, importId, importMs } as never, packFacts<FactKind>(kind, facts));
  if (!taken.ok) throw new Error(taken.error.kind);
}

function shuffled<Value>(values: readonly Value[], pick: Pick): Value[] {
  const mixed = [...values];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = pick(at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

const isPairColumn = (name: string): boolean => name.startsWith('pair') && name !== 'pairStart' && name !== 'pairEnd';

/** Everything the columns hold, by customer id and product key instead of dense numbers. */
function everything(ledger: GrowingLedger, beliefs: BeliefColumns) {
  const columns = Object.entries(beliefs).filter(([, column]) => ArrayBuffer.isView(column)) as [
    string,
    Float64Array,
  ][];
  const own = columns.filter(([name]) => !isPairColumn(name) && !/^(pairStart|pairEnd|tagBits)$/.test(name));
  const ofPair = columns.filter(([name]) => isPairColumn(name) && name !== 'pairProduct');
  const people: Record<string, unknown> = {};
  for (let c = 0; c < beliefs.customerCount; c++) {
    if (beliefs.isPresent[c] !== 1 || isUnknown(ledger, c)) continue;
    const pairs = [];
    for (let pair = beliefs.pairStart[c]!; pair < beliefs.pairEnd[c]!; pair++)
      pairs.push([
        productKey(ledger.product(beliefs.pairProduct[pair]!)),
        ...ofPair.map(([name, column]) => `${name} ${column[pair]}`),
      ]);
    people[ledger.customer(c).id] = {
      ...Object.fromEntries(own.map(([name, column]) => [name, column[c]])),
      tags: beliefs.tagNames.filter((_, tag) => hasTag(beliefs, c, tag)),
      pairs,
    };
  }
  return { people, tagNames: beliefs.tagNames };
}

/** A number whose facts are all gone: a fresh ledger never heard of it. */
const isUnknown = (ledger: GrowingLedger, c: number): boolean =>
  ledger.linesOfCustomer(c).length + ledger.behavioursOfCustomer(c).length + ledger.tagMarks(c).size === 0;

function compareWithOracle(shop: Shop, beliefs: DerivedBeliefs, parameters: Parameters, today: number): void {
  const { ledger } = shop;
  const people = readFresh(shop.counting);
  const latest = new Map<string, Fact>();
  const counting = [...shop.counting].sort((a, b) => a.importMs - b.importMs || (a.id < b.id ? -1 : 1));
  for (const { facts } of counting) for (const fact of facts) if (fact.kind === 'behaviour') latest.set(fact.id, fact);
  const actsOf = (id: string): PlainAct[] =>
    [...latest.values()].flatMap((fact) =>
      fact.kind === 'behaviour' && ledger.customer(ledger.denseCustomer(fact.customer)).id === id
        ? [
            {
              item: fact.item,
              atMs: fact.atMs,
              weight: weightOf[fact.name] ?? 0,
              isOwn: behaviours.includes(fact.name),
            },
          ]
        : [],
    );
  const ownerOf = (item: string) => shop.catalogue.find((product) => product.items.includes(item));
  const catalogue = {
    productOf: (item: string) => ownerOf(item)?.id ?? item,
    tagsOf: (item: string) => ownerOf(item)?.tags ?? [],
  };
  for (const plain of believePlainly(people, actsOf, catalogue, parameters, today)) {
    const c = ledger.denseCustomer(plain.id);
    const pairs = [];
    for (let pair = beliefs.pairStart[c]!; pair < beliefs.pairEnd[c]!; pair++)
      pairs.push([
        productKey(ledger.product(beliefs.pairProduct[pair]!)),
        beliefs.pairPurchases[pair],
        beliefs.pairLastDay[pair],
      ] as const);
    expect({
      id: plain.id,
      orders: beliefs.orders[c],
      netFen: beliefs.netFen[c],
      lastDay: beliefs.lastDay[c],
      scores: [beliefs.recencyScore[c], beliefs.frequencyScore[c], beliefs.moneyScore[c]],
      rfm: rfmNames[beliefs.rfm[c]!],
      stage: stages[beliefs.stage[c]!],
      ownIntervalDays: beliefs.ownIntervalDays[c],
      overdueRatio: beliefs.overdueRatio[c],
      tags: beliefs.tagNames.filter((_, tag) => hasTag(beliefs, c, tag)).sort(),
      pairs: pairs.sort(([a], [b]) => (a < b ? -1 : 1)),
    }).toEqual(plain);
  }
}

test('[PRO1, PRO2, PRO9] whatever came, went and was regrouped, beliefs are those of a fresh, plain reading', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const next = seededRandom(seed);
    const pick: Pick = (below) => Math.floor(next() * below);
    const shop = new Shop(pick);
    let parameters = base;
    let today = dayFromMs(atDay(190));
    let beliefs: DerivedBeliefs | undefined;
    for (let step = 0; step < 40; step++) {
      const before = shop.ledger.version;
      const did = shop.step();
      if (pick(12) === 0) today++;
      if (pick(15) === 0) parameters = { ...parameters };
      const isSame = beliefs?.asOfDay === today && beliefs.basis.parameters === parameters;
      const changed = shop.ledger.changedSince(beliefs?.ledgerVersion ?? 0).length;
      beliefs = deriveBeliefs(shop.ledger, parameters, today, beliefs);
      if (isSame && shop.ledger.version > before && changed * 2 <= shop.ledger.customerCount && did === 'bring')
        expect([changed, shop.ledger.customerCount]).toContain(beliefs.recomputed.customers);
      if (step % 4 !== 3) continue;
      const fresh = shop.fresh();
      expect(everything(shop.ledger, beliefs), `seed ${seed}, step ${step}: ${did}`).toEqual(
        everything(fresh, deriveBeliefs(fresh, parameters, today)),
      );
      compareWithOracle(shop, beliefs, parameters, today);
    }
  }
});

test('[PRO9] only customers whose facts changed are derived, and scored whom a moved cut passed', () => {
  const ledger = createLedger();
  const lines = Array.from({ length: 400 }, (_, n) =>
    anOrderLine({
      customer: aCustomerId(1 + (n % 200)),
      order: `o-${n}`,
      atMs: atDay(n % 90),
      paidFen: 100 + ((n * 37) % 200) * 10,
    }),
  );
  take(ledger, { id: 'first', importId: '', importMs: 0, facts: lines });
  const today = dayFromMs(atDay(100));
  let beliefs = deriveBeliefs(ledger, base, today);
  expect(beliefs.recomputed).toEqual({ customers: 200, scores: 0 });
  for (let n = 0; n < 20; n++) {
    const facts = [3, 50, 151].map((customer) =>
      anOrderLine({ customer: aCustomerId(customer + n), order: `late-${n}-${customer}`, atMs: atDay(95) }),
    );
    take(ledger, { id: `late-${n}`, importId: '', importMs: 1, facts });
    beliefs = deriveBeliefs(ledger, base, today, beliefs);
    expect(beliefs.recomputed.customers).toBe(3);
    expect(beliefs.recomputed.scores).toBeLessThan(100);
  }
  const again = createLedger();
  take(again, { id: 'first', importId: '', importMs: 0, facts: lines });
  expect(deriveBeliefs(ledger, base, today, beliefs)).toBe(beliefs);
});
