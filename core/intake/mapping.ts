/** How a file is read: what each column is used as, and the answers to what cannot be known from the file alone. */
import type { FieldTarget } from './field-target.ts';
import type { DecimalMark } from './parse-amount.ts';
import type { DateOrder } from './parse-time.ts';
import type { ProblemKind } from './candidate-line.ts';

export const formats = [
  'generic',
  'wechat-shop-a',
  'wechat-shop-b',
  'wechat-shop-c',
  'shopify',
  'online-retail',
] as const;
export type OrderFormat = (typeof formats)[number];

export interface MappingAnswers {
  /** What one written unit of money is worth: 100 fen (yuan) or 1 (fen). */
  readonly fenPerUnit: 100 | 1;
  /** For numbers that can be read with either, such as 1,234. */
  readonly decimalMark: DecimalMark;
  readonly dateOrder: DateOrder;
  /** East of Greenwich, for times that carry no offset. */
  readonly zoneMinutes: number;
  /** Problems whose rows a person decided to leave out, or to take in, against the default. */
  readonly choices: Readonly<Partial<Record<ProblemKind, 'keep' | 'leave-out'>>>;
}

export interface Mapping {
  readonly format: OrderFormat;
  readonly columns: readonly FieldTarget[];
  readonly answers: MappingAnswers;
}

export const defaultAnswers: MappingAnswers = {
  fenPerUnit: 100,
  decimalMark: '.',
  dateOrder: 'year-first',
  zoneMinutes: 480,
  choices: {},
};
