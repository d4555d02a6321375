/**
 * Keeps beliefs up to date with the ledger, the shop's thresholds and the business day. What is learnt from history is
 * learnt up to yesterday evening, so that one day's beliefs rest on the same record on every device; it is learnt anew
 * each day and after large additions, when nobody waits for an answer.
 */
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { deriveBeliefs, type DerivedBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters, type Parameters } from '#core/insight/profile/parameters.ts';
import { readRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import { type BusinessDay, dayFromMs } from '#core/units/business-day.ts';
import type { OpenDocument } from '#web/workspace/workspace.ts';

const quietMs = 400;

export class BeliefKeeper {
  #beliefs: DerivedBeliefs | undefined;
  #parameters: Parameters = defaultParameters;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #ledger: GrowingLedger;
  readonly #settings: OpenDocument;
  readonly #nowMs: () => number;
  readonly #changed: () => void;

  constructor(ledger: GrowingLedger, settings: OpenDocument, nowMs: () => number, changed: () => void) {
    this.#ledger = ledger;
    this.#settings = settings;
    this.#nowMs = nowMs;
    this.#changed = changed;
  }

  get asOfDay(): BusinessDay {
    return dayFromMs(this.#nowMs());
  }

  get parameters(): Parameters {
    return this.#parameters;
  }

  get beliefs(): DerivedBeliefs {
    this.#beliefs = deriveBeliefs(this.#ledger, this.#parameters, this.asOfDay, this.#beliefs);
    return this.#beliefs;
  }

  /** The shop may have chosen other thresholds; the record stays the same object while they are. */
  readThresholds(): void {
    const rfm = readRfmThresholds(this.#settings.doc);
    if (JSON.stringify(rfm) === JSON.stringify(this.#parameters.rfm)) return;
    this.#parameters = { ...this.#parameters, rfm };
    this.#changed();
  }

  /** Learns from history once it has been quiet for a moment. */
  learnSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.learn(), quietMs);
  }

  learn(): void {
    clearTimeout(this.#timer);
    this.#parameters = fitParameters(this.#ledger, this.asOfDay - 1, {
      ...defaultParameters,
      rfm: this.#parameters.rfm,
    });
    this.#changed();
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
