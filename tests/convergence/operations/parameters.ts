import { defaultParameters } from '#core/insight/profile/parameters.ts';
import {
  acceptParameters,
  proposeParameters,
  readParameterRecords,
  refuseParameters,
} from '#core/insight/profile/parameters.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';

const someRecord = (dice: { pick<Value>(values: readonly Value[]): Value }, ids: readonly string[]): string | null =>
  ids.length === 0 ? null : dice.pick(ids);

export const table: OperationTable = {
  name: 'parameters',
  covers: ['core/insight/profile/parameters.doc.ts'],
  read: readParameterRecords,
  operations: [
    operation(
      'propose',
      (dice) => ({ day: 20_000 + dice.below(20), madeMs: dice.below(1000), lines: dice.below(5) }),
      (doc, { day, madeMs, lines }) =>
        void proposeParameters(doc, {
          madeMs,
          madeBy: 'm1',
          lines,
          customers: 1,
          parameters: { ...defaultParameters, fittedDay: day },
        }),
    ),
    operation(
      'refuse',
      (dice, doc) =>
        someRecord(
          dice,
          readParameterRecords(doc).records.map(({ id }) => id),
        ),
      (doc, id) => void refuseParameters(doc, id, { member: 'm1', atMs: 1 }),
    ),
    operation(
      'accept',
      (dice, doc) =>
        someRecord(
          dice,
          readParameterRecords(doc).records.map(({ id }) => id),
        ),
      (doc, id) => void acceptParameters(doc, id),
    ),
  ],
};
