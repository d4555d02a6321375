import { type BackTest, testedBeliefs } from '#core/insight/backtest/back-test.ts';
import { keepVerdicts, readVerdicts, takeBackVerdict } from '#core/insight/backtest/verdicts.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';

/** A test of every belief that came out `percent(at)` better than the average. */
export const aBackTest = (day: number, percent: (at: number) => number): BackTest => ({
  asOfDay: day,
  tests: testedBeliefs.map((belief, at) => ({
    belief,
    measure: 'brier',
    origins: [day - 30],
    cases: 300,
    cameTrue: 100,
    error: 0.2,
    baselines: [{ code: 'average', error: 0.25 }],
    verdict: { kind: percent(at) > 0 ? 'better' : 'not-better', percent: percent(at), than: 'average' },
    reliability: [],
    figures: [],
    averages: [0.3],
  })),
});

export const table: OperationTable = {
  name: 'verdicts',
  covers: ['core/insight/backtest/verdicts.doc.ts'],
  read: readVerdicts,
  operations: [
    operation(
      'keep',
      (dice) => ({ day: 20_000 + dice.below(100), percents: testedBeliefs.map(() => dice.below(60) - 20) }),
      (doc, { day, percents }) => {
        const test = aBackTest(day, (at) => percents[at] ?? 0);
        keepVerdicts(doc, test, { member: 'm1', atMs: day * 86_400_000 });
      },
    ),
    operation(
      'take back',
      (dice) => (dice.chance(0.4) ? dice.below(testedBeliefs.length) : null),
      (doc, belief) => void takeBackVerdict(doc, testedBeliefs[belief] ?? 'cycle'),
    ),
  ],
};
