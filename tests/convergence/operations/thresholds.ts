import { readRfmThresholds, writeRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import { type Cuts, defaultThresholds } from '#core/insight/rfm/thresholds.ts';
import { type OperationTable, operation } from '../operation-table.ts';

export const table: OperationTable = {
  name: 'thresholds',
  covers: ['core/insight/rfm/thresholds.doc.ts'],
  read: readRfmThresholds,
  operations: [
    operation(
      'write',
      (dice) => ({
        dimension: dice.pick(['recency', 'frequency', 'money'] as const),
        from: dice.below(20),
        isQuantile: dice.chance(0.3),
      }),
      (doc, { dimension, from, isQuantile }) => {
        const cuts: Cuts = isQuantile
          ? { mode: 'quantile' }
          : { mode: 'fixed', values: [from + 1, from + 2, from + 5, from + 9] };
        writeRfmThresholds(doc, { ...readRfmThresholds(doc), [dimension]: cuts });
      },
    ),
    operation(
      'reset',
      (dice) => dice.chance(0.2) || null,
      (doc) => void writeRfmThresholds(doc, defaultThresholds),
    ),
  ],
};
