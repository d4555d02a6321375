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

export const defaultValueParameters: ValueParameters = {
  bgnbd: null,
  standardErrors: null,
  logLikelihood: 0,
  amounts: null,
  correction: null,
  customers: 0,
  returners: 0,
};
