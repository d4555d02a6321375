/**
 * Weekly sales of many series side by side, as forecasting reads them: from a ledger (`collect-weeks.ts`) or a file. A
 * value of series s in week w stands at `s * weeks + w`; weeks count from 0, the coming one may be among them.
 */
export interface DemandPanel {
  readonly series: number;
  readonly weeks: number;
  /** Series of one group are each other's rivals; a negative group has none. */
  readonly group: Int32Array;
  /** NaN: not known (not sold yet, or still to come). */
  readonly units: Float64Array;
  /** What is planned beforehand, so known for the coming week too; null where the data does not have it. */
  readonly signals: DemandSignals | null;
}

export interface DemandSignals {
  /** Of one unit, in any currency; NaN in a week that is not known. */
  readonly price: Float64Array;
  /** An offer: 0 or 1. */
  readonly deal: Float64Array;
  /** How much it was shown, 0 for not at all: share of an advert, or log2(1 + broadcasts). */
  readonly feature: Float64Array;
  /** People expected to come back for it; null where nobody is known. */
  readonly due: Float64Array | null;
}
