/**
 * Products as dense numbers: which item belongs to which. Until a catalogue product owns an item, the item is a product
 * of its own. A product keeps its number while the catalogue changes around it; a number nobody uses any more answers
 * with an empty product.
 */
import type { LedgerCatalogueProduct } from '../ledger-building.ts';
import type { LedgerProduct } from '../ledger-columns.ts';
import { grow } from './grow.ts';

interface Place {
  catalogue: LedgerCatalogueProduct | null;
  readonly items: Set<number>;
  /** Made when asked for, forgotten when anything changes. */
  shown: LedgerProduct | null;
}

export class Products {
  /** Dense product by item. */
  productOf = new Int32Array(0);
  readonly #items: string[] = [];
  readonly #itemByKey = new Map<string, number>();
  readonly #itemName: string[] = [];
  #namedMs = new Float64Array(0);
  readonly #places: Place[] = [];
  #denseById = new Map<string, number>();
  #ownerByItem = new Map<string, LedgerCatalogueProduct>();

  get count(): number {
    return this.#places.length;
  }

  /** The item's dense number. */
  intern(item: string): number {
    const known = this.#itemByKey.get(item);
    if (known !== undefined) return known;
    const fresh = this.#items.push(item) - 1;
    this.#itemByKey.set(item, fresh);
    this.#itemName.push('');
    this.productOf = grow(this.productOf, fresh + 1, -1);
    this.#namedMs = grow(this.#namedMs, fresh + 1, -Infinity);
    const owner = this.#ownerByItem.get(item);
    this.#put(fresh, owner === undefined ? this.#open(null) : this.#denseById.get(owner.id)!);
    return fresh;
  }

  itemText(item: number): string {
    return this.#items[item]!;
  }

  /** -1 when the ledger never met the item. */
  findItem(item: string): number {
    return this.#itemByKey.get(item) ?? -1;
  }

  isNewerName(item: number, atMs: number): boolean {
    return atMs >= this.#namedMs[item]!;
  }

  /** An item is called what its latest line calls it; of equally late ones, the name that sorts last. */
  nameItem(item: number, name: string, atMs: number): void {
    if (atMs === this.#namedMs[item] && name <= this.#itemName[item]!) return;
    this.#namedMs[item] = atMs;
    if (name === this.#itemName[item]) return;
    this.#itemName[item] = name;
    this.#places[this.productOf[item]!]!.shown = null;
  }

  show(dense: number): LedgerProduct {
    const place = this.#places[dense]!;
    return (place.shown ??= this.#describe(place));
  }

  find(productIdOrItem: string): number {
    const item = this.#itemByKey.get(productIdOrItem);
    return this.#denseById.get(productIdOrItem) ?? (item === undefined ? -1 : this.productOf[item]!);
  }

  /** Answers which products mean something else than before: other items, tags or category. */
  setCatalogue(products: readonly LedgerCatalogueProduct[]): ReadonlySet<number> {
    const before = this.#places.map((place) => signatureOf(place));
    this.#takeOwners(products);
    for (let item = 0; item < this.#items.length; item++) {
      const owner = this.#ownerByItem.get(this.#items[item]!);
      const here = this.#places[this.productOf[item]!]!;
      if (owner !== undefined) this.#put(item, this.#denseById.get(owner.id)!);
      else if (here.catalogue !== null || here.items.size > 1) this.#put(item, this.#open(null));
    }
    const changed = new Set<number>();
    this.#places.forEach((place, dense) => {
      place.shown = null;
      if (before[dense] !== signatureOf(place)) changed.add(dense);
    });
    return changed;
  }

  #takeOwners(products: readonly LedgerCatalogueProduct[]): void {
    const known = this.#denseById;
    this.#denseById = new Map();
    this.#ownerByItem = new Map();
    for (const place of this.#places) place.catalogue = null;
    const inOrder = [...products].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const product of inOrder) {
      const dense = this.#numberFor(product, known.get(product.id));
      this.#places[dense]!.catalogue = product;
      this.#denseById.set(product.id, dense);
    }
    for (const product of products)
      for (const id of product.mergedFrom)
        if (!this.#denseById.has(id)) this.#denseById.set(id, this.#denseById.get(product.id)!);
    // What a show records names the product itself where an order names the platform's item.
    const own = (name: string, product: LedgerCatalogueProduct): void => {
      if (!this.#ownerByItem.has(name)) this.#ownerByItem.set(name, product);
    };
    for (const product of inOrder) own(product.id, product);
    for (const product of inOrder) for (const name of [...product.items, ...product.mergedFrom]) own(name, product);
  }

  /** The number it had, else that of an item it owns now, else a new one. */
  #numberFor(product: LedgerCatalogueProduct, known: number | undefined): number {
    if (known !== undefined && this.#places[known]!.catalogue === null) return known;
    for (const key of product.items) {
      const item = this.#itemByKey.get(key);
      const dense = item === undefined ? -1 : this.productOf[item]!;
      if (dense >= 0 && this.#places[dense]!.catalogue === null && this.#places[dense]!.items.size === 1) return dense;
    }
    return this.#open(null);
  }

  #open(catalogue: LedgerCatalogueProduct | null): number {
    return this.#places.push({ catalogue, items: new Set(), shown: null }) - 1;
  }

  #put(item: number, dense: number): void {
    const from = this.productOf[item]!;
    if (from === dense) return;
    if (from >= 0) this.#places[from]!.items.delete(item);
    this.#places[dense]!.items.add(item);
    this.productOf[item] = dense;
  }

  #describe({ catalogue, items }: Place): LedgerProduct {
    const keys = [...items].map((item) => this.#items[item]!).sort();
    const [only] = items;
    return Object.freeze({
      productId: catalogue?.id ?? '',
      items: Object.freeze(catalogue === null ? keys : [...catalogue.items]),
      name: catalogue?.name ?? (only === undefined ? '' : this.#itemName[only]!),
      category: catalogue?.category ?? '',
      tags: Object.freeze([...(catalogue?.tags ?? [])]),
    });
  }
}

function signatureOf({ catalogue, items }: Place): string {
  return JSON.stringify([catalogue?.id, catalogue?.category, catalogue?.tags, [...items].sort((a, b) => a - b)]);
}
