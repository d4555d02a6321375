/** The catalogue as the screen shows it: products of the shared document, by what they sold. */
/* eslint-disable svelte/prefer-svelte-reactivity -- sets and maps here are replaced whole, never changed */
import {
  addProductsFromOrders,
  applyProductChanges,
  catalogueTypes,
  confirmTag,
  mergeProducts,
  readCatalogue,
  removeTag,
  separateProduct,
  setProductFields,
  type ProductChange,
} from '#core/catalogue/catalogue.doc.ts';
import type { Product, ProductFields } from '#core/catalogue/product.ts';
import { rankDoubles } from '#core/catalogue/rank-doubles.ts';
import { suggestTags } from '#core/catalogue/suggest-tags.ts';
import { starterTags } from '#core/catalogue/tags.data.ts';
import type { ProductId } from '#core/units/ids.ts';
import type { ProductSales, WeekOfSales } from '#web/engine/insight/catalogue.messages.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import { ProductsInSight } from '#web/engine/insight/products-in-sight.svelte.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';
import { type DocSignal, docSignal } from '#web/workspace/doc-signal.svelte.ts';
import { OwnUndo } from '#web/workspace/own-undo.svelte.ts';
import type { OpenDocument, Workspace } from '#web/workspace/workspace.ts';

export const productFilters = ['all', 'suggested', 'no-tag', 'no-category', 'no-pack', 'unsold'] as const;
export type ProductFilter = (typeof productFilters)[number];

export interface ProductRow {
  readonly product: Product;
  readonly sales: ProductSales | null;
}

export const soldDays = 90;
const shownWeeks = 26;

export class CatalogueList {
  search = $state('');
  filter = $state<ProductFilter>('all');
  /** Null while nobody has asked, or where the role may not see orders. */
  #sales = $state.raw<ReadonlyMap<string, ProductSales> | null>(null);
  readonly canWrite: boolean;
  readonly undo: OwnUndo;
  readonly #document: OpenDocument;
  readonly #engine: EngineClient<InsightRequests>;
  readonly #all: DocSignal<readonly Product[]>;
  readonly #inSight: ProductsInSight;
  readonly #products = $derived.by(() => this.#all.current.filter(({ id }) => this.#inSight.has(id)));

  readonly rows: readonly ProductRow[] = $derived.by(() => {
    const rows = this.#products.map((product) => ({ product, sales: this.#sales?.get(product.id) ?? null }));
    return rows.sort(
      (a, b) => (b.sales?.netFen ?? -1) - (a.sales?.netFen ?? -1) || (a.product.name < b.product.name ? -1 : 1),
    );
  });
  /** What did not sell is said only where it is known what sold. */
  readonly filters = $derived(productFilters.filter((filter) => filter !== 'unsold' || this.#sales !== null));
  readonly shown = $derived.by(() => {
    const words = this.search.normalize('NFKC').toLowerCase().trim();
    return this.rows.filter(
      (row) => this.#passes(row, this.filter) && (words === '' || textOf(row.product).includes(words)),
    );
  });
  readonly doubles = $derived.by(() => rankDoubles(this.#products));
  readonly waiting = $derived.by(() =>
    this.#products.reduce((sum, { suggestedTags }) => sum + suggestedTags.length, 0),
  );
  readonly tagNames = $derived.by(() => [
    ...new Set([...starterTags.map(({ id }) => id), ...this.#products.flatMap(({ tags }) => tags)]),
  ]);
  readonly categories = $derived.by(() =>
    [...new Set(this.#products.map(({ category }) => category).filter((category) => category !== ''))].sort(),
  );

  constructor(workspace: Workspace, engine: EngineClient<InsightRequests>) {
    this.#engine = engine;
    this.#inSight = new ProductsInSight(engine);
    this.#document = workspace.open('catalogue');
    this.canWrite = this.#document.access === 'write';
    this.undo = new OwnUndo(catalogueTypes(this.#document.doc));
    this.#all = docSignal(catalogueTypes(this.#document.doc), () => readCatalogue(this.#document.doc).products);
  }

  /** Asks again what sold; call when facts changed. */
  async refresh(): Promise<void> {
    const { body } = await this.#engine.ask('catalogue.sales', { days: soldDays });
    this.#sales = new Map(body.filter(({ productId }) => productId !== '').map((sales) => [sales.productId, sales]));
  }

  async weeksOf(id: string): Promise<readonly WeekOfSales[]> {
    return (await this.#engine.ask('catalogue.weeks', { product: id, weeks: shownWeeks })).body;
  }

  product(id: string): Product | null {
    return (
      this.#all.current.find((product) => product.id === id || product.mergedFrom.includes(id as ProductId)) ?? null
    );
  }
  get products(): readonly Product[] {
    return this.#products;
  }
  countOf(filter: ProductFilter): number {
    return this.rows.filter((row) => this.#passes(row, filter)).length;
  }
  whySuggested(product: Product, tag: string): string {
    return suggestTags(product, starterTags).find((suggestion) => suggestion.tag === tag)?.word ?? '';
  }

  setFields(id: ProductId, fields: ProductFields): boolean {
    return this.#write((doc) => setProductFields(doc, id, fields).ok);
  }
  confirm(id: ProductId, tag: string): void {
    this.#write((doc) => confirmTag(doc, id, tag));
  }
  remove(id: ProductId, tag: string): void {
    this.#write((doc) => removeTag(doc, id, tag));
  }
  /** Every suggestion of what is shown, as one step. */
  confirmShown(): number {
    const changes: ProductChange[] = this.shown
      .filter(({ product }) => product.suggestedTags.length > 0)
      .map(({ product }) => ({ product: product.id, seed: null, fields: {}, tags: product.suggestedTags }));
    this.#write((doc) => applyProductChanges(doc, changes));
    return changes.reduce((sum, { tags }) => sum + tags.length, 0);
  }
  merge(target: ProductId, sources: readonly ProductId[]): void {
    this.#write((doc) => sources.forEach((source) => mergeProducts(doc, target, source)));
  }
  separate(id: ProductId): void {
    this.#write((doc) => separateProduct(doc, id));
  }
  /** How many products are new, and how many were changed. */
  apply(changes: readonly ProductChange[]): { readonly added: number; readonly updated: number } {
    const applied = this.#write((doc) => applyProductChanges(doc, changes));
    const added = changes.filter(({ seed }) => seed).length;
    return { added, updated: applied - added };
  }
  add(name: string): void {
    this.#write((doc) => addProductsFromOrders(doc, [{ name, items: [name] }]));
  }

  close(): void {
    this.undo.close();
    this.#document.close();
  }

  /** Under this screen's own origin, so that undo takes back what was done here and nothing else. */
  #write<Value>(command: (doc: OpenDocument['doc']) => Value): Value {
    return this.#document.doc.transact(() => command(this.#document.doc), this.undo.origin);
  }

  #passes({ product, sales }: ProductRow, filter: ProductFilter): boolean {
    switch (filter) {
      case 'all':
        return true;
      case 'suggested':
        return product.suggestedTags.length > 0;
      case 'no-tag':
        return product.tags.length === 0;
      case 'no-category':
        return product.category === '';
      case 'no-pack':
        return product.packMilli === null;
      case 'unsold':
        return sales === null;
    }
  }
}

function textOf({ name, category, items, tags }: Product): string {
  return `${name}\n${category}\n${items.join('\n')}\n${tags.join('\n')}`.normalize('NFKC').toLowerCase();
}
