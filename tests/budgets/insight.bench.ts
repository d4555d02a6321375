/**
 * Beliefs: RFM, everything at once, absorbing 1,000 lines, refitting, a rule over a million customers; and, given the
 * folder of Online Retail, how often a purchase fell into its window. `--data` is a prefix of generated order lines
 * (`<prefix>.bin/`) or that folder.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { createColumns } from '#core/insight/profile/create-columns.ts';
import { createPairArrays } from '#core/insight/repurchase/pair-columns.ts';
import { deriveRfm } from '#core/insight/rfm/derive-rfm.ts';
import { evaluateRule } from '#core/segments/evaluate-rule.ts';
import { parseRule } from '#core/segments/parse-rule.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { type Bench, type BenchLine, measure, peakMiB } from './bench-line.ts';
import { measureCoverage } from './measure-coverage.ts';
import { printBgnbd } from './print-bgnbd.ts';
import { readOnlineRetail } from './read-online-retail.ts';
import { readOrderLines } from './read-order-lines.ts';

const where = 'node' as const;

export const bench: Bench = async ({ data, print }) => {
  const shop = data === null ? null : join(data, 'transactions.csv.gz');
  if (shop !== null && existsSync(shop)) return printCoverage(shop, print);
  let version = 1;
  const random = seededRandom(3);
  const some = (customers: number): Int32Array =>
    Int32Array.from(new Set(Array.from({ length: 1000 }, () => Math.floor(random() * customers)))).sort();
  const ledger = readOrderLines(data, some);
  const lines = ledger.orderLines.count;
  let today = 0;
  for (const day of ledger.orderLines.day) today = Math.max(today, day);
  const say = (name: string, ms: number, runs: number): void =>
    print({ name, lines, ms, runs, peakMiB: peakMiB(), where });
  let parameters = fitParameters(ledger, today);
  say('insight rfm', await measure(5, () => deriveRfm(ledger, today, parameters.rfm)), 5);
  say('insight refit', await measure(3, () => (parameters = fitParameters(ledger, today))), 3);
  let beliefs = deriveBeliefs(ledger, parameters, today);
  say('insight all beliefs', await measure(3, () => (beliefs = deriveBeliefs(ledger, parameters, today))), 3);
  const absorbed = await measure(9, () => {
    const later: Ledger = { ...ledger, version: ++version };
    beliefs = deriveBeliefs(later, parameters, today, beliefs);
  });
  say('insight absorb 1000 changed customers', absorbed, 9);
  await printRules(print);
  await printBgnbd(print);
};

async function printCoverage(path: string, print: (line: BenchLine) => void): Promise<void> {
  const found = measureCoverage(readOnlineRetail(path));
  const figure = (name: string, value: number, lines: number): void =>
    print({ name, lines, ms: found.fitMs, runs: 1, peakMiB: peakMiB(), where, value, unit: 'share' });
  figure('insight window coverage p10-p90, last 90 days', found.coverage, found.gaps ?? 0);
  figure('insight window coverage, own history', found.own, found.gaps ?? 0);
  figure('insight window coverage, blend', found.blend, found.gaps ?? 0);
  figure('insight window coverage, prior', found.prior, found.gaps ?? 0);
  for (const [horizon, score] of Object.entries(found.scores)) {
    figure(`insight brier ${horizon}`, score.brier, score.pairs);
    figure(`insight brier ${horizon}, a constant's`, score.constant, score.pairs);
  }
  const { churn } = found;
  figure('insight churn60 auc', churn.auc, churn.customers);
  figure('insight churn60 brier', churn.brier, churn.customers);
  figure("insight churn60 brier, a constant's", churn.constant, churn.customers);
}

const ruleTexts = [
  'tag = t3 and no purchase in 7 days',
  'rfm = (VIP, active) and orders >= 3 and churn risk < 60%\nand bought product in 90 days',
  'in repurchase window of product or spent > 500',
];

/** A million customers with two pairs each, straight as columns. */
async function printRules(print: (line: BenchLine) => void): Promise<void> {
  const customers = 1_000_000;
  const beliefs = makeBeliefs(customers);
  const ledger = {
    productCount: 50,
    channels: [],
    product: (p: number) => ({ productId: '', items: [], name: p === 7 ? 'product' : `p${p}`, category: '', tags: [] }),
  } as unknown as Ledger;
  const vocabulary = {
    tags: beliefs.tagNames.map((name) => ({ name })),
    products: [{ name: 'product' }],
    categories: [],
    channels: [],
    consentChannels: [],
  };
  for (const text of ruleTexts) {
    const ms = await measure(9, () => {
      const parsed = parseRule(text, vocabulary);
      if (!parsed.ok) throw new Error(`rule does not parse: ${text}`);
      evaluateRule(parsed.value, ledger, beliefs);
    });
    print({
      name: `insight rule: ${text.replace('\n', ' ')}`,
      lines: customers,
      ms,
      runs: 9,
      peakMiB: peakMiB(),
      where,
    });
  }
}

function makeBeliefs(customers: number): BeliefColumns {
  const random = seededRandom(2);
  const columns = createColumns(customers, 1);
  const pairs = createPairArrays(customers * 2);
  const pairStart = Int32Array.from({ length: customers }, (_, c) => c * 2);
  const pairEnd = pairStart.map((start) => start + 2);
  const asOfDay = 20_000;
  for (let c = 0; c < customers; c++) {
    columns.isPresent[c] = 1;
    columns.rfm[c] = Math.floor(random() * 6);
    columns.orders[c] = Math.floor(random() * 9);
    columns.netFen[c] = Math.floor(random() * 100_000);
    columns.lastDay[c] = asOfDay - Math.floor(random() * 100);
    columns.churn60[c] = random();
    columns.tagBits[c] = Math.floor(random() * 256);
    for (const pair of [c * 2, c * 2 + 1]) {
      pairs.pairProduct[pair] = Math.floor(random() * 50);
      pairs.pairLastDay[pair] = asOfDay - Math.floor(random() * 100);
      pairs.pairP10[pair] = asOfDay - 20 + Math.floor(random() * 40);
      pairs.pairP90[pair] = (pairs.pairP10[pair] ?? 0) + 15;
    }
  }
  const tagNames = Array.from({ length: 8 }, (_, tag) => `t${tag}`);
  return {
    ...columns,
    ...pairs,
    pairStart,
    pairEnd,
    asOfDay,
    ledgerVersion: 1,
    customerCount: customers,
    tagNames,
    tagWords: 1,
  };
}
