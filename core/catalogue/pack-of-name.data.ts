/** Weights and volumes as names of goods give them. By hand, 23 November 2026. */
import type { PackUnit } from './product.ts';

export const packUnitOfWord: Readonly<Record<string, PackUnit>> = {
  kg: 'kg',
  千克: 'kg',
  公斤: 'kg',
  g: 'g',
  克: 'g',
  ml: 'ml',
  毫升: 'ml',
  l: 'l',
  升: 'l',
};

/** An amount, with how many of it before or after: `6罐*800g`, `250ml×12`. An upgrade is no litre and a carat no gram. */
export const packPattern =
  /(?:(?<![\d.])(?<before>\d{1,3})\s*[罐袋包盒瓶支条杯]?\s*[*x×]\s*)?(?<!(?![x×*])[a-z\d.])(?<amount>\d+(?:\.\d{1,3})?)\s*(?<unit>kg|g|ml|l|千克|公斤|克(?!拉)|毫升|升(?!级))(?![a-z])(?:\s*[*x×]\s*(?<after>\d{1,3})(?![\d.]))?/g;
