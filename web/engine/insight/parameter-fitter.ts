/**
 * Fits the record of parameters in the background: when one is due, by one device of a browser at a time (a Web Lock),
 * step by step so that questions are answered in between, from facts up to yesterday evening, so that one day's fit is
 * the same on every device. A member who may write the settings proposes it there; others keep it for themselves, and
 * only while there is no record at all. Where there is a server it is the server's work: a device takes it up only when
 * the server has not done it within ten minutes, because nobody reaches it, or it cannot.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { fitInSteps } from '#core/insight/profile/fit-parameters.ts';
import { countSample, isFitDue } from '#core/insight/profile/is-fit-due.ts';
import { isSound } from '#core/insight/profile/is-sound.ts';
import { type ParameterRecord, proposeParameters, readParameterRecords } from '#core/insight/profile/parameters.doc.ts';
import type { FittedParameters, Parameters } from '#core/insight/profile/parameters.ts';
import type { BusinessDay } from '#core/units/business-day.ts';
import type { OpenDocument } from '#web/workspace/workspace.ts';

/** What a screen asks for when facts came is answered first: a step of a fit may take a second. */
const quietMs = 2000;
const patienceMs = 600_000;
/** Facts that keep coming must not put a fit off for ever: then it is done in one go. */
const mostRestarts = 3;

export interface ParameterFitterDeps {
  readonly ledger: Ledger;
  readonly settings: OpenDocument;
  /** Whether a server has the workspace. */
  readonly isServed: boolean;
  readonly memberId: string;
  readonly lockName: string;
  nowMs(): number;
  asOfDay(): BusinessDay;
  /** Learnt here; not yet the record, or never. */
  learnt(parameters: FittedParameters): void;
}

export class ParameterFitter {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  /** What this device learnt from, while there is no record. */
  #own: Pick<ParameterRecord, 'fittedDay' | 'lines' | 'sketch'> | null = null;
  /** Since when one is due and nobody has made it. */
  #dueSinceMs: number | null = null;
  readonly #deps: ParameterFitterDeps;

  constructor(deps: ParameterFitterDeps) {
    this.#deps = deps;
  }

  fitSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.fitIfDue(), quietMs);
  }

  async fitIfDue(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#isDue() || this.#isClosed) return;
    const leftMs = this.#leftToServerMs();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => void this.fitIfDue(), leftMs);
      return;
    }
    await navigator.locks.request(this.#deps.lockName, async () => {
      // Whoever held the lock before may have written one.
      if (this.#isDue() && !this.#isClosed) this.#keep(await this.#fit());
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  get #day(): BusinessDay {
    return this.#deps.asOfDay() - 1;
  }

  #isDue(): boolean {
    const { ledger, settings } = this.#deps;
    const newest = readParameterRecords(settings.doc).records[0] ?? null;
    if (newest !== null && settings.access !== 'write') return false;
    const { lines, sketch } = countSample(ledger, this.#day);
    const isDue = isFitDue(newest ?? this.#own, this.#day, lines, sketch);
    if (!isDue) this.#dueSinceMs = null;
    return isDue;
  }

  #leftToServerMs(): number {
    const { isServed, nowMs } = this.#deps;
    if (!isServed) return 0;
    this.#dueSinceMs ??= nowMs();
    return this.#dueSinceMs + patienceMs - nowMs();
  }

  async #fit(): Promise<Parameters> {
    const { ledger } = this.#deps;
    for (let attempt = 0; ; attempt++) {
      const { version } = ledger;
      const steps = fitInSteps(ledger, this.#day);
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return step.value;
        if (attempt < mostRestarts) await new Promise((resolve) => setTimeout(resolve));
        if (ledger.version !== version) break;
      }
    }
  }

  #keep({ rfm: _chosen, ...parameters }: Parameters): void {
    const { ledger, settings, memberId, nowMs, learnt } = this.#deps;
    if (this.#isClosed || !isSound(parameters)) return;
    const sample = countSample(ledger, parameters.fittedDay);
    this.#own = { ...sample, fittedDay: parameters.fittedDay };
    learnt(parameters);
    if (settings.access === 'write')
      proposeParameters(settings.doc, { parameters, ...sample, madeMs: nowMs(), madeBy: memberId });
  }
}
