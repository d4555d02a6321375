/** What a shop's own gaps teach about its customers' gaps; see `predict-gap.ts` for the formula they stand in. */
export interface RepurchaseParameters {
  /** Mean of ln(gap in days) over the shop. */
  readonly mu: number;
  /** Effects on it, already shrunk: by category, and by product key (catalogue id, else item). */
  readonly categories: Readonly<Record<string, number>>;
  readonly products: Readonly<Record<string, number>>;
  /** Within over between variance: a customer's own effect is n / (n + k) of the mean residual. */
  readonly customerK: number;
  readonly pairK: number;
  /** Location is shift + m + pull x (ln last gap - m). */
  readonly shift: number;
  readonly pull: number;
  /** Standard deviation of ln(gap) around a pair's own centre, and how many gaps it weighs against a pair's own scatter. */
  readonly sigma: number;
  readonly sigmaWeight: number;
  /** Standard deviation of pairs' centres around m before any own gap is known. */
  readonly spread: number;
  /** Log odds of returning at all: a0 + a1 ln n + a2 m. */
  readonly returns: readonly [number, number, number];
  /** From how many gaps this was learnt; 0 says these are the built-in starting values. */
  readonly gaps: number;
}
