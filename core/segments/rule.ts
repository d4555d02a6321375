/** A rule as a tree: lines, each joined to the ones above; inside a line and binds tighter than or. */
import type { RfmName, Stage } from '#core/insight/profile/belief-columns.ts';

export type Target = { readonly kind: 'product' | 'category'; readonly name: string };
export const comparisons = ['>=', '<=', '>', '<', '='] as const;
export type Comparison = (typeof comparisons)[number];
/**
 * Scores of the map from 1 to 5, fen, orders, days since the last purchase, probability of buying nothing in 60 days.
 * In the order in which their words are looked for: a score's word may begin with another's.
 */
export const numberFields = ['recency-score', 'money-score', 'spent', 'orders', 'days-since', 'churn'] as const;
export type NumberField = (typeof numberFields)[number];

export type Condition =
  | { readonly kind: 'tag'; readonly names: readonly string[] }
  | { readonly kind: 'rfm'; readonly names: readonly RfmName[] }
  | { readonly kind: 'stage'; readonly names: readonly Stage[] }
  | { readonly kind: 'channel'; readonly names: readonly string[] }
  | { readonly kind: 'consent'; readonly names: readonly string[] }
  | { readonly kind: 'number'; readonly field: NumberField; readonly compare: Comparison; readonly value: number }
  /** Bought anything (no target) or a target, ever (no days) or in the last days, today included. */
  | { readonly kind: 'bought'; readonly target: Target | null; readonly days: number | null }
  /** Today lies in the repurchase window of any product, or of the target. */
  | { readonly kind: 'window'; readonly target: Target | null };

/** Where something stands in the text: line and column from 1, in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export type Expression =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'is'; readonly condition: Condition; readonly place: Place };

export interface RuleLine {
  /** How it is joined to the lines above; `all` for the first. */
  readonly join: 'all' | 'any';
  /** Line of the text, from 1. */
  readonly line: number;
  readonly expression: Expression;
}

export interface Rule {
  readonly lines: readonly RuleLine[];
}

export interface VocabularyWord {
  readonly name: string;
  /** Other spellings: an English name, item names of the platforms. */
  readonly also?: readonly string[];
  /** Understood, never suggested: what is no longer sold or sought. */
  readonly isQuiet?: boolean;
}

/** The names a rule may use, as the shop knows them. */
export interface RuleVocabulary {
  readonly tags: readonly VocabularyWord[];
  readonly products: readonly VocabularyWord[];
  readonly categories: readonly VocabularyWord[];
  readonly channels: readonly VocabularyWord[];
  readonly consentChannels: readonly VocabularyWord[];
}

export type RuleErrorKind =
  | 'empty'
  | 'unknown-word'
  | 'unknown-tag'
  | 'unknown-rfm'
  | 'unknown-stage'
  | 'unknown-channel'
  | 'unknown-product'
  | 'unknown-category'
  | 'missing-value'
  | 'missing-number'
  /** A span of days that is not a whole positive number of at most twelve digits with its unit. */
  | 'unusable-days'
  | 'missing-operator'
  | 'missing-condition'
  | 'unclosed'
  | 'unopened';

export interface RuleError extends Place {
  readonly kind: RuleErrorKind;
  /** The text that was not understood. */
  readonly near: string;
  /** What may stand there instead, likeliest first. */
  readonly suggestions: readonly string[];
  /** The lines above the error, which hold on their own. */
  readonly before: Rule;
}
