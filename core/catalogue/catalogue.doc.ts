/**
 * Room `catalogue`, version 1; written by owner and operator, read by all.
 *
 * | key | type | merge |
 * | --- | --- | --- |
 * | `products` | Y.Map by product id | ids come from the first item, so two importers make one product |
 * | … `name`, `facts[key]` | Y.Text | both hands' additions survive |
 * | … `aliases[item]`, `tags[tag]` | Y.Map of true, of `confirmed`, `suggested` or `removed` | by key |
 * | … `isUntouched` | true, gone with a person's first word | gone wins |
 * | … `category`, `packMilli`, `packUnit`, `storage`, `shelfLifeDays`, `priceFen`, `mergedInto` | chosen values | last wins |
 *
 * A merge only sets `mergedInto`, so it can be taken back whole and two people merging at once lose nothing.
 */
import * as Y from 'yjs';
import { type Result, fail, ok } from '../result.ts';
import type { ProductId } from '../units/ids.ts';
import { nameLimits } from '../units/name-limits.ts';
import { productIdFromItem } from './product-id.ts';
import { type Product, type ProductFields, type ProductSeed, packUnits, storages } from './product.ts';
import { type RawProduct, foldMergedProducts, rootOfProduct } from './fold-merged-products.ts';

export interface Catalogue {
  /** By id, merged ones folded in. */
  readonly products: readonly Product[];
  /** Records that could not be read. */
  readonly skipped: number;
}

export type CatalogueFailure =
  | { readonly kind: 'unknown-product'; readonly product: string }
  | { readonly kind: 'same-product' }
  | { readonly kind: 'unreadable-value'; readonly field: string }
  | { readonly kind: 'blank-tag' };

export const catalogueTypes = (doc: Y.Doc): readonly Y.AbstractType<unknown>[] => [
  productsOf(doc) as unknown as Y.AbstractType<unknown>,
];

export const readCatalogue = (doc: Y.Doc): Catalogue => {
  const raw: RawProduct[] = [];
  let skipped = 0;
  for (const [id, record] of productsOf(doc)) {
    const product = record instanceof Y.Map ? readProduct(id, record) : null;
    if (product) raw.push(product);
    else skipped++;
  }
  return Object.freeze({ products: foldMergedProducts(raw), skipped });
};

/**
 * Creates a product for each seed none of whose items is owned yet; a seed with a known item changes nothing but the
 * aliases. Idempotent. Answers how many are new. Every transaction is an update that whoever has the document open
 * takes in at once: `atOnce` keeps thousands of products from being one.
 */
export const addProductsFromOrders = (doc: Y.Doc, seeds: readonly ProductSeed[], atOnce = Infinity): number => {
  const products = productsOf(doc);
  const owners = ownersByItem(products);
  let added = 0;
  const add = (some: readonly ProductSeed[]): void => {
    for (const seed of some) {
      const known = seed.items.map((item) => owners.get(item)).find((owner) => owner !== undefined);
      const id = known ?? productIdFromItem(seed.items[0]);
      const present = products.get(id);
      const record: Records = present instanceof Y.Map ? present : createRecord(seed);
      if (record !== present) {
        products.set(id, record);
        added++;
      }
      if (!seed.isFromOrders) record.delete(untouched);
      const aliases = childMap(record, 'aliases');
      for (const item of seed.items) {
        if (owners.has(item)) continue;
        aliases.set(item, true);
        owners.set(item, id);
      }
    }
  };
  for (let from = 0; from < seeds.length; from += atOnce)
    doc.transact(() => add(seeds.slice(from, from + atOnce)), 'add-products');
  return added;
};

/** Makes `source` a part of `target`: its items count for the target from now on. `separateProduct` takes it back. */
export const mergeProducts = (doc: Y.Doc, target: ProductId, source: ProductId): Result<null, CatalogueFailure> => {
  const raw = readRaw(doc);
  const to = rootOfProduct(raw, target);
  const from = rootOfProduct(raw, source);
  if (!to) return fail({ kind: 'unknown-product', product: target });
  if (!from) return fail({ kind: 'unknown-product', product: source });
  if (to === from) return target === source ? fail({ kind: 'same-product' }) : ok(null);
  return change(doc, from, 'merge-products', (record) => void record.set('mergedInto', to));
};

