/**
 * The thresholds a shop has chosen. In room `settings`, top-level `rfmThresholds`: Y.Map with plain values `recency`,
 * `frequency`, `money` (each `'quantile'` or a list of four rising whole numbers) and `names` (the name rules, one
 * plain record, so that a half-changed set never counts). Version 1; owner and operator write; the last writing of a
 * key wins. What is missing or unreadable reads as the default; opening and reading write nothing.
 */
import type * as Y from 'yjs';
import { type Result, fail, ok } from '../../result.ts';
import {
  type Cuts,
  type RfmThresholds,
  defaultThresholds,
  isCutList,
  isNameRules,
  rfmDimensions,
} from './thresholds.ts';

const origin = 'rfm-thresholds';

export const rfmThresholdsType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('rfmThresholds');

export const readRfmThresholds = (doc: Y.Doc): RfmThresholds => {
  const map = rfmThresholdsType(doc);
  const names = { ...defaultThresholds.names, ...plainRecord(map.get('names')) };
  return Object.freeze({
    recency: readCuts(map.get('recency'), defaultThresholds.recency),
    frequency: readCuts(map.get('frequency'), defaultThresholds.frequency),
    money: readCuts(map.get('money'), defaultThresholds.money),
    names: isNameRules(names) ? Object.freeze(names) : defaultThresholds.names,
  });
};

export const writeRfmThresholds = (
  doc: Y.Doc,
  thresholds: RfmThresholds,
  by: unknown = origin,
): Result<'done' | 'unchanged', { readonly kind: 'cuts-must-rise' | 'unusable-name-rules' }> => {
  for (const dimension of rfmDimensions) {
    const cuts = thresholds[dimension];
    if (cuts.mode === 'fixed' && !isCutList(cuts.values)) return fail({ kind: 'cuts-must-rise' });
  }
  if (!isNameRules(thresholds.names)) return fail({ kind: 'unusable-name-rules' });
  const before = JSON.stringify(readRfmThresholds(doc));
  if (before === JSON.stringify(thresholds)) return ok('unchanged');
  doc.transact(() => {
    const map = rfmThresholdsType(doc);
    for (const dimension of rfmDimensions) {
      const cuts = thresholds[dimension];
      map.set(dimension, cuts.mode === 'quantile' ? 'quantile' : [...cuts.values]);
    }
    map.set('names', { ...thresholds.names });
  }, by);
  return ok('done');
};

const quantile: Cuts = Object.freeze({ mode: 'quantile' });

function readCuts(value: unknown, fallback: Cuts): Cuts {
  if (value === 'quantile') return quantile;
  const values = Array.isArray(value) ? value.map(Number) : [];
  return isCutList(values) ? Object.freeze({ mode: 'fixed', values }) : fallback;
}

function plainRecord(value: unknown): object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype ? value : {};
}
