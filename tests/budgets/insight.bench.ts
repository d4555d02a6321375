/**
 * Beliefs from a table of order lines (`--data` is the prefix of `<prefix>.csv`; without it a made-up shop of 100,000
 * lines): loading, RFM, all beliefs, absorbing 1,000 lines, fitting, rules; in Node and, with `--browser`, in a worker
 * in Chromium; RFM by DuckDB-wasm beside, where it is installed. Rules over a million customers. Given the folder of
 * Online Retail instead: how often a purchase fell into its window.
 */
import { createReadStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import type { BeliefColumns } from '#core/insight/profile/belief-columns.ts';
import { createColumns } from '#core/insight/profile/create-columns.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { createPairArrays } from '#core/insight/repurchase/pair-columns.ts';
import { evaluateRule } from '#core/segments/evaluate-rule.ts';
import { parseRule } from '#core/segments/parse-rule.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { type Bench, type BenchLine, measure, now, peakMiB } from './bench-line.ts';
import { openDuckdbPeer } from './duckdb-peer.ts';
import { runInChromium } from './insight-in-chromium.ts';
import { type InsightRun, runInsight } from './insight-run.ts';
import { makeOrderText } from './make-order-text.ts';
import { measureCoverage } from './measure-coverage.ts';
import { printBgnbd } from './print-bgnbd.ts';
import { readOnlineRetail } from './read-online-retail.ts';

const where = 'node' as const;

export const bench: Bench = async ({ data, isInBrowser, print }) => {
  const shop = data === null ? null : join(data, 'transactions.csv.gz');
  if (shop !== null && existsSync(shop)) return printCoverage(shop, print);
  const folder = mkdtempSync(join(tmpdir(), 'larder-insight-'));
  try {
    const path = data === null ? join(folder, 'lines.csv') : `${data}.csv`;
    if (data === null) writeFileSync(path, makeOrderText(100_000));
    await runInsight({
      bytes: () => createReadStream(path, { highWaterMark: 1 << 22 }) as AsyncIterable<Uint8Array>,
      now,
      say: (figure) => print({ ...figure, peakMiB: highestMiB(), where }),
      loaded: (bytes) => Promise.resolve(printBuffers(print, bytes)),
      peer: (...scores) => printPeer(print, ...scores),
    });
    await printRules(print);
    await printBgnbd(print);
    if (isInBrowser) await runInChromium(path, (figure) => print({ ...figure, where: 'chromium' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The most this process has held so far. */
const highestMiB = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

function printBuffers(print: (line: BenchLine) => void, bytes: number): void {
  const value = Math.round(bytes / 2 ** 20);
  const name = 'insight buffers of ledger and beliefs';
  print({ name, lines: 0, ms: 0, runs: 1, peakMiB: highestMiB(), where, value, unit: 'MiB' });
}

/** RFM by DuckDB-wasm, and with a thousand lines more; its scores must add up to ours. */
const printPeer = async (
  print: (line: BenchLine) => void,
  ...[ledger, asOfDay, scores]: Parameters<NonNullable<InsightRun['peer']>>
): Promise<void> => {
  const peer = await openDuckdbPeer();
  if (peer === null) return;
  const { count: lines, customer, order, day, paidFen } = ledger.orderLines;
  const cut = (from: number, to: number) => ({
    customer: customer.slice(from, to),
    order: order.slice(from, to),
    day: day.slice(from, to),
    amount: Int32Array.from(paidFen.subarray(from, to)),
  });
  for (let from = 0; from < lines; from += 1_000_000) peer.insert(cut(from, Math.min(lines, from + 1_000_000)));
  const { names } = defaultParameters.rfm;
  let sums = peer.rfm(asOfDay, names);
  const sumOf = (column: Uint8Array): number => column.reduce((sum, one) => sum + one, 0);
  const ours = [scores.recencyScore, scores.frequencyScore, scores.moneyScore, scores.rfm].map(sumOf);
  if (String(ours) !== String([sums.recency, sums.frequency, sums.money, sums.names]))
    throw new Error(`DuckDB says ${JSON.stringify(sums)}, the product ${String(ours)}`);
  const say = (name: string, ms: number): void => print({ name, lines, ms, runs: 3, peakMiB: highestMiB(), where });
  say('duckdb-wasm rfm', await measure(3, () => (sums = peer.rfm(asOfDay, names))));
  const more = await measure(3, () => {
    peer.insert(cut(lines - 1000, lines));
    sums = peer.rfm(asOfDay, names);
  });
  say('duckdb-wasm 1000 lines more: rfm', more);
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
      pairs.pairP10[pair] = (asOfDay - 20 + Math.floor(random() * 40)) * 10;
      pairs.pairP90[pair] = (pairs.pairP10[pair] ?? 0) + 150;
      pairs.pairWithin7[pair] = random() * 1e4;
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
