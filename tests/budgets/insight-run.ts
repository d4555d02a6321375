/**
 * What `bench insight` measures, the same in Node and in a worker in Chromium: from the bytes of a table of order lines
 * to a ledger as an import makes it, RFM, all beliefs, a thousand more lines, fitting, rules.
 */
import { ChunkCutter } from '#core/datasets/chunk-cutter.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { defaultBasketParameters } from '#core/insight/basket/basket-parameters.ts';
import { fitBasket } from '#core/insight/basket/fit-basket.ts';
import { deriveBeliefs, type DerivedBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { fitInSteps } from '#core/insight/profile/fit-parameters.ts';
import { defaultParameters, type Parameters } from '#core/insight/profile/parameters.ts';
import { fitChurn } from '#core/insight/churn/fit-churn.ts';
import { readPurchaseDays } from '#core/insight/purchase-days.ts';
import { deriveRfm, type RfmColumns } from '#core/insight/rfm/derive-rfm.ts';
import { fitBgnbd } from '#core/insight/value/fit-bgnbd.ts';
import { fitSilence } from '#core/insight/value/fit-silence.ts';
import { fitValue } from '#core/insight/value/fit-value.ts';
import { groupRepeats } from '#core/insight/value/group-repeats.ts';
import { valueHorizonDays } from '#core/insight/value/predict-value.ts';
import { readSummaries } from '#core/insight/value/read-summaries.ts';
import { evaluateRule } from '#core/segments/evaluate-rule.ts';
import { parseRule } from '#core/segments/parse-rule.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import type { BusinessDay } from '#core/units/business-day.ts';
import { OrderLineReader } from '#sync-server/commands/evaluate/order-line-reader.ts';
import type { BenchLine } from './bench-line.ts';

export type Figure = Omit<BenchLine, 'peakMiB' | 'where'>;

export interface InsightRun {
  bytes(): AsyncIterable<Uint8Array>;
  /** Milliseconds of whatever is counted: the wall's, or the thread's own where a machine is shared. */
  now(): number;
  say(figure: Figure): void;
  /** After everything is in memory and nothing else is: the ledger's and the beliefs' bytes. */
  loaded(bytes: number): Promise<void>;
  /** The same RFM by somebody else's means, from the ledger's columns; answers its times. */
  peer?(ledger: GrowingLedger, asOfDay: BusinessDay, scores: RfmColumns): Promise<void>;
}

const piece = 100_000;
const quantile = { mode: 'quantile' } as const;
/** Of so many at most a background fit reads the days of purchase. */
const mostForDays = 30_000;

export const runInsight = async ({ bytes, say, loaded, peer, now }: InsightRun): Promise<void> => {
  const started = now();
  let file: OrderLineReader | null = new OrderLineReader('lines', true);
  for await (const part of bytes()) file.take(part);
  file.finish();
  const lines = file.count;
  const read = now();
  const one = (name: string, ms: number): void => say({ name, lines, ms, runs: 1 });
  const many = (name: string, times: readonly number[], ms = middle(times)): void =>
    say({ name, lines, ms, runs: times.length });
  one('insight read the file', read - started);
  const ledger = createLedger();
  setCatalogue(ledger, file);
  takeAll(ledger, file, 0, lines, '');
  one('insight load: file to ledger', now() - started);
  ledger.trim();
  const late = Array.from({ length: 25 }, (_, run) => packLate(file as OrderLineReader, run));
  file = null;
  const today = lastDay(ledger);
  const runs = lines > 3_000_000 ? 3 : 5;

  const rfm = { ...defaultParameters.rfm, recency: quantile, frequency: quantile, money: quantile };
  let scored = deriveRfm(ledger, today, rfm);
  many(
    'insight rfm',
    timed(now, runs, () => (scored = deriveRfm(ledger, today, rfm))),
  );
  await peer?.(ledger, today, scored.columns);
  let parameters: Parameters = { ...defaultParameters, rfm };
  const fitted = timed(
    now,
    lines > 3_000_000 ? 1 : 3,
    () => (parameters = fit(now, ledger, today - 1, parameters, one)),
  );
  many('insight refit all parameters', fitted);
  let beliefs = deriveBeliefs(ledger, parameters, today);
  const due = now() - started;
  one('insight file to RFM, fit and all beliefs', due);
  many(
    'insight all beliefs',
    timed(now, runs, () => (beliefs = deriveBeliefs(ledger, parameters, today))),
  );
  await loaded(ledger.byteLength + bytesOf(beliefs));
  const taking: number[] = [];
  const deriving: number[] = [];
  for (const [run, chunks] of late.entries()) {
    const begun = now();
    for (const [at, packed] of chunks.entries()) take(ledger, packed, `late-${run}-${at}`);
    const taken = now();
    beliefs = deriveBeliefs(ledger, parameters, today, beliefs);
    deriving.push(now() - taken);
    taking.push(taken - begun);
  }
  const { customers, scores } = beliefs.recomputed;
  many(
    'insight absorb 1000 lines',
    deriving.map((ms, at) => ms + (taking[at] ?? 0)),
  );
  many('insight absorb 1000 lines: ledger', taking);
  many('insight absorb 1000 lines: rescoring and beliefs', deriving);
  say({ name: 'insight absorb: customers derived', lines, ms: 0, runs: 1, value: customers, unit: 'customers' });
  say({ name: 'insight absorb: scores looked at', lines, ms: 0, runs: 1, value: scores, unit: 'customers' });
  runRules(now, ledger, beliefs, say);
  many(
    'insight basket rules, together and then',
    timed(now, 1, () => fitBasket(ledger, today, defaultBasketParameters)),
  );
  const everybody = Int32Array.from({ length: ledger.customerCount }, (_, c) => c);
  const stride = Math.ceil(everybody.length / mostForDays);
  const some = readPurchaseDays(
    ledger,
    everybody.filter((c) => c % stride === 0),
    today - 1,
  );
  many(
    'insight refit: value',
    timed(now, 3, () => fitValue(some, today - 1, valueHorizonDays)),
  );
  many(
    'insight refit: churn',
    timed(now, 3, () => fitChurn(some, today - 1, (origin) => fitSilence(some, origin), defaultParameters.churn)),
  );
  const days = readPurchaseDays(ledger, everybody, today);
  many(
    'insight BG/NBD with standard errors',
    timed(now, 3, () => fitBgnbd(groupRepeats(readSummaries(days, today)))),
  );
};

const middle = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

function timed(now: InsightRun['now'], runs: number, act: () => unknown): number[] {
  return Array.from({ length: runs }, () => {
    const started = now();
    act();
    return now() - started;
  });
}

/** One figure for each step too: the longest is how long a question may have to wait. */
function fit(
  now: InsightRun['now'],
  ledger: GrowingLedger,
  day: BusinessDay,
  { rfm }: Parameters,
  say: (name: string, ms: number) => void,
): Parameters {
  const steps = fitInSteps(ledger, day, { ...defaultParameters, rfm });
  let longest = 0;
  for (;;) {
    const started = now();
    const step = steps.next();
    longest = Math.max(longest, now() - started);
    if (!step.done) continue;
    say('insight refit: its longest step', longest);
    return step.value;
  }
}

function setCatalogue(ledger: GrowingLedger, file: OrderLineReader): void {
  const categoryOf = new Int32Array(file.skus.count);
  for (let row = 0; row < file.count; row++) categoryOf[file.sku[row]!] = file.category[row]!;
  ledger.setCatalogue(
    Array.from({ length: file.skus.count }, (_, sku) => ({
      id: file.skus.text(sku).toLowerCase(),
      name: file.skus.text(sku),
      items: [file.skus.text(sku)],
      category: file.categories.text(categoryOf[sku]!),
      tags: sku % 5 === 0 ? [`tag ${sku % 35}`] : [],
      mergedFrom: [],
    })),
  );
}

/** As an import does: rows as columns, cut into chunks by month, packed, taken. */
function takeAll(ledger: GrowingLedger, file: OrderLineReader, from: number, to: number, suffix: string): void {
  const cutter = new ChunkCutter();
  let chunks = 0;
  const takeSome = (planned: ReturnType<ChunkCutter['finish']>): void => {
    for (const { packed } of planned) take(ledger, packed, `chunk${suffix}-${String(chunks++).padStart(6, '0')}`);
  };
  for (let at = from; at < to; at += piece)
    takeSome(
      cutter.addColumns(
        columnsOf(
          file,
          Int32Array.from({ length: Math.min(piece, to - at) }, (_, n) => at + n),
        ),
      ),
    );
  takeSome(cutter.finish());
}

function columnsOf(file: OrderLineReader, rows: Int32Array, suffix = '', atMs?: number) {
  const column = <Value>(make: (row: number) => Value): Value[] => Array.from(rows, make);
  let order = -1;
  let name = '';
  let nth = 0;
  const nths: number[] = [];
  const orders = column((row) => {
    if (file.order[row] === order) nth++;
    else {
      order = file.order[row]!;
      name = file.orders.text(order) + suffix;
      nth = 0;
    }
    nths.push(nth);
    return name;
  });
  const skus = Array.from({ length: file.skus.count }, (_, sku) => file.skus.text(sku));
  const channels = Array.from({ length: file.channels.count }, (_, channel) => file.channels.text(channel));
  const columns = {
    shop: column(() => 'shop'),
    order: orders,
    item: column((row) => skus[file.sku[row]!]!),
    nth: nths,
    itemName: column((row) => skus[file.sku[row]!]!),
    customer: column((row) => idOf(file.customer[row]!)),
    atMs: column((row) => atMs ?? file.seconds[row]! * 1000),
    quantityMilli: column((row) => file.quantity[row]! * 1000),
    paidFen: column((row) => file.amount[row]!),
    status: column(() => 'done'),
    channel: column((row) => channels[file.channel[row]!]!),
    isGift: column(() => false),
    exportMs: column(() => 0),
  };
  return { kind: 'order-line' as const, rows: rows.length, columns: columns as never };
}

/** Ids as random as the real ones: equal words would pack too well. */
function idOf(customer: number): string {
  const word = Math.imul(customer + 1, 0x9e3779b1) >>> 0;
  return word.toString(16).padStart(8, '0') + (Math.imul(word, 0x85ebca6b) >>> 0).toString(16).padStart(8, '0');
}

/** A thousand lines of new orders, like those of the last tenth, on the last moment of the file. */
function packLate(file: OrderLineReader, run: number): Uint8Array[] {
  const random = seededRandom(run + 1);
  const from = Math.floor(file.count * 0.9);
  const rows = Int32Array.from({ length: 1000 }, () => from + Math.floor(random() * (file.count - from))).sort();
  const cutter = new ChunkCutter();
  const late = columnsOf(file, rows, `-late-${run}`, file.seconds[file.count - 1]! * 1000);
  return [...cutter.addColumns(late), ...cutter.finish()].map(({ packed }) => packed);
}

function take(ledger: GrowingLedger, packed: Uint8Array, id: string): void {
  const taken = ledger.takeChunk({ id, importId: 'i-1', importMs: 1 } as never, packed);
  if (!taken.ok) throw new Error(taken.error.kind);
}

function lastDay({ orderLines }: GrowingLedger): BusinessDay {
  let last = 0;
  for (let row = 0; row < orderLines.count; row++) last = Math.max(last, orderLines.day[row]!);
  return last;
}

function bytesOf(beliefs: DerivedBeliefs): number {
  const buffers = new Set(
    Object.values(beliefs).flatMap((column: unknown) => (ArrayBuffer.isView(column) ? [column.buffer] : [])),
  );
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

const ruleTexts = [
  'tag = tag 5 and no purchase in 7 days',
  'rfm = (VIP, active) and orders >= 3 and churn risk < 60%\nand bought S0007 in 90 days',
  'in repurchase window of S0007 or spent > 500',
];

function runRules(
  now: InsightRun['now'],
  ledger: GrowingLedger,
  beliefs: DerivedBeliefs,
  say: InsightRun['say'],
): void {
  const vocabulary = {
    tags: beliefs.tagNames.map((name) => ({ name })),
    products: [{ name: 'S0007' }],
    categories: [],
    channels: [],
    consentChannels: [],
  };
  for (const text of ruleTexts) {
    const times = timed(now, 9, () => {
      const parsed = parseRule(text, vocabulary);
      if (!parsed.ok) throw new Error(`rule does not parse: ${text}`);
      evaluateRule(parsed.value, ledger, beliefs);
    });
    const name = `insight rule: ${text.replace('\n', ' ')}`;
    say({ name, lines: beliefs.customerCount, ms: middle(times), runs: times.length });
  }
}
