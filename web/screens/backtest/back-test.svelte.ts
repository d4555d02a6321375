/** The back-test as a screen sees it: what stands, what runs, and the latest result. */
import type { TestedBelief } from '#core/insight/backtest/back-test.ts';
import type { BackTestState } from '#web/engine/insight/backtest.messages.ts';
import { EngineFailure } from '#web/engine/insight/engine-failure.ts';
import type { EngineClient } from '#web/engine/insight/messages.ts';
import type { InsightRequests } from '#web/engine/insight/requests.ts';

const lookMs = 400;

export class BackTestRun {
  state = $state.raw<BackTestState | null>(null);
  hasFailed = $state(false);
  wasCancelled = $state(false);
  readonly #engine: EngineClient<InsightRequests>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(engine: EngineClient<InsightRequests>) {
    this.#engine = engine;
  }

  /** Looks again by itself while one runs, whoever started it. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.state = (await this.#engine.ask('backtest.state', null)).body;
    } catch {
      this.hasFailed = true;
    }
    if (this.state?.running && !this.#isClosed) this.#timer = setTimeout(() => void this.look(), lookMs);
  }

  async start(): Promise<void> {
    this.hasFailed = this.wasCancelled = false;
    const ended = this.#engine.ask('backtest.run', null);
    void this.look();
    try {
      this.wasCancelled = (await ended).body.outcome === 'cancelled';
    } catch (error) {
      // Leaving the page while it runs is no failure.
      this.hasFailed = !(error instanceof EngineFailure && error.kind === 'closed');
    }
    if (!this.#isClosed) await this.look();
  }

  async cancel(): Promise<void> {
    await this.#engine.ask('backtest.cancel', null);
  }

  /** Goes by what the test said of the belief, or uses it all the same. */
  async heed(belief: TestedBelief, isHeeded: boolean): Promise<void> {
    await this.#engine.ask('backtest.heed', { belief, isHeeded });
    await this.look();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }
}
