/** What a browser says of itself, in two words: enough to know one's own devices apart, and nothing that names one. */
export const deviceOf = (userAgent: string): string =>
  [systems, browsers].map((table) => table.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'other').join(' ');

/** The first that fits: Edge also says Chrome, Chrome also says Safari, and Android also says Linux. */
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPad/, 'ipad'],
  [/iPhone/, 'iphone'],
  [/Android/, 'android'],
  [/Windows/, 'windows'],
  [/Mac OS/, 'mac'],
  [/Linux|CrOS/, 'linux'],
];

const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, 'wechat'],
  [/Edg/, 'edge'],
  [/Firefox|FxiOS/, 'firefox'],
  [/Chrome|CriOS/, 'chrome'],
  [/Safari/, 'safari'],
];