export const separateProduct = (doc: Y.Doc, product: ProductId): Result<null, CatalogueFailure> =>
  change(doc, product, 'separate-product', (record) => {
    if (record.get('mergedInto')) record.set('mergedInto', '');
  });

/** Sets what is named; texts are edited in place, so that a neighbour's additions to other parts survive. */
export const setProductFields = (
  doc: Y.Doc,
  product: ProductId,
  fields: ProductFields,
): Result<null, CatalogueFailure> => {
  const bad = unreadableField(fields);
  if (bad) return fail({ kind: 'unreadable-value', field: bad });
  return change(doc, product, 'set-product-fields', (record) => writeFields(record, fields));
};

/** A person's yes to a tag, suggested or new. */
export const confirmTag = (doc: Y.Doc, product: ProductId, tag: string): Result<null, CatalogueFailure> =>
  markTag(doc, product, tag, 'confirmed');

/** A person's no: the tag goes and is not suggested again. */
export const removeTag = (doc: Y.Doc, product: ProductId, tag: string): Result<null, CatalogueFailure> =>
  markTag(doc, product, tag, 'removed');

/** Several products' fields and tags in one step, one undo: a pasted table, or a row of confirmations. */
export const applyProductChanges = (doc: Y.Doc, changes: readonly ProductChange[]): number => {
  let applied = 0;
  doc.transact(() => {
    for (const { product, seed, fields, tags } of changes) {
      if (seed) addProductsFromOrders(doc, [seed]);
      const written = setProductFields(doc, product, fields);
      for (const tag of tags) confirmTag(doc, product, tag);
      if (written.ok) applied++;
    }
  }, 'apply-table');
  return applied;
};

export interface ProductChange {
  readonly product: ProductId;
  /** Present when the product does not exist yet. */
  readonly seed: ProductSeed | null;
  readonly fields: ProductFields;
  readonly tags: readonly string[];
}

type Records = Y.Map<unknown>;

const untouched = 'isUntouched';

const productsOf = (doc: Y.Doc): Records => doc.getMap('products');

const asText = (value: unknown): string =>
  value instanceof Y.Text ? value.toString() : typeof value === 'string' ? value : '';
const asCount = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
const oneOf = <Value extends string>(known: readonly Value[], value: unknown): Value | '' =>
  known.find((candidate) => candidate === value) ?? '';
const keysWhere = (map: unknown, wanted: unknown): string[] =>
  map instanceof Y.Map ? [...map].filter(([, value]) => value === wanted).map(([key]) => key) : [];

function readProduct(id: string, record: Records): RawProduct | null {
  if (!(record.get('name') instanceof Y.Text)) return null;
  const facts: Record<string, string> = {};
  const written = record.get('facts');
  if (written instanceof Y.Map) for (const [key, value] of [...written].sort(byKey)) facts[key] = asText(value);
  return {
    id: id as ProductId,
    name: asText(record.get('name')),
    items: keysWhere(record.get('aliases'), true),
    category: asText(record.get('category')),
    tags: keysWhere(record.get('tags'), 'confirmed'),
    suggestedTags: keysWhere(record.get('tags'), 'suggested'),
    removedTags: keysWhere(record.get('tags'), 'removed'),
    packMilli: asCount(record.get('packMilli')),
    packUnit: oneOf(packUnits, record.get('packUnit')),
    storage: oneOf(storages, record.get('storage')),
    shelfLifeDays: asCount(record.get('shelfLifeDays')),
    priceFen: asCount(record.get('priceFen')),
    facts,
    mergedInto: asText(record.get('mergedInto')) as ProductId | '',
    isUntouched: record.get(untouched) === true,
  };
}

function readRaw(doc: Y.Doc): Map<ProductId, RawProduct> {
  const raw = new Map<ProductId, RawProduct>();
  for (const [id, record] of productsOf(doc)) {
    const product = record instanceof Y.Map ? readProduct(id, record) : null;
    if (product) raw.set(product.id, product);
  }
  return raw;
}

