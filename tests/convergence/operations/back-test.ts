import { keepBackTest, readBackTest } from '#core/insight/backtest/results.doc.ts';
import { readVerdicts } from '#core/insight/backtest/verdicts.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';
import { aBackTest } from './verdicts.ts';

export const table: OperationTable = {
  name: 'back-test',
  covers: ['core/insight/backtest/results.doc.ts'],
  read: (doc) => [readBackTest(doc), readVerdicts(doc)],
  operations: [
    operation(
      'keep',
      (dice) => ({ day: 20_000 + dice.below(100), percent: dice.below(60) - 20 }),
      (doc, { day, percent }) =>
        keepBackTest(doc, {
          test: aBackTest(day, () => percent),
          tookMs: 900,
          lines: 1_000,
          atMs: day * 86_400_000,
          member: 'm1',
        }),
    ),
  ],
};
