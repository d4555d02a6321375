/**
 * In which kind of content somebody is written to, and whose voice says so: their own where there is enough of it, else
 * what people at their stage or the whole shop open most. No kind where even the shop has too little.
 */
import type { Ledger } from '../datasets/ledger-columns.ts';
import { explainContents } from '../insight/preference/explain-preference.ts';
import { readPreferences } from '../insight/preference/preference-history.ts';
import type { ContentKind, PreferenceParameters } from '../insight/preference/preference-parameters.ts';
import type { Voice } from '../insight/preference/smooth-shares.ts';
import { type BeliefColumns, stages } from '../insight/profile/belief-columns.ts';
import type { BusinessDay } from '../units/business-day.ts';

export interface ContentChoice {
  readonly kind: ContentKind | '';
  readonly voice: Voice;
  /** Own observations, of this kind among them; the shop's, and how many the shop needs. */
  readonly own: number;
  readonly hits: number;
  readonly shop: number;
  readonly needed: number;
}

export const chooseContent = (
  ledger: Ledger,
  beliefs: BeliefColumns,
  preference: PreferenceParameters,
  customer: number,
): ContentChoice => {
  const stage = stages[beliefs.stage[customer] ?? 0] ?? 'aware';
  const history = readPreferences(ledger, customer, beliefs.asOfDay as BusinessDay, stage);
  const { options, voice, own, shop, needed } = explainContents(history, preference);
  const [best] = options;
  return { kind: (best?.option ?? '') as ContentKind | '', voice, own, hits: best?.hits ?? 0, shop, needed };
};
