import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { addProductsFromOrders, readCatalogue, setProductFields } from '#core/catalogue/catalogue.doc.ts';
import { productIdFromItem } from '#core/catalogue/product-id.ts';
import { rankDoubles } from '#core/catalogue/rank-doubles.ts';

it('[CAT15] decoration makes no product, a size does', () => {
  const doc = new Y.Doc();
  const seeds = [
    ['A', '【新品】高筋面粉 2.5kg'],
    ['B', '高筋面粉（2.5KG）'],
    ['C', '高筋面粉 1kg'],
    ['D', '牛奶'],
    ['E', '牛 奶'],
  ] as const;
  addProductsFromOrders(
    doc,
    seeds.map(([item, name]) => ({ name, items: [item] })),
  );
  addProductsFromOrders(doc, [{ name: 'x', items: ['B', 'B2'] }]);
  const doubles = () => rankDoubles(readCatalogue(doc).products);
  const id = productIdFromItem;
  expect(doubles()).toContainEqual({ keep: id('B'), others: [id('A')] });
  expect(doubles()).toHaveLength(2);
  setProductFields(doc, id('D'), { packMilli: 950_000, packUnit: 'ml' });
  setProductFields(doc, id('E'), { packMilli: 200_000, packUnit: 'ml' });
  expect(doubles()).toHaveLength(1);
});
