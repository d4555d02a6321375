import { expect, test } from 'vitest';
import type { Product } from '#core/catalogue/product.ts';
import type { ProductId } from '#core/units/ids.ts';
import { checkLine } from '#core/wording/check-line.ts';
import { deriveProductKind } from '#core/wording/derive-product-kind.ts';
import { draftScript } from '#core/wording/draft-script.ts';
import { fieldsFromProduct, fillTemplate } from '#core/wording/fill-template.ts';

const beef: Product = {
  id: 'beef' as ProductId,
  name: '原切牛腩',
  items: ['beef-1kg'],
  category: '鲜肉',
  tags: [],
  suggestedTags: [],
  packMilli: 1000,
  packUnit: 'kg',
  storage: 'frozen',
  shelfLifeDays: 365,
  priceFen: 5900,
  facts: { 产地: '内蒙古锡林郭勒', 功效: '增强免疫力', 过敏原: '' },
  mergedFrom: [],
  isUntouched: false,
};

test('[WRD7] a template is filled from fields that exist', () => {
  expect(fillTemplate('{商品}，{规格}{价格}，{储存}保存{保质期}', fieldsFromProduct(beef))).toEqual({
    ok: true,
    value: '原切牛腩，1公斤¥59，冷冻保存365天',
  });
});

test('[WRD7] a missing or empty field refuses the sentence by name', () => {
  expect(fillTemplate('{商品}来自{海拔}', fieldsFromProduct(beef))).toEqual({
    ok: false,
    error: { kind: 'missing-field', field: '海拔' },
  });
  expect(fillTemplate('{过敏原}', fieldsFromProduct(beef)).ok).toBe(false);
  expect(fillTemplate('{toString}', fieldsFromProduct(beef)).ok).toBe(false);
});

test('[WRD7] what is unknown on the card is no field', () => {
  const unknown = { ...beef, packMilli: null, priceFen: null, shelfLifeDays: null, storage: '' as const };
  expect(Object.keys(fieldsFromProduct(unknown)).sort()).toEqual(['产地', '功效', '商品', '过敏原'].sort());
});

test('[WRD8] a drafted script has only lines the card can fill and that pass the check', () => {
  const lines = draftScript(beef);
  expect(lines).toContain('产地是内蒙古锡林郭勒。');
  expect(lines.some((line) => line.includes('过敏'))).toBe(false);
  for (const line of lines) expect(checkLine(line)).toEqual([]);
  expect(draftScript({ ...beef, facts: { 产地: '全国第一产区' } }).some((line) => line.includes('第一'))).toBe(false);
});

test('[WRD3] a product is infant formula, health food or ordinary by its own words', () => {
  expect(deriveProductKind({ name: '幼儿配方奶粉 3段', category: '奶粉', tags: [], facts: {} })).toBe('infant-formula');
  expect(deriveProductKind({ name: '鱼油软胶囊', category: '保健食品', tags: [], facts: {} })).toBe('health-food');
  expect(deriveProductKind({ name: '益生菌', category: '', tags: [], facts: { 批准文号: '国食健字G2020' } })).toBe(
    'health-food',
  );
  expect(deriveProductKind(beef)).toBe('ordinary');
});