function ownersByItem(products: Records): Map<string, ProductId> {
  const owners = new Map<string, ProductId>();
  for (const [id, record] of products) {
    if (record instanceof Y.Map)
      for (const item of keysWhere(record.get('aliases'), true)) owners.set(item, id as ProductId);
  }
  return owners;
}

function createRecord(seed: ProductSeed): Records {
  const record: Records = new Y.Map();
  record.set('name', new Y.Text(cutName(seed.name)));
  record.set('aliases', new Y.Map());
  const tags = new Y.Map<string>();
  for (const tag of seed.suggestedTags ?? []) tags.set(tag, 'suggested');
  for (const tag of seed.tags ?? []) tags.set(tag, 'confirmed');
  record.set('tags', tags);
  record.set('facts', new Y.Map(Object.entries(seed.facts ?? {}).map(([key, text]) => [key, new Y.Text(text)])));
  if (seed.isFromOrders) record.set(untouched, true);
  for (const field of chosenFields) if (seed[field] !== undefined) record.set(field, seed[field]);
  return record;
}

/** Never half a surrogate pair. */
const cutName = (name: string): string => name.slice(0, nameLimits.product).replace(/[\ud800-\udbff]$/, '');

const chosenFields = ['category', 'packMilli', 'packUnit', 'storage', 'shelfLifeDays', 'priceFen'] as const;

function writeFields(record: Records, fields: ProductFields): void {
  if (fields.name !== undefined) writeText(record, 'name', fields.name);
  for (const field of chosenFields) {
    const value = fields[field];
    if (value !== undefined && record.get(field) !== value) record.set(field, value);
  }
  const facts = fields.facts ? childMap(record, 'facts') : null;
  for (const [key, text] of Object.entries(fields.facts ?? {})) {
    if (text === '') facts?.delete(key);
    else if (facts) writeText(facts, key, text);
  }
}

/** Replaces only what differs between the common beginning and the common end. */
function writeText(map: Records, key: string, text: string): void {
  const current = map.get(key);
  if (!(current instanceof Y.Text)) {
    map.set(key, new Y.Text(text));
    return;
  }
  const before = current.toString();
  if (before === text) return;
  let start = 0;
  while (start < before.length && start < text.length && before[start] === text[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, text.length) - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  current.delete(start, before.length - end - start);
  current.insert(start, text.slice(start, text.length - end));
}

function unreadableField(fields: ProductFields): string | null {
  if (fields.name?.trim() === '' || (fields.name?.length ?? 0) > nameLimits.product) return 'name';
  for (const field of ['packMilli', 'shelfLifeDays', 'priceFen'] as const) {
    if (fields[field] != null && asCount(fields[field]) === null) return field;
  }
  if (fields.packUnit && !oneOf(packUnits, fields.packUnit)) return 'packUnit';
  return fields.storage && !oneOf(storages, fields.storage) ? 'storage' : null;
}

function markTag(
  doc: Y.Doc,
  product: ProductId,
  given: string,
  state: 'confirmed' | 'removed',
): Result<null, CatalogueFailure> {
  const tag = given.trim();
  if (tag === '') return fail({ kind: 'blank-tag' });
  return change(doc, product, `${state}-tag`, (record) => {
    const tags = childMap(record, 'tags');
    if (tags.get(tag) !== state) tags.set(tag, state);
  });
}

function change(
  doc: Y.Doc,
  product: ProductId,
  origin: string,
  apply: (record: Records) => void,
): Result<null, CatalogueFailure> {
  const record = productsOf(doc).get(product);
  if (!(record instanceof Y.Map)) return fail({ kind: 'unknown-product', product });
  doc.transact(() => {
    apply(record);
    record.delete(untouched);
  }, origin);
  return ok(null);
}

function childMap(record: Records, key: string): Records {
  const child = record.get(key);
  if (child instanceof Y.Map) return child as Records;
  const made: Records = new Y.Map();
  record.set(key, made);
  return made;
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
