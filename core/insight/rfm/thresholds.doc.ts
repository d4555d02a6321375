/**
 * The thresholds a shop has chosen. In room `settings`, top-level `rfmThresholds`: Y.Map with plain values `recency`,
 * `frequency`, `money` (each `'quantile'` or a list of four rising whole numbers) and `names` (the name rules, one
 * plain record, so that a half-changed set never counts). Version 1; owner and operator write; the last writing of a
 * key wins. What is missing or unreadable reads as the default; opening and reading write nothing. Top-level
 * `rfmCategoryThresholds`: Y.Map of category → one plain record of all four; those that are unusable are not read.
 */
import type * as Y from 'yjs';
import { type Result, fail, ok } from '../../result.ts';
import {
  type CategoryThresholds,
  type Cuts,
  type NameRules,
  type RfmThresholds,
  defaultThresholds,
  isCutList,
  isNameRules,
  rfmDimensions,
  shopThresholds,
} from './thresholds.ts';

const origin = 'rfm-thresholds';

export const rfmThresholdsType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('rfmThresholds');

export const categoryThresholdsType = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('rfmCategoryThresholds');

export const readRfmThresholds = (doc: Y.Doc): RfmThresholds => {
  const map = rfmThresholdsType(doc);
  const names = { ...defaultThresholds.names, ...plainRecord(map.get('names')) };
  const categories = readCategories(doc);
  return Object.freeze({
    recency: readCuts(map.get('recency'), defaultThresholds.recency),
    frequency: readCuts(map.get('frequency'), defaultThresholds.frequency),
    money: readCuts(map.get('money'), defaultThresholds.money),
    names: isNameRules(names) ? Object.freeze(names) : defaultThresholds.names,
    ...(Object.keys(categories).length > 0 ? { categories } : {}),
  });
};

type ThresholdFailure = { readonly kind: 'cuts-must-rise' | 'unusable-name-rules' };

/** Writes the shop's own thresholds; those of its categories stay as they are. */
export const writeRfmThresholds = (
  doc: Y.Doc,
  thresholds: RfmThresholds,
  by: unknown = origin,
): Result<'done' | 'unchanged', ThresholdFailure> => {
  const checked = check(thresholds);
  if (!checked.ok) return checked;
  const before = JSON.stringify(shopThresholds(readRfmThresholds(doc)));
  if (before === JSON.stringify(shopThresholds(thresholds))) return ok('unchanged');
  doc.transact(() => {
    const map = rfmThresholdsType(doc);
    for (const dimension of rfmDimensions) map.set(dimension, plainCuts(thresholds[dimension]));
    map.set('names', { ...thresholds.names });
  }, by);
  return ok('done');
};

/** Gives a category thresholds of its own; null takes them away. */
export const writeCategoryThresholds = (
  doc: Y.Doc,
  category: string,
  thresholds: CategoryThresholds | null,
): Result<'done' | 'unchanged', ThresholdFailure> => {
  const map = categoryThresholdsType(doc);
  if (thresholds === null) {
    if (!map.has(category)) return ok('unchanged');
    doc.transact(() => map.delete(category), origin);
    return ok('done');
  }
  const checked = check(thresholds);
  if (!checked.ok) return checked;
  const own = readCategories(doc)[category];
  if (own && JSON.stringify(own) === JSON.stringify(shopThresholds(thresholds))) return ok('unchanged');
  const cuts = Object.fromEntries(rfmDimensions.map((dimension) => [dimension, plainCuts(thresholds[dimension])]));
  doc.transact(() => map.set(category, { ...cuts, names: { ...thresholds.names } }), origin);
  return ok('done');
};

function check(thresholds: CategoryThresholds): Result<null, ThresholdFailure> {
  for (const dimension of rfmDimensions) {
    const cuts = thresholds[dimension];
    if (cuts.mode === 'fixed' && !isCutList(cuts.values)) return fail({ kind: 'cuts-must-rise' });
  }
  return isNameRules(thresholds.names) ? ok(null) : fail({ kind: 'unusable-name-rules' });
}

function readCategories(doc: Y.Doc): Readonly<Record<string, CategoryThresholds>> {
  const categories: Record<string, CategoryThresholds> = {};
  for (const [category, value] of [...categoryThresholdsType(doc).entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const found = plainRecord(value) as Readonly<Record<string, unknown>>;
    const names = plainRecord(found.names) as NameRules;
    if (!isNameRules(names)) continue;
    const { recency, frequency, money } = defaultThresholds;
    categories[category] = Object.freeze({
      recency: readCuts(found.recency, recency),
      frequency: readCuts(found.frequency, frequency),
      money: readCuts(found.money, money),
      names: Object.freeze({ ...names }),
    });
  }
  return Object.freeze(categories);
}

const plainCuts = (cuts: Cuts): unknown => (cuts.mode === 'quantile' ? 'quantile' : [...cuts.values]);

const quantile: Cuts = Object.freeze({ mode: 'quantile' });

function readCuts(value: unknown, fallback: Cuts): Cuts {
  if (value === 'quantile') return quantile;
  const values = Array.isArray(value) ? value.map(Number) : [];
  return isCutList(values) ? Object.freeze({ mode: 'fixed', values }) : fallback;
}

function plainRecord(value: unknown): object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype ? value : {};
}
