/** Answers about segments: a rule's count while it is typed, why not one person, the RFM map with a preview. */
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { type BeliefColumns, type RfmName, rfmNames } from '#core/insight/profile/belief-columns.ts';
import { deriveRfmNames } from '#core/insight/profile/derive-standings.ts';
import { countMoves } from '#core/insight/rfm/count-moves.ts';
import { type RfmColumns, deriveRfmOf, scoreAmounts } from '#core/insight/rfm/derive-rfm.ts';
import { shopThresholds, thresholdsOf } from '#core/insight/rfm/thresholds.ts';
import { customersOfMask, matchRule } from '#core/segments/evaluate-rule.ts';
import { explainMiss } from '#core/segments/explain-miss.ts';
import { parseRule } from '#core/segments/parse-rule.ts';
import { printRule } from '#core/segments/print-rule.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { customerRow } from './customer-rows.ts';
import { CustomerSearch } from './customer-search.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import { ruleVocabulary } from './rule-vocabulary.ts';
import type { RfmMap, RfmMapAsk, SegmentAnswer, SegmentsRequests } from './segments.messages.ts';
import { uncarriedTags } from './uncarried-tags.ts';

const sampleSize = 10;
const contactChannels = ['wecom-1v1', 'community', 'service-account', 'sms', 'manual'] as const;

export const segmentsHandlers = (context: EngineContext): Handlers<SegmentsRequests> => {
  const search = new CustomerSearch(context.ledger);
  return {
    'segments.evaluate': ({ text, seed }) => evaluateText(context, text, seed),
    'segments.why': async ({ text, search: wanted }) => {
      const mask = await search.match(wanted);
      const { ledger } = context;
      const beliefs = context.beliefs();
      if (!mask) return { found: [], explanation: null };
      let size = 0;
      for (let c = 0; c < mask.length && size < 6; c++) size += mask[c] === 1 && beliefs.isPresent[c] === 1 ? 1 : 0;
      const found = customersOfMask(
        mask.map((one, c) => one & (beliefs.isPresent[c] ?? 0)),
        Math.min(6, size),
      );
      const parsed = parseRule(text, ruleVocabulary(context, beliefs));
      const rule = parsed.ok ? parsed.value : parsed.error.before;
      const first = found[0];
      return {
        found: Array.from(found, (c) => customerRow(ledger, beliefs, c)),
        explanation: first === undefined || rule.lines.length === 0 ? null : explainMiss(rule, ledger, beliefs, first),
      };
    },
    'segments.words': () => {
      const { tags, products, categories } = ruleVocabulary(context, context.beliefs());
      const names = (words: typeof tags): string[] => words.filter(({ isQuiet }) => !isQuiet).map(({ name }) => name);
      return { tags: names(tags), products: names(products).slice(0, 3000), categories: names(categories) };
    },
    'segments.map': (asked) => mapOf(context, asked),
    'segments.map-people': (asked) => mapPeople(context, asked),
  };
};

function evaluateText(context: EngineContext, text: string, seed: number): SegmentAnswer {
  const { ledger } = context;
  const beliefs = context.beliefs();
  const started = performance.now();
  const parsed = parseRule(text, ruleVocabulary(context, beliefs));
  const rule = parsed.ok ? parsed.value : parsed.error.before;
  const total = countPresent(beliefs);
  const { mask, count, lines } = matchRule(rule, ledger, beliefs);
  const milliseconds = performance.now() - started;
  const isNothing = rule.lines.length === 0;
  const customers = customersOfMask(mask, isNothing ? 0 : count);
  const error = parsed.ok ? null : { ...parsed.error, before: undefined };
  return {
    text,
    error: error && {
      kind: error.kind,
      line: error.line,
      column: error.column,
      length: error.length,
      near: error.near,
      suggestions: error.suggestions,
    },
    lines,
    count: isNothing ? 0 : count,
    total,
    milliseconds,
    uncarried: !isNothing && count === 0 ? uncarriedTags(rule, ledger, beliefs, context.catalogue()) : [],
    samples: sample(customers, seed).map((c) => customerRow(ledger, beliefs, c)),
    reach: reachOf(ledger, customers),
    printed: parsed.ok ? { zh: printRule(rule, 'zh'), en: printRule(rule, 'en') } : null,
  };
}

const countPresent = (beliefs: BeliefColumns): number => {
  let total = 0;
  for (let c = 0; c < beliefs.customerCount; c++) total += beliefs.isPresent[c] ?? 0;
  return total;
};

/** Different people for another seed, the same ones for the same. */
function sample(customers: Int32Array, seed: number): number[] {
  if (customers.length <= sampleSize) return [...customers];
  const random = seededRandom(seed);
  const chosen = new Set<number>();
  while (chosen.size < sampleSize) chosen.add(customers[Math.floor(random() * customers.length)] ?? 0);
  return [...chosen];
}

