import { expect, it } from 'vitest';
import { suggestTags } from '#core/catalogue/suggest-tags.ts';
import { starterTags } from '#core/catalogue/tags.data.ts';

const tagsOf = (name: string, category = ''): readonly string[] =>
  suggestTags({ name, category }, starterTags).map((suggestion) => suggestion.tag);

it('[CAT12] names and categories suggest the brief’s three tags, with the word', () => {
  expect(suggestTags({ name: '高筋面粉 2.5kg', category: '' }, starterTags)).toEqual([
    { tag: '烘焙爱好者', word: '面粉' },
  ]);
  expect(tagsOf('即食鸡胸肉 100g×10')).toEqual(['健身轻食派']);
  expect(tagsOf('有机高铁米粉 225g', '宝宝辅食')).toEqual(['宝宝辅食关注者']);
  expect(tagsOf('S0012', 'bakery')).toEqual(['烘焙爱好者']);
  expect(tagsOf('螺丝刀')).toEqual([]);
});

it('[CAT13] words against, and Latin words from their beginning', () => {
  expect(tagsOf('柳州螺蛳粉米粉丝 300g')).not.toContain('宝宝辅食关注者');
  expect(tagsOf('Rowing boat')).toEqual([]);
  expect(tagsOf('Rolled Oats 1kg')).toEqual(['健身轻食派']);
  expect(tagsOf('薯片 番茄味')).toEqual(['零食爱好者']);
});
