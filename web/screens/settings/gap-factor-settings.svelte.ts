/** Season, stock-up and promotion by shop, category or product: what was learnt, and what people choose instead. */
import { catalogueTypes, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { parameterRecordsOf, parameterRefusalsOf, readParameterRecords } from '#core/insight/profile/parameters.doc.ts';
import {
  type FactorScope,
  chooseFactors,
  chosenFactorsType,
  readChosenFactors,
} from '#core/insight/repurchase/chosen-factors.doc.ts';
import { type Factor, type GapFactors, noFactors } from '#core/insight/repurchase/gap-factors.ts';
import type { ProductsInSight } from '#web/engine/insight/products-in-sight.svelte.ts';
import { docSignal } from '#web/workspace/doc-signal.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

export const seasonNames = ['spring', 'summer', 'autumn', 'winter'] as const;
export type SeasonName = (typeof seasonNames)[number];
export type FactorName = 'stockUp' | 'promotion' | SeasonName;

/** Months of each season, January 0. */
const monthsOf: Readonly<Record<SeasonName, readonly number[]>> = {
  spring: [2, 3, 4],
  summer: [5, 6, 7],
  autumn: [8, 9, 10],
  winter: [11, 0, 1],
};

export interface ScopeOption {
  /** `shop`, `category/<name>` or `product/<id>`. */
  readonly value: string;
  readonly name: string;
  /** The category of a product; where two are called the same, the key of its item too. */
  readonly note: string;
}

export class GapFactorSettings {
  scope = $state('shop');
  readonly #settings: OpenDocument;
  readonly #catalogue: OpenDocument;
  readonly #chosen;
  readonly #learnt;
  readonly #products;
  readonly #inSight: Pick<ProductsInSight, 'has'>;

  constructor(workspace: Workspace, inSight: Pick<ProductsInSight, 'has'>) {
    this.#inSight = inSight;
    this.#settings = workspace.open('settings');
    this.#catalogue = workspace.open('catalogue');
    const { doc } = this.#settings;
    const catalogue = this.#catalogue.doc;
    const records = [parameterRecordsOf(doc), parameterRefusalsOf(doc)];
    this.#chosen = docSignal([chosenFactorsType(doc)], () => readChosenFactors(doc));
    this.#learnt = docSignal(
      records,
      () => readParameterRecords(doc).current?.parameters.repurchase.factors ?? noFactors,
    );
    this.#products = docSignal(catalogueTypes(catalogue), () => readCatalogue(catalogue).products);
  }

  get canWrite(): boolean {
    return this.#settings.access === 'write';
  }

  /** Categories first, then products, by name. */
  get options(): readonly ScopeOption[] {
    const products = this.#products.current.filter(({ id }) => this.#inSight.has(id));
    const categories = products.map(({ category }) => category).sort();
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew each time
    const times = new Map<string, number>();
    for (const { name } of products) times.set(name, (times.get(name) ?? 0) + 1);
    const named = products.map(({ id, name, category, items }) => ({
      id,
      name,
      note: [category, ...(times.get(name) === 1 ? [] : items.slice(0, 1))].filter((part) => part !== '').join(' · '),
    }));
    named.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
    return [
      ...categories
        .filter((name, at) => name !== '' && name !== categories[at - 1])
        .map((name) => ({ value: `category/${name}`, name, note: '' })),
      ...named.map(({ id, name, note }) => ({ value: `product/${id}`, name, note })),
    ];
  }

  get isChosen(): boolean {
    return this.#own !== null;
  }

  /** What holds for the scope as a multiplier of days: chosen here, else learnt here, else nothing of its own. */
  multiplier(name: FactorName): number | null {
    const learnt = factorOf(this.#learnt.current, this.scope);
    return multiplierOf(this.#own ?? {}, name) ?? multiplierOf(learnt ?? {}, name);
  }

  isOwn(name: FactorName): boolean {
    return this.#own !== null && multiplierOf(this.#own, name) !== null;
  }

  /** Answers how to take it back, or null when it is out of bounds or nothing changed. */
  choose(name: FactorName, multiplier: number): 'out-of-bounds' | 'unchanged' | (() => void) {
    const before = this.#own;
    const factor = withMultiplier(before ?? {}, name, multiplier, (season) => this.multiplier(season) ?? 1);
    return this.#write(factor, before);
  }

  backToLearnt(): 'out-of-bounds' | 'unchanged' | (() => void) {
    return this.#write(null, this.#own);
  }

  close(): void {
    this.#settings.close();
    this.#catalogue.close();
  }

  get #own(): Factor | null {
    return factorOf(this.#chosen.current, this.scope);
  }

  #write(factor: Factor | null, before: Factor | null): 'out-of-bounds' | 'unchanged' | (() => void) {
    const { doc } = this.#settings;
    const scope = scopeOf(this.scope);
    const result = chooseFactors(doc, scope, factor);
    if (!result.ok) return 'out-of-bounds';
    return result.value === 'unchanged' ? 'unchanged' : () => void chooseFactors(doc, scope, before);
  }
}

function factorOf(factors: GapFactors, scope: string): Factor | null {
  const named = scopeOf(scope);
  if (named.kind === 'product') return factors.products[named.key] ?? null;
  return factors.categories[named.kind === 'shop' ? '' : named.name] ?? null;
}

function scopeOf(scope: string): FactorScope {
  if (scope.startsWith('category/')) return { kind: 'category', name: scope.slice('category/'.length) };
  if (scope.startsWith('product/')) return { kind: 'product', key: scope.slice('product/'.length) };
  return { kind: 'shop' };
}

/** Twice the usual basket makes the gap so much longer; a season says the mean of its months. */
function multiplierOf({ season, stockUp, promotion }: Factor, name: FactorName): number | null {
  if (name === 'stockUp') return stockUp === undefined ? null : 2 ** stockUp;
  if (name === 'promotion') return promotion ?? null;
  if (!season) return null;
  return monthsOf[name].reduce((sum, month) => sum + (season[month] ?? 1), 0) / monthsOf[name].length;
}

/** A first season is chosen beside what holds for the others. */
function withMultiplier(
  factor: Factor,
  name: FactorName,
  multiplier: number,
  current: (season: SeasonName) => number,
): Factor {
  if (name === 'stockUp') return { ...factor, stockUp: Math.round(Math.log2(multiplier) * 100) / 100 };
  if (name === 'promotion') return { ...factor, promotion: multiplier };
  const season = factor.season ? [...factor.season] : new Array<number>(12).fill(1);
  if (!factor.season)
    for (const other of seasonNames) for (const month of monthsOf[other]) season[month] = current(other);
  for (const month of monthsOf[name]) season[month] = multiplier;
  return { ...factor, season };
}
