import type { BackTest } from '#core/insight/backtest/back-test.ts';
import { backTestWords } from '#web/words/backtest.ts';

/** Everything a back-test says, one number a row, under `csvHead`. */
export const reportRows = ({ tests }: BackTest): (string | number)[][] => {
  const w = backTestWords();
  const rows: (string | number)[][] = [[...w.csvHead]];
  for (const test of tests) {
    const name = w.beliefs[test.belief];
    const add = (
      item: string,
      what: string,
      value: number | string,
      observed: number | string = '',
      n: number | string = '',
    ) => rows.push([name, item, what, value, observed, n]);
    add('verdict', w.verdict(test.verdict), test.verdict.kind);
    add(test.measure, w.ours, test.error, '', test.cases);
    for (const { code, error } of test.baselines) add(test.measure, w.baselines[code], error, '', test.cases);
    for (const { code, value, baseline } of test.figures) add(code, w.ours, value, baseline ?? '');
    test.reliability.forEach(({ forecast, observed, n }, at) => add('reliability', `${at + 1}`, forecast, observed, n));
  }
  return rows;
};
