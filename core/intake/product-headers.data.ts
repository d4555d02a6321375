/** Column names of product tables and the words in their cells. Sources: capabilities 3.10 and our own template; November 2026. */
import type { PackUnit, Storage } from '../catalogue/product.ts';

export type ProductColumn =
  'item' | 'name' | 'category' | 'tags' | 'pack' | 'pack-unit' | 'storage' | 'shelf-life' | 'price' | 'facts';

export const productHeaders: readonly (readonly [ProductColumn, readonly string[]])[] = [
  [
    'item',
    [
      '商品编码',
      '编码',
      'sku',
      'sku编码',
      '商家编码',
      '货号',
      '条码',
      'code',
      'itemcode',
      'item',
      'stockcode',
      '商品id',
    ],
  ],
  ['name', ['商品名称', '名称', '品名', '商品', 'name', 'productname', 'product', 'description']],
  ['category', ['品类', '类目', '分类', '商品类目', 'category']],
  ['tags', ['标签', '兴趣标签', 'tag', 'tags']],
  ['pack', ['规格', '包装', '净含量', '包装规格', '重量', 'pack', 'packsize', 'size', 'netweight']],
  ['pack-unit', ['单位', '规格单位', 'unit', 'packunit']],
  ['storage', ['储存', '储存方式', '储存条件', '保存方式', '贮存条件', 'storage']],
  ['shelf-life', ['保质期', '保质期天', '保质期(天)', 'shelflife', 'shelflifedays']],
  ['price', ['价格', '售价', '单价', '零售价', 'price']],
];

export const storageWords: readonly (readonly [Storage, readonly string[]])[] = [
  ['frozen', ['冷冻', '速冻', '-18', 'frozen', 'freeze']],
  ['chilled', ['冷藏', '低温', '2-6', '0-4', 'chilled', 'refrigerat', 'fridge']],
  ['cool', ['阴凉', '避光', 'cool']],
  ['ambient', ['常温', '室温', '干燥', 'ambient', 'room', 'dry']],
];

export const packWords: readonly (readonly [PackUnit, readonly string[]])[] = [
  ['kg', ['kg', '千克', '公斤']],
  ['g', ['g', '克']],
  ['ml', ['ml', '毫升']],
  ['l', ['l', '升']],
  ['serving', ['份', '餐', 'serving', 'servings']],
  ['day', ['天', '日', 'day', 'days']],
  [
    'piece',
    ['个', '包', '袋', '瓶', '盒', '片', '枚', '支', '条', '罐', '杯', 'piece', 'pieces', 'pcs', 'pack', 'packs'],
  ],
];

/** How many days one stands for. */
export const spanWords: readonly (readonly [days: number, words: readonly string[]])[] = [
  [365, ['年', 'year', 'years']],
  [30, ['个月', '月', 'month', 'months']],
  [1, ['天', '日', 'day', 'days', '']],
];
