/** Words by which shops name infant formula. By hand, 22 November 2026. */
export const infantFormulaPattern =
  /婴幼?儿?(?:配方)?(?:奶粉|乳粉)|婴幼儿配方|婴配|配方(?:奶粉|乳粉)|[1-3一二三]段.{0,6}(?:奶粉|乳粉)|(?:奶粉|乳粉).{0,6}[1-3一二三]段|(?:infant|baby) formula/i;
