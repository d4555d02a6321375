import { expect, test } from 'vitest';
import { packOfName } from '#core/catalogue/pack-of-name.ts';

const pack = (name: string): string | null => {
  const found = packOfName(name);
  return found && `${found.packMilli! / 1000}${found.packUnit}`;
};

test('[CAT17] a name with one amount says what a piece holds', () => {
  expect(
    [
      '婴儿配方奶粉 1段 800g',
      '鲜牛奶950ML',
      '高筋面粉2.5公斤装',
      '每日坚果 25g*30包',
      '6罐×400克',
      'Olive oil 1.5 L',
      '酸奶（１００ｇ x 8）',
      'Rice 5kg bag',
      'Milk 6x250ml',
    ].map(pack),
  ).toEqual(['800g', '950ml', '2.5kg', '750g', '2400g', '1.5l', '800g', '5kg', '1500ml']);
});

test('[CAT17] without one, or with several, it is not known', () => {
  const names = [
    '鲜牛奶',
    '奶粉800g送100g',
    '牛奶 3.5g蛋白 250ml',
    '2升级版',
    'DIY 3D glasses',
    '5克拉',
    'AB12g',
    '0g',
  ];
  expect(names.map(pack)).toEqual(names.map(() => null));
});
