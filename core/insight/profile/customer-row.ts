/** What a list or a file shows of a customer: a few beliefs and the next window, with their names. Money in fen. */
import type { Evidence, RfmName, Stage } from './belief-columns.ts';

export interface WindowMark {
  readonly product: string;
  readonly category: string;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly within14: number;
  readonly evidence: Evidence;
  readonly purchases: number;
}

export interface CustomerRow {
  readonly id: string;
  readonly alias: string;
  readonly maskedPhone: string;
  readonly rfm: RfmName;
  readonly stage: Stage;
  readonly netFen: number;
  readonly orders: number;
  /** -1 without a purchase. */
  readonly lastDay: number;
  readonly churn60: number;
  readonly next: WindowMark | null;
}
