/** Runs back-tests step by step, so that other questions are answered in between; keeps them in the settings. */
import { type KeptBackTest, keepBackTest, readBackTest } from '#core/insight/backtest/results.doc.ts';
import type { TestedBelief } from '#core/insight/backtest/back-test.ts';
import { runBackTest } from '#core/insight/backtest/run-back-test.ts';
import { keepVerdicts, readVerdicts, takeBackVerdict } from '#core/insight/backtest/verdicts.doc.ts';
import { countSample, haveMoved } from '#core/insight/profile/is-fit-due.ts';
import type * as Y from 'yjs';
import type { BackTestRequests } from './backtest.messages.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import { EngineFailure } from './engine-failure.ts';

/** Facts that keep coming must not put a test off for ever: the last attempt goes on whatever comes. */
const mostRestarts = 3;

interface Running {
  done: number;
  isCancelled: boolean;
  readonly startedMs: number;
  readonly ended: Promise<'done' | 'cancelled'>;
}

export const backTestHandlers = (context: EngineContext): Handlers<BackTestRequests> => {
  let running: Running | null = null;
  /** The newest of this device, whether or not its member may keep it. */
  let own: KeptBackTest | null = null;
  const basis = (): string => `${context.ledger.version}/${context.asOfDay()}`;

  const latestOf = (settings: Y.Doc): KeptBackTest | null => laterOf(own, readBackTest(settings));
  const run = async (running: Running): Promise<'done' | 'cancelled'> => {
    for (let attempt = 0; ; attempt++) {
      const of = basis();
      // The last whole day: today's orders are still coming.
      const steps = runBackTest(context.ledger, context.asOfDay() - 1, context.parameters());
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) {
          own = {
            test: step.value,
            tookMs: context.nowMs() - running.startedMs,
            lines: countSample(context.ledger, step.value.asOfDay).lines,
            atMs: context.nowMs(),
            member: context.member.id,
          };
          await keep(context, own);
          return 'done';
        }
        running.done = step.value;
        await new Promise((resolve) => setTimeout(resolve));
        if (running.isCancelled) return 'cancelled';
        if (of !== basis() && attempt < mostRestarts) break;
      }
    }
  };

  return {
    'backtest.state': async () => {
      const settings = await context.open('settings');
      const verdicts = readVerdicts(settings.doc);
      const made = latestOf(settings.doc);
      const mayKeep = settings.access === 'write';
      settings.close();
      return {
        running: running && { done: running.done, elapsedMs: context.nowMs() - running.startedMs },
        latest: made && { test: made.test, tookMs: made.tookMs, ...standingOf(context, made) },
        verdicts,
        mayKeep,
      };
    },
    'backtest.run': async () => {
      if (!running) {
        const { promise, resolve, reject } = Promise.withResolvers<'done' | 'cancelled'>();
        running = { done: 0, isCancelled: false, startedMs: context.nowMs(), ended: promise };
        run(running)
          .finally(() => (running = null))
          .then(resolve, reject);
      }
      return { outcome: await running.ended };
    },
    'backtest.cancel': () => {
      if (running) running.isCancelled = true;
      return null;
    },
    'backtest.heed': async ({ belief, isHeeded }) => {
      const settings = await context.open('settings');
      const mayWrite = settings.access === 'write';
      if (mayWrite) heed(context, settings.doc, latestOf(settings.doc), belief, isHeeded);
      settings.close();
      if (!mayWrite) throw new EngineFailure('not-allowed');
      return null;
    },
  };
};

/** Whoever may not write the settings sees the test, and it changes nothing. */
async function keep(context: EngineContext, made: KeptBackTest): Promise<void> {
  const settings = await context.open('settings');
  if (settings.access === 'write') keepBackTest(settings.doc, made);
  settings.close();
}

function standingOf({ ledger, asOfDay }: EngineContext, { test, lines }: KeptBackTest) {
  const now = countSample(ledger, test.asOfDay).lines;
  return { isOfToday: test.asOfDay === asOfDay() - 1 && lines === now, isOfOtherFacts: haveMoved(lines, now) };
}

const laterOf = (own: KeptBackTest | null, kept: KeptBackTest | null): KeptBackTest | null =>
  own !== null && own.atMs >= (kept?.atMs ?? 0) ? own : kept;

function heed(
  { member, nowMs }: EngineContext,
  settings: Y.Doc,
  made: KeptBackTest | null,
  belief: TestedBelief,
  isHeeded: boolean,
): void {
  if (!isHeeded) takeBackVerdict(settings, belief);
  else if (made) {
    const tests = made.test.tests.filter((one) => one.belief === belief);
    keepVerdicts(settings, { ...made.test, tests }, { member: member.id, atMs: nowMs() });
  }
}
