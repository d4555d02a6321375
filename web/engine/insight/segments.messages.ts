import type { RfmName } from '#core/insight/profile/belief-columns.ts';
import type { RfmMoves } from '#core/insight/rfm/count-moves.ts';
import type { CategoryThresholds } from '#core/insight/rfm/thresholds.ts';
import type { MissExplanation } from '#core/segments/explain-miss.ts';
import type { RuleError } from '#core/segments/rule.ts';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';

export interface UncarriedTag {
  readonly tag: string;
  /** Products for which it is suggested and waits for a person's word. */
  readonly waiting: number;
}

export interface SegmentAnswer {
  /** The text this answers: a count is never shown beside another text. */
  readonly text: string;
  readonly error: Omit<RuleError, 'before'> | null;
  /** How many are meant up to each line that holds. */
  readonly lines: readonly { readonly line: number; readonly count: number }[];
  readonly count: number;
  readonly total: number;
  readonly milliseconds: number;
  readonly samples: readonly CustomerRow[];
  /** When nobody is meant: the tags asked for that nobody carries. */
  readonly uncarried: readonly UncarriedTag[];
  /** Of those meant: granted on some channel of contact; refused on all that were asked; nobody ever asked. */
  readonly reach: { readonly granted: number; readonly refused: number; readonly unknown: number };
  readonly printed: { readonly zh: string; readonly en: string } | null;
}

export interface RfmMap {
  /** `cells[money score - 1][recency score - 1]`: people, and the name most of them have. */
  readonly cells: readonly (readonly { readonly count: number; readonly name: RfmName }[])[];
  readonly recencyCuts: readonly number[];
  readonly moneyCutsFen: readonly number[];
  readonly frequencyCuts: readonly number[];
  readonly thresholds: CategoryThresholds;
  /** Since a week ago under the same thresholds. */
  readonly week: RfmMoves;
  /** From the thresholds in force to the ones asked about; null when those are the same. */
  readonly preview: RfmMoves | null;
  /** People whose name the change would alter, a few of each direction. */
  readonly movers: readonly {
    readonly id: string;
    readonly alias: string;
    readonly from: RfmName;
    readonly to: RfmName;
  }[];
}

export interface RuleWords {
  readonly tags: readonly string[];
  readonly products: readonly string[];
  readonly categories: readonly string[];
}

export interface RfmMapAsk {
  /** Drafted ones; null for those in force. */
  readonly thresholds: CategoryThresholds | null;
  /** By its lines alone; empty for all. */
  readonly category: string;
}

export interface SegmentsRequests {
  /** `seed` chooses other samples. */
  'segments.evaluate': { ask: { readonly text: string; readonly seed: number }; answer: SegmentAnswer };
  /** `found` is empty when nobody is called so. The first one is explained. */
  'segments.why': {
    ask: { readonly text: string; readonly search: string };
    answer: { readonly found: readonly CustomerRow[]; readonly explanation: MissExplanation | null };
  };
  'segments.words': { ask: null; answer: RuleWords };
  'segments.map': { ask: RfmMapAsk; answer: RfmMap };
  /** Who stands in a cell of that map, or has a name on it: a page, most spent first. */
  'segments.map-people': {
    ask: RfmMapAsk & {
      readonly of: { readonly money: number; readonly recency: number } | { readonly name: RfmName };
      readonly first: number;
      readonly count: number;
    };
    answer: { readonly total: number; readonly rows: readonly CustomerRow[] };
  };
}
