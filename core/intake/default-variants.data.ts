/** What shop systems write as the variant of a product that has only one, lower case (微信小店, 有赞, 抖店, Shopify). */
export const defaultVariants: readonly string[] = [
  '默认',
  '默认规格',
  '默认款',
  '默认款式',
  '默认属性',
  '默认类型',
  '默认项',
  '默认sku',
  '无规格',
  '单规格',
  '统一规格',
  'default',
  'default title',
  'default variant',
  'default option',
  'defaulttitle',
];
