import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { proposeParameters } from '#core/insight/profile/parameters.doc.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { ParameterHistory } from '#web/screens/settings/parameter-history.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';

const aHistory = () => {
  const doc = new Y.Doc();
  const { rfm: _chosen, ...builtIn } = defaultParameters;
  const propose = (fittedDay: number, shopIntervalDays: number): void =>
    void proposeParameters(doc, {
      parameters: {
        ...builtIn,
        version: 1,
        fittedDay,
        lifecycle: { ...builtIn.lifecycle, shopIntervalDays },
      },
      lines: fittedDay,
      customers: 3,
      madeMs: fittedDay,
      madeBy: 'm',
    });
  const workspace = {
    open: () => ({ doc, access: 'write', close: () => undefined }),
    member: { id: 'm' },
    nowMs: () => 5,
  } as unknown as Workspace;
  return { history: new ParameterHistory(workspace), propose };
};

test('the record in use, what it changed, and the ones before', () => {
  const { history, propose } = aHistory();
  expect([history.current, history.changes]).toEqual([null, []]);
  propose(100, 20);
  expect(history.isFirst).toBe(true);
  expect(history.changes).toEqual([{ figure: 'shop-interval-days', before: 30, after: 20 }]);
  propose(107, 24);
  expect(history.isFirst).toBe(false);
  expect(history.current?.fittedDay).toBe(107);
  expect(history.changes).toEqual([{ figure: 'shop-interval-days', before: 20, after: 24 }]);
  expect(history.others.map(({ fittedDay }) => fittedDay)).toEqual([100]);
});

test('an older record is used while newer ones are put aside, and it can all be taken back', () => {
  const { history, propose } = aHistory();
  for (const day of [100, 107, 114]) propose(day, day);
  const undo = history.use(history.records[2]!);
  expect(history.current?.fittedDay).toBe(100);
  expect(history.others.every(({ refused }) => refused?.member === 'm')).toBe(true);
  undo();
  expect(history.current?.fittedDay).toBe(114);
  const again = history.putAside(history.current!);
  expect(history.current?.fittedDay).toBe(107);
  again();
  expect(history.records.every(({ refused }) => refused === null)).toBe(true);
});
