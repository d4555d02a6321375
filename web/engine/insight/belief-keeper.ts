/**
 * Keeps beliefs up to date with the ledger, the record of parameters in the settings and the business day. While there
 * is no record, this device learns for itself; whenever a new one is due that no server makes and this member may write
 * the settings, one device fits it in the background (`ParameterFitter`) and writes it there for all.
 */
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { deriveBeliefs, type DerivedBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { readVerdicts } from '#core/insight/backtest/verdicts.doc.ts';
import { readParameterRecords, withChoices } from '#core/insight/profile/parameters.doc.ts';
import { defaultParameters, type FittedParameters, type Parameters } from '#core/insight/profile/parameters.ts';
import { type BusinessDay, dayFromMs } from '#core/units/business-day.ts';
import type { OpenDocument } from '#web/workspace/workspace.ts';
import { ParameterFitter } from './parameter-fitter.ts';

export interface BeliefKeeperDeps {
  readonly ledger: GrowingLedger;
  readonly settings: OpenDocument;
  readonly isServed: boolean;
  readonly memberId: string;
  /** One for all devices of this browser that have the workspace open. */
  readonly lockName: string;
  nowMs(): number;
  changed(): void;
}

export class BeliefKeeper {
  #beliefs: DerivedBeliefs | undefined;
  #parameters: Parameters = defaultParameters;
  /** Of the record in use and the thresholds: the parameters stay the same object while it does. */
  #signature = '';
  /** What this device learnt, while there is no record. */
  #own: FittedParameters | null = null;
  readonly #deps: BeliefKeeperDeps;
  readonly #fitter: ParameterFitter;

  constructor(deps: BeliefKeeperDeps) {
    this.#deps = deps;
    this.#fitter = new ParameterFitter({
      ...deps,
      asOfDay: () => this.asOfDay,
      learnt: (parameters) => {
        this.#own = parameters;
        this.readParameters();
      },
    });
  }

  get asOfDay(): BusinessDay {
    return dayFromMs(this.#deps.nowMs());
  }

  get parameters(): Parameters {
    return this.#parameters;
  }

  get beliefs(): DerivedBeliefs {
    this.#beliefs = deriveBeliefs(this.#deps.ledger, this.#parameters, this.asOfDay, this.#beliefs);
    return this.#beliefs;
  }

  /** Takes over what the settings say now. */
  readParameters(): void {
    const { doc } = this.#deps.settings;
    const { current, records } = readParameterRecords(doc);
    // Somebody who refused every record wants the built-in one, not this device's own.
    const fitted = current?.parameters ?? (records.length === 0 ? this.#own : null) ?? defaultParameters;
    const which = current?.id ?? (fitted === this.#own ? `own ${fitted.fittedDay} ${JSON.stringify(fitted)}` : '');
    const parameters = withChoices(doc, fitted);
    const { rfm, repurchase, basket } = parameters;
    const chosen = [rfm, repurchase.chosenFactors, basket.thenDays, basket.fewestOrders, readVerdicts(doc)];
    const signature = `${which}/${JSON.stringify(chosen)}`;
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#parameters = parameters;
    this.#deps.changed();
  }

  /** Facts came or went: learns from them once it has been quiet for a moment. */
  learnSoon(): void {
    this.#fitter.fitSoon();
  }

  close(): void {
    this.#fitter.close();
  }
}
