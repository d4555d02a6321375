/** Answers about value: everybody's expectation over a horizon is derived once and kept while facts and record stand. */
import { type BeliefColumns, rfmNames, stages } from '#core/insight/profile/belief-columns.ts';
import { deriveValues } from '#core/insight/value/derive-values.ts';
import { shopEvidence } from '#core/insight/value/explain-value.ts';
import { valueHorizonDays } from '#core/insight/value/predict-value.ts';
import { type ValueColumns, sumValue } from '#core/insight/value/sum-value.ts';
import { matchRule } from '#core/segments/evaluate-rule.ts';
import { parseRule } from '#core/segments/parse-rule.ts';
import { roundProbability } from '#core/statistics/rounding.ts';
import { customerRow } from './customer-rows.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import { ruleVocabulary } from './rule-vocabulary.ts';
import {
  type ValueGroup,
  type ValueModel,
  type ValueOverview,
  type ValueRequests,
  type ValueRow,
  longestHorizonDays,
} from './value.messages.ts';

/** In steps of 1, 2, 5: 0, 20, 50, … 20,000 of the currency's units. */
const edgesFen = [0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].map((tens) => tens * 1000);

export const valueHandlers = (context: EngineContext): Handlers<ValueRequests> => {
  const kept = new KeptValues(context);
  return {
    'value.overview': ({ horizonDays, segments }) => overviewOf(context, kept, wholeDays(horizonDays), segments),
    'value.people': (ask) => {
      const beliefs = context.beliefs();
      const values = kept.over(wholeDays(ask.horizonDays));
      const found = peopleOf(context, beliefs, values, ask);
      const worth = context.parameters().value.amounts === null ? values.purchases : values.fen;
      const weight = ask.sort === 'risk' ? beliefs.valueAtRiskFen : worth;
      found.sort((a, b) => (weight[b] as number) - (weight[a] as number) || a - b);
      const inGroup = new Uint8Array(beliefs.customerCount);
      for (const c of found) inGroup[c] = 1;
      const from = Math.max(0, ask.first);
      return {
        total: found.length,
        sum: groupsOf(context, values, 1, (c) => (inGroup[c] as number) - 1)[0] as ValueGroup,
        rows: found.slice(from, from + Math.max(0, ask.count)).map((c) => valueRow(context, beliefs, values, c)),
      };
    },
  };
};

/** One horizon at a time: a screen shows one. */
class KeptValues {
  readonly #context: EngineContext;
  #of: BeliefColumns | null = null;
  #version = -1;
  #horizonDays = 0;
  #values: ValueColumns | null = null;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  over(horizonDays: number): ValueColumns {
    const beliefs = this.#context.beliefs();
    if (horizonDays === valueHorizonDays)
      return {
        purchases: beliefs.expectedPurchases90,
        fen: beliefs.valueFen90,
        lowFen: beliefs.valueLowFen90,
        highFen: beliefs.valueHighFen90,
      };
    const isKept = this.#of === beliefs && this.#version === beliefs.ledgerVersion && this.#horizonDays === horizonDays;
    if (!isKept || !this.#values) {
      const { ledger } = this.#context;
      this.#values = deriveValues(ledger, this.#context.parameters().value, beliefs.asOfDay, horizonDays);
      this.#of = beliefs;
      this.#version = beliefs.ledgerVersion;
      this.#horizonDays = horizonDays;
    }
    return this.#values;
  }
}

const wholeDays = (days: number): number => Math.min(longestHorizonDays, Math.max(1, Math.round(days)));

function overviewOf(
  context: EngineContext,
  kept: KeptValues,
  horizonDays: number,
  segments: ValueRequests['value.overview']['ask']['segments'],
): ValueOverview {
  const started = performance.now();
  const beliefs = context.beliefs();
  const values = kept.over(horizonDays);
  const names = groupsOf(context, values, rfmNames.length, (c) => beliefs.rfm[c] as number);
  const byStage = groupsOf(context, values, stages.length, (c) => beliefs.stage[c] as number);
  return {
    horizonDays,
    model: modelOf(context),
    total: groupsOf(context, values, 1, () => 0)[0] as ValueGroup,
    byName: rfmNames.map((name, at) => ({ ...(names[at] as ValueGroup), name })),
    byStage: stages.map((stage, at) => ({ ...(byStage[at] as ValueGroup), stage })),
    bySegment: segments.flatMap((segment) => segmentGroup(context, beliefs, values, segment) ?? []),
    distribution: distributionOf(beliefs, values),
    topTenthShare: topTenthShare(beliefs, values),
    milliseconds: performance.now() - started,
  };
}

