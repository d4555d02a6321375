import { expect, test } from 'vitest';
import { demoProducts } from '#core/demo/products.data.ts';
import { pictureOf } from '#web/controls/picture-kind.ts';

test('no product of the demo brand falls to the plain box', () => {
  expect(demoProducts.filter(({ category, name }) => pictureOf(category, name) === 'other')).toEqual([]);
});

test.each([
  ['谷物鸡蛋 30枚', '肉类', 'eggs'],
  ['荞麦面 6袋', '轻食', 'noodles'],
  ['宝宝无盐面条 4盒', '婴配', 'noodles'],
  ['高筋面粉 5kg', '烘焙', 'bakery'],
  ['有机燕麦片 1.2kg', '轻食', 'oats'],
  ['稻花香大米 5kg', '粮油', 'oats'],
  ['即食鸡胸肉 10袋', '轻食', 'chicken'],
  ['三文鱼块 600g', '肉类', 'fish'],
  ['黑猪肋排 1kg', '肉类', 'meat'],
  ['每日坚果 30袋', '零食', 'nuts'],
  ['贝贝南瓜 5斤', '蔬果', 'vegetables'],
  ['葱油饼 20片', '速冻', 'bakery'],
  ['牛乳小饼干 8盒', '零食', 'snacks'],
  ['冷泡茶 12瓶', '', 'drinks'],
  ['NP-001', '乳品', 'milk'],
  ['Free-range eggs', 'meat', 'eggs'],
  ['', 'meat', 'meat'],
  ['NP-001', '', 'other'],
])('%s (%s) shows %s', (name, category, kind) => {
  expect(pictureOf(category, name)).toBe(kind);
});
