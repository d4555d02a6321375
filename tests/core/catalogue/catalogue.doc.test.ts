import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addProductsFromOrders,
  applyProductChanges,
  confirmTag,
  mergeProducts,
  readCatalogue,
  removeTag,
  separateProduct,
  setProductFields,
} from '#core/catalogue/catalogue.doc.ts';
import { productIdFromItem } from '#core/catalogue/product-id.ts';
import type { ProductSeed } from '#core/catalogue/product.ts';

const seed = (item: string, more: Partial<ProductSeed> = {}): ProductSeed => ({ name: item, items: [item], ...more });
const catalogueOf = (...seeds: ProductSeed[]): Y.Doc => {
  const doc = new Y.Doc();
  addProductsFromOrders(doc, seeds);
  return doc;
};
const connect = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
};
const copy = (doc: Y.Doc): Y.Doc => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
};
const [flour, butter, bread] = ['FL-1', 'BT-1', 'BR-1'].map(productIdFromItem) as [never, never, never];
const only = (doc: Y.Doc) => readCatalogue(doc).products[0];

describe('catalogue document', () => {
  it('[CAT1] reading writes nothing and skips what it cannot read', () => {
    const doc = new Y.Doc();
    expect(readCatalogue(doc)).toEqual({ products: [], skipped: 0 });
    expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
    addProductsFromOrders(doc, [seed('FL-1')]);
    doc.getMap('products').set('p-broken', 'text');
    doc.getMap('products').set('p-nameless', new Y.Map());
    expect(readCatalogue(doc)).toMatchObject({ skipped: 2, products: [{ name: 'FL-1', items: ['FL-1'] }] });
  });

  it('[CAT2] two devices importing apart end with one product', () => {
    const [a, b] = [catalogueOf(seed('FL-1'), seed('BT-1')), catalogueOf(seed('FL-1'))];
    connect(a, b);
    expect(readCatalogue(a)).toEqual(readCatalogue(b));
    expect(readCatalogue(a).products.map((product) => product.items)).toHaveLength(2);
  });

  it('[CAT3] a known item creates nothing and its companions become aliases', () => {
    const doc = catalogueOf(seed('FL-1'));
    expect(addProductsFromOrders(doc, [seed('FL-1')])).toBe(0);
    expect(addProductsFromOrders(doc, [{ name: 'other', items: ['NEW', 'FL-1'] }])).toBe(0);
    expect(only(doc)).toMatchObject({ name: 'FL-1', items: ['FL-1', 'NEW'] });
    expect(addProductsFromOrders(doc, [seed('NEW')])).toBe(0);
  });

  it('[CAT3] many seeds come as updates of so many, an item named twice among them makes one product', () => {
    const doc = new Y.Doc();
    let updates = 0;
    doc.on('update', () => updates++);
    expect(
      addProductsFromOrders(
        doc,
        ['A', 'B', 'C', 'A', 'D'].map((item) => seed(item)),
        2,
      ),
    ).toBe(4);
    expect(updates).toBe(3);
    expect(readCatalogue(doc).products).toHaveLength(4);
  });

  it('[CAT4] a merge folds items and tags, separating gives them back', () => {
    const doc = catalogueOf(seed('FL-1', { tags: ['烘焙爱好者'] }), seed('BT-1', { tags: ['乳品常备家'] }));
    const before = readCatalogue(doc);
    expect(mergeProducts(doc, flour, butter)).toEqual({ ok: true, value: null });
    expect(readCatalogue(doc).products).toMatchObject([
      { id: flour, items: ['BT-1', 'FL-1'], tags: ['乳品常备家', '烘焙爱好者'], mergedFrom: [butter] },
    ]);
    expect(mergeProducts(doc, flour, butter)).toEqual({ ok: true, value: null });
    expect(separateProduct(doc, butter)).toEqual({ ok: true, value: null });
    expect(readCatalogue(doc)).toEqual(before);
    expect(mergeProducts(doc, flour, flour)).toEqual({ ok: false, error: { kind: 'same-product' } });
    expect(mergeProducts(doc, flour, bread)).toEqual({ ok: false, error: { kind: 'unknown-product', product: bread } });
  });

  it('[CAT5] merges both ways while apart end at one product everywhere', () => {
    const a = catalogueOf(seed('FL-1'), seed('BT-1'), seed('BR-1'));
    const b = copy(a);
    mergeProducts(a, flour, butter);
    mergeProducts(a, flour, bread);
    mergeProducts(b, butter, flour);
    connect(a, b);
    expect(readCatalogue(a)).toEqual(readCatalogue(b));
    expect(readCatalogue(a).products.map((product) => product.items)).toEqual([['BR-1', 'BT-1', 'FL-1']]);
  });

  it('[CAT6] an item claimed twice belongs to one product', () => {
    const a = catalogueOf(seed('FL-1'), seed('BT-1'));
    const b = copy(a);
    addProductsFromOrders(a, [{ name: 'x', items: ['FL-1', 'SHARED'] }]);
    addProductsFromOrders(b, [{ name: 'x', items: ['BT-1', 'SHARED'] }]);
    connect(a, b);
    expect(
      readCatalogue(a)
        .products.flatMap((product) => product.items)
        .sort(),
    ).toEqual(['BT-1', 'FL-1', 'SHARED']);
    expect(readCatalogue(a)).toEqual(readCatalogue(b));
  });

  it('[CAT7] both additions to a name and a fact survive', () => {
    const a = catalogueOf(seed('FL-1', { name: '高筋面粉', facts: { 产地: '河北' } }));
    const b = copy(a);
    setProductFields(a, flour, { name: '有机高筋面粉', facts: { 产地: '河北邢台' } });
    setProductFields(b, flour, { name: '高筋面粉 1kg', facts: { 产地: '中国河北' } });
    connect(a, b);
    expect(only(a)).toMatchObject({ name: '有机高筋面粉 1kg', facts: { 产地: '中国河北邢台' } });
    expect(only(a)).toEqual(only(b));
  });

  it('[CAT8] a name is at most 120 characters, a longer one of a file is cut', () => {
    const doc = new Y.Doc();
    addProductsFromOrders(doc, [{ items: ['long'], name: `${'a'.repeat(119)}\u{1f9c0} cheese` }]);
    const [product] = readCatalogue(doc).products;
    expect(product?.name).toBe('a'.repeat(119));
    expect(setProductFields(doc, product!.id, { name: 'b'.repeat(120) })).toEqual({ ok: true, value: null });
  });
  it('[CAT8] values out of range are refused and change nothing', () => {
    const doc = catalogueOf(seed('FL-1'));
    const before = Y.encodeStateVector(doc);
    for (const [field, value] of [
      ['name', '  '],
      ['name', 'x'.repeat(121)],
      ['packMilli', -1],
      ['shelfLifeDays', 1.5],
      ['priceFen', Number.NaN],
      ['packUnit', 'stone'],
      ['storage', 'attic'],
    ] as const) {
      expect(setProductFields(doc, flour, { [field]: value })).toEqual({
        ok: false,
        error: { kind: 'unreadable-value', field },
      });
    }
    expect(setProductFields(doc, bread, { name: 'x' })).toEqual({
      ok: false,
      error: { kind: 'unknown-product', product: bread },
    });
    expect(confirmTag(doc, flour, ' ')).toEqual({ ok: false, error: { kind: 'blank-tag' } });
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  it('[CAT9] a removed tag is not suggested again, but may be confirmed', () => {
    const suggested = { suggestedTags: ['烘焙爱好者'] };
    const doc = catalogueOf(seed('FL-1', suggested));
    removeTag(doc, flour, '烘焙爱好者');
    addProductsFromOrders(doc, [seed('FL-1', suggested), seed('BT-1', suggested)]);
    mergeProducts(doc, flour, butter);
    expect(readCatalogue(doc).products).toMatchObject([{ tags: [], suggestedTags: [] }]);
    confirmTag(doc, flour, '烘焙爱好者');
    addProductsFromOrders(doc, [seed('FL-1', suggested)]);
    expect(only(doc)).toMatchObject({ tags: ['烘焙爱好者'], suggestedTags: [] });
  });

  it('[CAT10] suggested tags wait for a person', () => {
    const doc = catalogueOf(seed('FL-1', { suggestedTags: ['零食爱好者'], tags: ['烘焙爱好者'] }));
    expect(only(doc)).toMatchObject({ tags: ['烘焙爱好者'], suggestedTags: ['零食爱好者'] });
  });

  it('[CAT11] fields not named stay as they were', () => {
    const doc = catalogueOf(seed('FL-1', { category: '面粉', packMilli: 1000, packUnit: 'kg', priceFen: 1990 }));
    setProductFields(doc, flour, { storage: 'ambient', shelfLifeDays: 365 });
    setProductFields(doc, flour, { priceFen: null });
    expect(only(doc)).toMatchObject({
      category: '面粉',
      packMilli: 1000,
      packUnit: 'kg',
      storage: 'ambient',
      shelfLifeDays: 365,
      priceFen: null,
    });
  });

  it('[CAT14] a table of changes is one undo step', () => {
    const doc = catalogueOf(seed('FL-1'));
    const before = readCatalogue(doc);
    const undo = new Y.UndoManager(doc.getMap('products'), { trackedOrigins: new Set(['apply-table']) });
    const applied = applyProductChanges(doc, [
      { product: flour, seed: null, fields: { category: '面粉' }, tags: ['烘焙爱好者'] },
      { product: butter, seed: seed('BT-1'), fields: { shelfLifeDays: 180 }, tags: [] },
    ]);
    expect(applied).toBe(2);
    expect(readCatalogue(doc).products).toHaveLength(2);
    undo.undo();
    expect(readCatalogue(doc)).toEqual(before);
  });

  it('[CAT16] what orders brought stays untouched until a person says something of it', () => {
    const brought = { isFromOrders: true };
    const words: Readonly<Record<string, (doc: Y.Doc) => unknown>> = {
      confirm: (doc) => confirmTag(doc, flour, '烘焙爱好者'),
      remove: (doc) => removeTag(doc, flour, '烘焙爱好者'),
      price: (doc) => setProductFields(doc, flour, { priceFen: 990 }),
      merge: (doc) => mergeProducts(doc, flour, butter),
      merged: (doc) => mergeProducts(doc, butter, flour),
      add: (doc) => addProductsFromOrders(doc, [seed('FL-1')]),
    };
    for (const [word, say] of Object.entries(words)) {
      const doc = catalogueOf(seed('FL-1', brought), seed('BT-1', brought));
      addProductsFromOrders(doc, [seed('FL-1', brought)]);
      expect(only(doc)?.isUntouched, word).toBe(true);
      say(doc);
      const said = readCatalogue(doc).products.find(({ id, mergedFrom }) => id === flour || mergedFrom.includes(flour));
      expect(said?.isUntouched, word).toBe(false);
    }
    expect(only(catalogueOf(seed('FL-1')))?.isUntouched).toBe(false);
  });

  it('[CAT2] any commands on three devices converge', () => {
    const items = ['A', 'B', 'C', 'D'];
    const step = fc.record({ device: fc.nat(2), kind: fc.nat(5), a: fc.nat(3), b: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const devices = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
        for (const { device, kind, a, b } of steps) {
          const doc = devices[device] as Y.Doc;
          const [one, two] = [productIdFromItem(items[a] ?? ''), productIdFromItem(items[b] ?? '')];
          if (kind === 0)
            addProductsFromOrders(doc, [{ name: items[a] ?? '', items: [items[a] ?? '', items[b] ?? ''] }]);
          if (kind === 1) mergeProducts(doc, one, two);
          if (kind === 2) separateProduct(doc, one);
          if (kind === 3) removeTag(doc, one, items[b] ?? '');
          if (kind === 4) confirmTag(doc, one, items[b] ?? '');
          if (kind === 5) connect(doc, devices[b % 3] as Y.Doc);
        }
        for (const doc of devices) connect(devices[0] as Y.Doc, doc);
        for (const doc of devices) connect(devices[0] as Y.Doc, doc);
        const [first, ...rest] = devices.map(readCatalogue);
        for (const other of rest) expect(other).toEqual(first);
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });
});
