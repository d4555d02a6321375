/** Tags offered in an empty library, effect-theme. After the brief's own examples. */
export const starterTags: readonly string[] = [
  '成功话术-解决烹饪疑虑',
  '成功话术-解决价格疑虑',
  '成功话术-解决保存疑虑',
  '高互动-烹饪演示',
  '高互动-开箱',
  '高互动-福袋',
  '顾客分享-晒成品',
  '顾客分享-好评',
];
