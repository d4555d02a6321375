import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { addProductsFromOrders, applyProductChanges, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { productIdFromItem } from '#core/catalogue/product-id.ts';
import { parseProductTable } from '#core/intake/parse-product-table.ts';
import { splitTags } from '#core/intake/split-tags.ts';

const table = (rows: readonly string[]): string => rows.map((row) => row.replaceAll('|', '\t')).join('\n');

it('[IMP29] rows find their product by code or name and say what would change', () => {
  const doc = new Y.Doc();
  addProductsFromOrders(doc, [
    { name: '高筋面粉', items: ['FL-1'] },
    { name: '鲜牛奶 950ml', items: ['MK-1'] },
  ]);
  const text = table([
    '商品编码|商品名称|品类|标签|规格|储存|保质期|价格',
    'FL-1|高筋面粉 2.5kg|面粉|烘焙爱好者、健身轻食派|2.5kg|常温干燥处|12个月|¥39.90',
    '|鲜牛奶950ML|低温奶||950ml|冷藏|7天|',
    'NEW-1|酵母粉|烘焙||一大包|-|两年|free',
  ]);
  const parsed = parseProductTable(text, readCatalogue(doc).products);
  expect(parsed.ok && parsed.value.map(({ line, isNew, unread }) => ({ line, isNew, unread }))).toEqual([
    { line: 2, isNew: false, unread: [] },
    { line: 3, isNew: false, unread: [] },
    {
      line: 4,
      isNew: true,
      unread: [
        { column: 'pack', cell: '一大包' },
        { column: 'shelf-life', cell: '两年' },
        { column: 'price', cell: 'free' },
      ],
    },
  ]);
  if (parsed.ok)
    applyProductChanges(
      doc,
      parsed.value.map(({ change }) => change),
    );
  const byId = new Map(readCatalogue(doc).products.map((product) => [product.id, product]));
  expect(byId.get(productIdFromItem('FL-1'))).toMatchObject({
    name: '高筋面粉 2.5kg',
    category: '面粉',
    tags: ['健身轻食派', '烘焙爱好者'],
    packMilli: 2500,
    packUnit: 'kg',
    storage: 'ambient',
    shelfLifeDays: 360,
    priceFen: 3990,
  });
  expect(byId.get(productIdFromItem('MK-1'))).toMatchObject({
    category: '低温奶',
    packMilli: 950_000,
    packUnit: 'ml',
    storage: 'chilled',
    shelfLifeDays: 7,
    priceFen: null,
  });
  expect(byId.get(productIdFromItem('NEW-1'))).toMatchObject({
    name: '酵母粉',
    category: '烘焙',
    items: ['NEW-1'],
    packMilli: null,
  });
});

it('[IMP29] rows of one product, new or known, are one change', () => {
  const doc = new Y.Doc();
  addProductsFromOrders(doc, [{ name: '高筋面粉', items: ['FL-1'] }]);
  const text = table([
    '商品编码|商品名称|标签|保质期|价格',
    'NEW-1|酵母粉|烘焙爱好者|12个月|',
    'FL-1||||39.90',
    'NEW-1|酵母粉 100g|健身轻食派|180天|free',
    'FL-1|高筋面粉 2.5kg||60天|',
  ]);
  const parsed = parseProductTable(text, readCatalogue(doc).products);
  expect(
    parsed.ok &&
      parsed.value.map(({ line, name, isNew, unread, change }) => [
        line,
        name,
        isNew,
        unread.length,
        change.fields,
        change.tags,
      ]),
  ).toEqual([
    [2, '酵母粉', true, 1, { shelfLifeDays: 180 }, ['烘焙爱好者', '健身轻食派']],
    [3, '高筋面粉', false, 0, { name: '高筋面粉 2.5kg', priceFen: 3990, shelfLifeDays: 60 }, []],
  ]);
});

it('[IMP29] a table without names or codes is refused', () => {
  expect(parseProductTable('a\tb\n1\t2', [])).toEqual({ ok: false, error: { kind: 'no-header' } });
  expect(parseProductTable('名称\t价格', [])).toEqual({ ok: false, error: { kind: 'no-rows' } });
});

it('[IMP29] tags part at separators and between Chinese words, and a starter tag may be called in English', () => {
  expect(splitTags('烘焙爱好者 健身轻食派、节日礼盒')).toEqual(['烘焙爱好者', '健身轻食派', '节日礼盒']);
  expect(splitTags('home bakers, VIP 客户')).toEqual(['烘焙爱好者', 'VIP 客户']);
});
