/**
 * Runs every belief's test over the pretended days, oldest first; gives way with the share done (0 to 1), so that a
 * worker can answer and stop in between. `base` says what the shop has chosen; everything learnt is learnt anew at each
 * origin from the facts up to it.
 */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import type { BusinessDay } from '../../units/business-day.ts';
import { weekDays } from '../demand/collect-weeks.ts';
import { deriveBeliefs } from '../profile/derive-beliefs.ts';
import { fitInSteps } from '../profile/fit-parameters.ts';
import type { Parameters } from '../profile/parameters.ts';
import type { BackTest, BeliefTest } from './back-test.ts';
import { ChurnTest } from './churn-test.ts';
import { CycleTest } from './cycle-test.ts';
import { DemandTest, demandWeeks } from './demand-test.ts';
import { NextProductsTest } from './next-products-test.ts';
import type { PretendedDay } from './pretended-day.ts';

const daysBack = [90, 60, 30] as const;
const fewestDaysBefore = 60;

export function* runBackTest(ledger: Ledger, asOfDay: BusinessDay, base: Parameters): Generator<number, BackTest> {
  const firstDay = firstPurchaseDay(ledger, asOfDay);
  const days = [new CycleTest(), new ChurnTest(), new NextProductsTest()] as const;
  const demand = new DemandTest();
  for (const [at, back] of daysBack.entries()) {
    const done = (share: number): number => (at + share) / (daysBack.length + 1);
    yield done(0);
    const origin = asOfDay - back;
    if (origin - firstDay < fewestDaysBefore) continue;
    const parameters = yield* mapped(fitInSteps(ledger, origin, base), (share) => done(share * 0.6));
    yield done(0.6);
    const beliefs = deriveBeliefs(ledger, parameters, origin);
    const day: PretendedDay = { ledger, origin, asOfDay, parameters, beliefs };
    for (const [which, test] of days.entries()) {
      yield done(0.7 + which * 0.1);
      test.add(day);
    }
    if (at < daysBack.length - 1) continue;
    for (let week = demandWeeks; week >= 1; week--) {
      yield done(1 + (demandWeeks - week) / demandWeeks);
      demand.add(ledger, asOfDay - week * weekDays, parameters.demand);
    }
  }
  const have = Math.max(0, asOfDay - firstDay);
  return { asOfDay, tests: [...days, demand].map((test) => withDaysNeeded(test.finish(), have)) };
}

/** Without a single origin it is days that are missing, not cases. */
function withDaysNeeded(test: BeliefTest, have: number): BeliefTest {
  if (test.origins.length > 0) return test;
  const needed = fewestDaysBefore + (test.belief === 'churn' ? 60 : 30);
  return { ...test, verdict: { kind: 'insufficient-evidence', missing: 'days', needed, have } };
}

function firstPurchaseDay({ orderLines: { count, live, flags, day } }: Ledger, asOfDay: BusinessDay): BusinessDay {
  let first = asOfDay;
  for (let row = 0; row < count; row++)
    if (live[row] === 1 && (flags[row]! & notAPurchase) === 0 && day[row]! < first) first = day[row]!;
  return first;
}

function* mapped<Value>(steps: Generator<number, Value>, shareOf: (share: number) => number): Generator<number, Value> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield shareOf(value);
  }
}