function modelOf(context: EngineContext): ValueModel {
  const { value, fittedDay } = context.parameters();
  const { bgnbd, standardErrors, amounts, correction, customers, returners } = value;
  if (!bgnbd) return shopEvidence(value);
  return {
    kind: 'fitted',
    fittedDay,
    customers,
    returners,
    bgnbd,
    standardErrors,
    amounts,
    isCorrected: correction !== null,
  };
}

/** Sums of those who are present; `groupOf` gives -1 for none. */
function groupsOf(
  context: EngineContext,
  values: ValueColumns,
  groups: number,
  groupOf: (customer: number) => number,
): ValueGroup[] {
  const beliefs = context.beliefs();
  const ofPresent = (c: number): number => (beliefs.isPresent[c] === 1 ? groupOf(c) : -1);
  const spent = new Float64Array(groups);
  for (let c = 0; c < beliefs.customerCount; c++) {
    const group = ofPresent(c);
    if (group >= 0) spent[group] = (spent[group] as number) + (beliefs.netFen[c] as number);
  }
  return sumValue(values, context.parameters().value.levelSpread, groups, ofPresent).map((sum, at) => ({
    ...sum,
    spentFen: spent[at] as number,
  }));
}

function segmentGroup(
  context: EngineContext,
  beliefs: BeliefColumns,
  values: ValueColumns,
  { id, rule }: { readonly id: string; readonly rule: string },
): ValueOverview['bySegment'] {
  const mask = maskOfRule(context, beliefs, rule);
  if (!mask) return [];
  return [{ ...(groupsOf(context, values, 1, (c) => (mask[c] as number) - 1)[0] as ValueGroup), id }];
}

/** Null for a rule with an error, or an empty one. */
function maskOfRule(context: EngineContext, beliefs: BeliefColumns, text: string): Uint8Array | null {
  const parsed = parseRule(text, ruleVocabulary(context, beliefs));
  return parsed.ok ? matchRule(parsed.value, context.ledger, beliefs).mask : null;
}

function distributionOf(beliefs: BeliefColumns, { fen }: ValueColumns): ValueOverview['distribution'] {
  const bins = edgesFen.map((fromFen, at) => ({
    fromFen,
    toFen: edgesFen[at + 1] ?? null,
    customers: 0,
    fen: 0,
  }));
  for (let c = 0; c < beliefs.customerCount; c++) {
    if (beliefs.isPresent[c] !== 1) continue;
    const value = fen[c] as number;
    const bin = bins.findLast(({ fromFen }) => value >= fromFen);
    if (!bin) continue;
    bin.customers++;
    bin.fen += value;
  }
  return bins;
}

function topTenthShare(beliefs: BeliefColumns, { fen }: ValueColumns): number {
  const present = fen.filter((_, c) => beliefs.isPresent[c] === 1).sort();
  const total = present.reduce((sum, value) => sum + value, 0);
  if (total <= 0) return 0;
  const top = present.subarray(present.length - Math.ceil(present.length / 10));
  return roundProbability(top.reduce((sum, value) => sum + value, 0) / total);
}

function peopleOf(
  context: EngineContext,
  beliefs: BeliefColumns,
  { fen }: ValueColumns,
  { name, stage, rule, fromFen, toFen }: ValueRequests['value.people']['ask'],
): number[] {
  const mask = rule.trim() === '' ? null : maskOfRule(context, beliefs, rule);
  if (rule.trim() !== '' && !mask) return [];
  const [wantedName, wantedStage] = [
    name === '' ? -1 : rfmNames.indexOf(name),
    stage === '' ? -1 : stages.indexOf(stage),
  ];
  const found: number[] = [];
  for (let c = 0; c < beliefs.customerCount; c++) {
    if (beliefs.isPresent[c] !== 1 || (mask && mask[c] !== 1)) continue;
    if (wantedName >= 0 && beliefs.rfm[c] !== wantedName) continue;
    if (wantedStage >= 0 && beliefs.stage[c] !== wantedStage) continue;
    const value = fen[c] as number;
    if (value >= fromFen && (toFen === null || value < toFen)) found.push(c);
  }
  return found;
}

function valueRow(context: EngineContext, beliefs: BeliefColumns, values: ValueColumns, c: number): ValueRow {
  return {
    ...customerRow(context.ledger, beliefs, c),
    purchases: values.purchases[c] as number,
    fen: values.fen[c] as number,
    lowFen: values.lowFen[c] as number,
    highFen: values.highFen[c] as number,
    atRiskFen: beliefs.valueAtRiskFen[c] as number,
  };
}
