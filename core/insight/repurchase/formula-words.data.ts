/** How shops call infant formula, in names and categories. Source: product lists of mother-and-baby shops, 2026-11. */
export const formulaWords: readonly string[] = [
  '奶粉',
  '婴配',
  '婴儿配方',
  '幼儿配方',
  'infant formula',
  'baby formula',
];
