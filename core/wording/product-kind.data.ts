/** Words by which shops name infant formula and health food. By hand, 22 November 2026. */
export const kindPatterns = {
  infantFormula:
    /婴幼?儿?(?:配方)?(?:奶粉|乳粉)|婴幼儿配方|配方(?:奶粉|乳粉)|[1-3一二三]段.{0,6}(?:奶粉|乳粉)|(?:奶粉|乳粉).{0,6}[1-3一二三]段|infant formula/i,
  healthFood: /保健食品|保健品|蓝帽|国食健字|食健备|health food|dietary supplement/i,
};
