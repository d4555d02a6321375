/** Trying the beliefs on the shop's own past: started, watched and stopped by a screen, run in the worker. */
import type { BackTest, TestedBelief } from '#core/insight/backtest/back-test.ts';
import type { VerdictRecords } from '#core/insight/backtest/verdicts.doc.ts';

export interface BackTestState {
  /** Null while none runs; else the share done and for how long. */
  readonly running: { readonly done: number; readonly elapsedMs: number } | null;
  /** The newest one that was kept, or that this device made since it started; `isOfToday` while no order came and no day passed; `isOfOtherFacts` when those up to its day are a quarter more or fewer. */
  readonly latest: {
    readonly test: BackTest;
    readonly tookMs: number;
    readonly isOfToday: boolean;
    readonly isOfOtherFacts: boolean;
  } | null;
  readonly verdicts: VerdictRecords;
  readonly mayKeep: boolean;
}

export interface BackTestRequests {
  'backtest.state': { ask: null; answer: BackTestState };
  /** Answers when it ends. Started twice, both wait for the one that runs. */
  'backtest.run': { ask: null; answer: { readonly outcome: 'done' | 'cancelled' } };
  'backtest.cancel': { ask: null; answer: null };
  /** The belief is used whatever its test said, or again goes by what the latest one said. */
  'backtest.heed': { ask: { readonly belief: TestedBelief; readonly isHeeded: boolean }; answer: null };
}
