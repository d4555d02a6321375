/** What customers will still buy and spend over a chosen horizon: summed, spread out, and by person. */
import type { RfmName, Stage } from '#core/insight/profile/belief-columns.ts';
import type { BgnbdParameters } from '#core/insight/value/fit-bgnbd.ts';
import type { ShopEvidence } from '#core/insight/value/explain-value.ts';
import type { GammaGammaParameters } from '#core/insight/value/fit-gamma-gamma.ts';
import type { ValueSum } from '#core/insight/value/sum-value.ts';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';

/** What a screen offers; any whole number of days up to `longestHorizonDays` is answered. */
export const valueHorizons = [30, 90, 180, 365] as const;
export const longestHorizonDays = 730;

/** What the numbers rest on, or what is missing for them. */
export type ValueModel =
  | ShopEvidence
  | {
      readonly kind: 'fitted';
      readonly fittedDay: number;
      readonly customers: number;
      readonly returners: number;
      /** In days. Standard errors are null where the history does not determine a parameter. */
      readonly bgnbd: BgnbdParameters;
      readonly standardErrors: BgnbdParameters | null;
      /** Null: too few amounts are known, and money is not spoken of. */
      readonly amounts: GammaGammaParameters | null;
      /** Whether the shop's own past taught something that the model does not know. */
      readonly isCorrected: boolean;
    };

/** A group's expectation beside what its people have spent so far. */
export interface ValueGroup extends ValueSum {
  readonly spentFen: number;
}

export interface ValueOverview {
  readonly horizonDays: number;
  readonly model: ValueModel;
  readonly total: ValueGroup;
  readonly byName: readonly (ValueGroup & { readonly name: RfmName })[];
  readonly byStage: readonly (ValueGroup & { readonly stage: Stage })[];
  /** Of those asked for; one whose rule has an error is left out. People may be in several. */
  readonly bySegment: readonly (ValueGroup & { readonly id: string })[];
  /** Customers by expected money, from `fromFen` up to below `toFen` (null: no end). */
  readonly distribution: readonly {
    readonly fromFen: number;
    readonly toFen: number | null;
    readonly customers: number;
    readonly fen: number;
  }[];
  /** Share of the expected money that the best tenth of customers bring. */
  readonly topTenthShare: number;
  readonly milliseconds: number;
}

export interface ValueRow extends CustomerRow {
  readonly purchases: number;
  readonly fen: number;
  readonly lowFen: number;
  readonly highFen: number;
  /** Over 90 days, whatever the horizon. */
  readonly atRiskFen: number;
}

export interface ValueRequests {
  /** `segments`: the saved ones with their rule in force, as the screen reads them from their document. */
  'value.overview': {
    ask: {
      readonly horizonDays: number;
      readonly segments: readonly { readonly id: string; readonly rule: string }[];
    };
    answer: ValueOverview;
  };
  /** One group's people or everybody (`rule` empty), the most money (or the most at risk) first. */
  'value.people': {
    ask: {
      readonly horizonDays: number;
      readonly name: RfmName | '';
      readonly stage: Stage | '';
      readonly rule: string;
      /** Expected money from here up to below there; null for no end. */
      readonly fromFen: number;
      readonly toFen: number | null;
      readonly sort: 'value' | 'risk';
      readonly first: number;
      readonly count: number;
    };
    answer: { readonly total: number; readonly sum: ValueGroup; readonly rows: readonly ValueRow[] };
  };
}