function reachOf(ledger: Ledger, customers: Int32Array): SegmentAnswer['reach'] {
  let granted = 0;
  let refused = 0;
  for (const c of customers) {
    const states = contactChannels.map((channel) => ledger.consent(c, channel, 'marketing').state);
    if (states.includes('granted')) granted++;
    else if (states.includes('refused')) refused++;
  }
  return { granted, refused, unknown: customers.length - granted - refused };
}

const scores = [1, 2, 3, 4, 5] as const;

/** Amounts and names under the thresholds in force, and scores and names under those asked about. */
function scoresOf(context: EngineContext, { thresholds: asked, category }: RfmMapAsk) {
  const beliefs = context.beliefs();
  const { asOfDay } = beliefs;
  const chosen = context.parameters().rfm;
  const own = shopThresholds(thresholdsOf(chosen, category));
  const thresholds = asked ? shopThresholds(asked) : own;
  // Of everything, the amounts and the names they give are among the beliefs already.
  const { amounts, columns: now } =
    category === '' ? { amounts: beliefs, columns: beliefs } : deriveRfmOf(context.ledger, asOfDay, chosen, category);
  const isSame = JSON.stringify(thresholds) === JSON.stringify(own);
  return { beliefs, amounts, now, thresholds, isSame, ...scoreAmounts(amounts, asOfDay, thresholds) };
}

function mapOf(context: EngineContext, ask: RfmMapAsk): RfmMap {
  const { ledger } = context;
  const { beliefs, now, thresholds, isSame, cuts, columns } = scoresOf(context, ask);
  const { asOfDay, isPresent } = beliefs;
  const before = deriveRfmNames(ledger, thresholds, asOfDay - 7, ask.category);
  return {
    cells: cellsOf(columns, beliefs),
    recencyCuts: cuts.recency,
    moneyCutsFen: cuts.money,
    frequencyCuts: cuts.frequency,
    thresholds,
    week: countMoves(before, columns.rfm, isPresent),
    preview: isSame ? null : countMoves(now.rfm, columns.rfm, isPresent),
    movers: isSame ? [] : moversOf(ledger, beliefs, now.rfm, columns.rfm),
  };
}

function mapPeople(
  context: EngineContext,
  { of, first, count, ...ask }: SegmentsRequests['segments.map-people']['ask'],
): SegmentsRequests['segments.map-people']['answer'] {
  const { beliefs, amounts, columns } = scoresOf(context, ask);
  const name = 'name' in of ? rfmNames.indexOf(of.name) : -1;
  const isMeant = (c: number): boolean =>
    beliefs.isPresent[c] === 1 &&
    ('name' in of
      ? columns.rfm[c] === name
      : columns.moneyScore[c] === of.money && columns.recencyScore[c] === of.recency);
  const people = Array.from({ length: beliefs.customerCount }, (_, c) => c).filter(isMeant);
  people.sort((a, b) => (amounts.netFen[b] ?? 0) - (amounts.netFen[a] ?? 0) || a - b);
  return {
    total: people.length,
    rows: people.slice(first, first + count).map((c) => customerRow(context.ledger, beliefs, c)),
  };
}

function cellsOf(columns: RfmColumns, beliefs: BeliefColumns): RfmMap['cells'] {
  const counts = new Int32Array(25 * rfmNames.length);
  for (let c = 0; c < beliefs.customerCount; c++) {
    const recency = columns.recencyScore[c] ?? 0;
    if (recency === 0 || beliefs.isPresent[c] !== 1) continue;
    const at = (((columns.moneyScore[c] ?? 1) - 1) * 5 + recency - 1) * rfmNames.length + (columns.rfm[c] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return scores.map((money) =>
    scores.map((recency) => {
      const start = ((money - 1) * 5 + recency - 1) * rfmNames.length;
      const own = counts.subarray(start, start + rfmNames.length);
      let best = 1;
      own.forEach((n, at) => {
        if (n > (own[best] ?? 0)) best = at;
      });
      return { count: own.reduce((sum, n) => sum + n, 0), name: rfmNames[best] as RfmName };
    }),
  );
}

/** At most four people for each way a name would change. */
function moversOf(ledger: Ledger, beliefs: BeliefColumns, before: Uint8Array, after: Uint8Array): RfmMap['movers'] {
  const movers: RfmMap['movers'][number][] = [];
  const taken = new Map<number, number>();
  for (let c = 0; c < after.length && movers.length < 60; c++) {
    const from = before[c] ?? 0;
    const to = after[c] ?? 0;
    const way = from * rfmNames.length + to;
    if (from === to || beliefs.isPresent[c] !== 1 || (taken.get(way) ?? 0) >= 4) continue;
    taken.set(way, (taken.get(way) ?? 0) + 1);
    const { id, alias } = ledger.customer(c);
    movers.push({ id, alias, from: rfmNames[from] as RfmName, to: rfmNames[to] as RfmName });
  }
  return movers;
}
