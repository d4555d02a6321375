/** What value is predicted with; plain numbers that survive JSON. See the files named for where each comes from. */
import type { BgnbdParameters } from './fit-bgnbd.ts';
import type { GammaGammaParameters } from './fit-gamma-gamma.ts';

export interface ValueParameters {
  /** In days (`fit-bgnbd.ts`); null while the history is too short to say anything. */
  readonly bgnbd: BgnbdParameters | null;
  readonly standardErrors: BgnbdParameters | null;
  readonly logLikelihood: number;
  /** In fen (`fit-gamma-gamma.ts`); null while too few amounts are known. */
  readonly amounts: GammaGammaParameters | null;
  /** `fit-correction.ts`; null while too little of the shop's own past could be predicted. */
  readonly correction: CorrectionParameters | null;
  /** How far the sum over everybody strayed in windows of the past, in logarithms: seasons, which nobody predicts. */
  readonly levelSpread: number;
  /** Customers it was learnt from, and how many of them bought again. */
  readonly customers: number;
  readonly returners: number;
}

export interface CorrectionParameters {
  /** Of the features in `correction-features.ts`, without a constant. */
  readonly weights: readonly number[];
  /** Mean of ln(1 + mean amount) over customers. */
  readonly meanLogAmount: number;
  /** Customers and windows it was learnt from. */
  readonly rows: number;
}

/** Where the shop has no past to compare with. */
export const unknownLevelSpread = 0.2;

export const defaultValueParameters: ValueParameters = {
  bgnbd: null,
  standardErrors: null,
  logLikelihood: 0,
  amounts: null,
  correction: null,
  levelSpread: unknownLevelSpread,
  customers: 0,
  returners: 0,
};
