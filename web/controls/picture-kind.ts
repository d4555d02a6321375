export const pictureKinds = [
  'milk',
  'formula',
  'yoghurt',
  'meat',
  'vegetables',
  'fruit',
  'bakery',
  'butter',
  'oil',
  'snacks',
  'dumplings',
  'oats',
  'other',
] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** Words by which shops name what has a picture; the first that fits wins, so the narrower stand first. */
const wordsOfPictures: readonly (readonly [PictureKind, RegExp])[] = [
  ['formula', /配方|奶粉|乳粉|formula/i],
  ['yoghurt', /酸奶|优格|yogh?urt/i],
  ['butter', /黄油|奶油|奶酪|芝士|butter|cheese|cream/i],
  ['milk', /奶|乳品|milk|dairy/i],
  ['oats', /燕麦|麦片|oat|cereal/i],
  ['snacks', /薯片|零食|饼干|坚果|snack|crisps|nuts/i],
  ['dumplings', /饺|馄饨|包子|速冻|dumpling/i],
  ['bakery', /面粉|烘焙|面包|酵母|蛋糕|flour|bak(?:ery|ing)|bread/i],
  ['oil', /油(?!麦)|oil/i],
  ['meat', /肉|牛|羊|猪|鸡(?!蛋)|腩|排骨|meat|beef|pork|chicken/i],
  ['fruit', /草莓|苹果|橙|莓|梨|桃|瓜|果|fruit|berr/i],
  ['vegetables', /番茄|菜|蔬|豆|薯|菇|沙拉|轻食|vegetable|tomato|salad|fitness/i],
];

/** From a category as written in a catalogue and, more telling, the product's name; what fits nothing gets the box. */
export const pictureOf = (category: string, name = ''): PictureKind => {
  const own = pictureKinds.find((kind) => kind === category);
  const fitting = (text: string): PictureKind | undefined => wordsOfPictures.find(([, words]) => words.test(text))?.[0];
  return own ?? fitting(name) ?? fitting(category) ?? 'other';
};
