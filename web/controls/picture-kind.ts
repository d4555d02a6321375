export const pictureKinds = [
  'milk',
  'formula',
  'yoghurt',
  'eggs',
  'meat',
  'chicken',
  'fish',
  'vegetables',
  'fruit',
  'bakery',
  'noodles',
  'butter',
  'oil',
  'drinks',
  'snacks',
  'nuts',
  'dumplings',
  'oats',
  'other',
] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** Words by which shops name what has a picture; the first that fits wins, so the narrower stand first. */
const wordsOfPictures: readonly (readonly [PictureKind, RegExp])[] = [
  ['formula', /配方|奶粉|乳粉|婴配|formula/i],
  ['yoghurt', /酸奶|优格|yogh?urt/i],
  ['snacks', /薯片|饼干|曲奇|蛋白棒|糖果|话梅|零食|biscuit|cookie|crisps|snack|protein bar/i],
  ['drinks', /饮料|果汁|豆浆|茶(?!油|籽)|咖啡|气泡水|矿泉水|奶昔|酒|drink|juice|(?:^|\s)tea\b|coffee|water\b/i],
  ['butter', /黄油|奶油|奶酪|芝士|butter|cheese|cream/i],
  ['milk', /奶|乳品|milk|dairy/i],
  ['oats', /燕麦|麦片|谷物(?!鸡蛋)|大米|香米|糙米|小米|oat|cereal|muesli|\brice\b/i],
  ['noodles', /面条|挂面|拉面|荞麦面|意面|米粉(?!蒸)|粉丝|面(?!膜|粉|包)|noodle|pasta|spaghetti|soba|ramen/i],
  ['eggs', /蛋(?!糕|挞|白|黄酥)|\beggs?\b/i],
  ['nuts', /坚果|核桃|杏仁|腰果|花生(?!油)|巴旦木|\bnuts?\b|almond|walnut|cashew/i],
  ['dumplings', /饺|馄饨|包子|汤圆|速冻|dumpling/i],
  ['bakery', /面粉|烘焙|面包|酵母|蛋糕|蛋挞|[^薄]饼|flour|bak(?:ery|ing)|bread|cake/i],
  ['oil', /油(?!麦)|沙拉汁|酱|醋|\boil\b|dressing|sauce|vinegar/i],
  ['fish', /鱼|虾|蟹|扇贝|生蚝|海鲜|水产|salmon|fish|shrimp|prawn|seafood/i],
  ['chicken', /鸡|鸭|鹅|禽|chicken|duck|turkey|poultry/i],
  ['vegetables', /番茄|南瓜|黄瓜|冬瓜|玉米|蔬|菜|豆|薯|菇|沙拉|轻食|vegetable|tomato|pumpkin|corn|salad|fitness/i],
  ['meat', /肉|牛|羊|猪|腩|排骨|meat|beef|pork|lamb/i],
  ['fruit', /草莓|苹果|橙|莓|梨|桃|瓜|山楂|柚|葡萄|果|fruit|berr|apple|orange|grape/i],
];

/** By the product's name, which tells more, then by its category as written; what fits nothing gets the box. */
export const pictureOf = (category: string, name = ''): PictureKind => {
  const own = pictureKinds.find((kind) => kind === category);
  const fitting = (text: string): PictureKind | undefined => wordsOfPictures.find(([, words]) => words.test(text))?.[0];
  return fitting(name) ?? own ?? fitting(category) ?? 'other';
};
