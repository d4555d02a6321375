/**
 * Where the scores and the five names begin. A dimension is cut either by the shop's own quantiles (q20, q40, q60,
 * q80) or at four fixed values, rising: days for recency, orders for frequency, fen for money.
 */
export type Cuts =
  | { readonly mode: 'quantile' }
  | { readonly mode: 'fixed'; readonly values: readonly [number, number, number, number] };

export interface NameRules {
  /** No purchase for more days than this: lost. */
  readonly lostAfterDays: number;
  /** No purchase for more days than this: sleeping. */
  readonly sleepingAfterDays: number;
  /** One order only, and not older than this: new. */
  readonly newWithinDays: number;
  /** From these scores on: VIP. */
  readonly vipRecencyScore: number;
  readonly vipMoneyScore: number;
}

export interface CategoryThresholds {
  readonly recency: Cuts;
  readonly frequency: Cuts;
  readonly money: Cuts;
  readonly names: NameRules;
}

export interface RfmThresholds extends CategoryThresholds {
  /** Categories with thresholds of their own: milk is lost sooner than oil. */
  readonly categories?: Readonly<Record<string, CategoryThresholds>>;
}

/** The shop's own, without those of its categories. */
export const shopThresholds = ({ recency, frequency, money, names }: CategoryThresholds): CategoryThresholds => ({
  recency,
  frequency,
  money,
  names,
});

/** Those of a category, else the shop's. */
export const thresholdsOf = (thresholds: RfmThresholds, category: string): CategoryThresholds =>
  thresholds.categories?.[category] ?? thresholds;

export const rfmDimensions = ['recency', 'frequency', 'money'] as const;
export type RfmDimension = (typeof rfmDimensions)[number];

export const defaultThresholds: RfmThresholds = {
  recency: { mode: 'fixed', values: [14, 30, 60, 120] },
  frequency: { mode: 'quantile' },
  money: { mode: 'quantile' },
  names: { lostAfterDays: 120, sleepingAfterDays: 60, newWithinDays: 30, vipRecencyScore: 4, vipMoneyScore: 4 },
};

/** Four rising values, whole and not negative. */
export const isCutList = (values: readonly number[]): values is readonly [number, number, number, number] =>
  values.length === 4 &&
  values.every((value, at) => Number.isSafeInteger(value) && value >= 0 && value > (values[at - 1] ?? -1));

/** Names that could reach somebody: sleeping begins before lost, scores within 1 to 5. */
export const isNameRules = (rules: NameRules): boolean =>
  [rules.lostAfterDays, rules.sleepingAfterDays, rules.newWithinDays].every(
    (days) => Number.isSafeInteger(days) && days >= 1 && days <= 3650,
  ) &&
  rules.sleepingAfterDays < rules.lostAfterDays &&
  [rules.vipRecencyScore, rules.vipMoneyScore].every(
    (score) => Number.isSafeInteger(score) && score >= 1 && score <= 5,
  );
