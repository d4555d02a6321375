import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addProductsFromOrders } from '#core/catalogue/catalogue.doc.ts';
import { productIdFromItem } from '#core/catalogue/product-id.ts';
import { proposeParameters } from '#core/insight/profile/parameters.doc.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { readChosenFactors } from '#core/insight/repurchase/chosen-factors.doc.ts';
import { GapFactorSettings } from '#web/screens/settings/gap-factor-settings.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';

test('what was learnt is shown, a choice beside it wins, and it can be taken back', () => {
  const doc = new Y.Doc();
  const { rfm: _chosen, ...builtIn } = defaultParameters;
  const season = Array.from({ length: 12 }, (_, month) => (month >= 5 && month <= 7 ? 0.8 : 1));
  proposeParameters(doc, {
    parameters: {
      ...builtIn,
      repurchase: {
        ...builtIn.repurchase,
        factors: { products: {}, categories: { '': { stockUp: 1, season }, milk: { promotion: 0.7 } } },
      },
    },
    lines: 1,
    customers: 1,
    madeMs: 1,
    madeBy: 'm',
  });
  const workspace = {
    open: (path: string) => ({
      doc: path === 'settings' ? doc : new Y.Doc(),
      access: 'write',
      close: () => undefined,
    }),
  } as unknown as Workspace;
  const factors = new GapFactorSettings(workspace, { has: () => true });
  expect([factors.multiplier('stockUp'), factors.multiplier('promotion'), factors.isChosen]).toEqual([2, null, false]);
  expect(factors.multiplier('summer')).toBeCloseTo(0.8);
  const undo = factors.choose('winter', 1.2);
  expect(readChosenFactors(doc).categories['']?.season?.slice(4, 8)).toEqual(
    [1, 0.8, 0.8, 0.8].map((each) => expect.closeTo(each)),
  );
  expect(factors.multiplier('winter')).toBeCloseTo(1.2);
  expect([factors.isOwn('winter'), factors.isOwn('stockUp')]).toEqual([true, false]);
  expect(factors.choose('stockUp', 9)).toBe('out-of-bounds');
  expect(factors.choose('stockUp', Number.NaN)).toBe('out-of-bounds');
  if (typeof undo === 'function') undo();
  expect(readChosenFactors(doc).categories).toEqual({});
  factors.scope = 'category/milk';
  expect([factors.multiplier('promotion'), factors.multiplier('summer')]).toEqual([0.7, null]);
  factors.choose('promotion', 0.9);
  expect([factors.multiplier('promotion'), factors.isChosen]).toEqual([0.9, true]);
  factors.backToLearnt();
  expect(factors.multiplier('promotion')).toBe(0.7);
});

test('[CAT16] what an undone import left behind is not offered, nor a category that only it has', () => {
  const catalogue = new Y.Doc();
  const add = (name: string, category: string) =>
    addProductsFromOrders(catalogue, [{ name, category, items: [name], isFromOrders: true }]);
  add('milk', 'dairy');
  add('flour', 'baking');
  const workspace = {
    open: (path: string) => ({
      doc: path === 'catalogue' ? catalogue : new Y.Doc(),
      access: 'write',
      close: () => undefined,
    }),
  } as unknown as Workspace;
  const factors = new GapFactorSettings(workspace, { has: (id) => id !== productIdFromItem('flour') });
  expect(factors.options.map(({ name }) => name)).toEqual(['dairy', 'milk']);
});

test('products called the same are told apart by their items', () => {
  const catalogue = new Y.Doc();
  for (const item of ['m-1', 'm-2'])
    addProductsFromOrders(catalogue, [{ name: 'milk', category: 'dairy', items: [item], isFromOrders: true }]);
  addProductsFromOrders(catalogue, [{ name: 'flour', category: 'baking', items: ['f'], isFromOrders: true }]);
  const workspace = {
    open: (path: string) => ({
      doc: path === 'catalogue' ? catalogue : new Y.Doc(),
      access: 'write',
      close: () => undefined,
    }),
  } as unknown as Workspace;
  const { options } = new GapFactorSettings(workspace, { has: () => true });
  expect(options.slice(2).map(({ name, note }) => `${name}: ${note}`)).toEqual([
    'flour: baking',
    'milk: dairy · m-1',
    'milk: dairy · m-2',
  ]);
});
