/**
 * Looks at a whole file without keeping it: how many orders, customers and products, from when to when, how much, what
 * is wrong with which rows, and what the money and time columns say about themselves.
 */
import {
  type CandidateKey,
  type CandidateLine,
  type Problem,
  type ProblemKind,
  problemKinds,
} from './candidate-line.ts';
import { type OrderCounts, createOrderCounter } from './count-orders.ts';
import { createCountSet } from './count-set.ts';
import { scatterKey } from './group-orders.ts';
import { createOrderKeeper, type KeptOrders } from './keep-orders.ts';
import type { Mapping } from './mapping.ts';
import type { MarkVerdict } from './mark-evidence.ts';
import type { MoneyVerdict } from './money-evidence.ts';
import { createNumberEvidence } from './number-evidence.ts';
import { createOrderReading } from './read-orders.ts';
import { type TimeVerdict, createTimeEvidence } from './time-evidence.ts';

export interface ProblemGroup {
  readonly kind: ProblemKind;
  readonly count: number;
  readonly samples: readonly Problem[];
}

export interface OrderSummary extends OrderCounts {
  readonly rows: number;
  readonly lines: number;
  readonly customers: number;
  readonly products: number;
  /** Products no one in the catalogue owns yet. */
  readonly newProducts: number;
  /** All rows of less than nothing, those among the problems included. */
  readonly returns: number;
  /** Their purchases were looked for: those without one are among the problems. Else they are found at writing. */
  readonly hasMatchedReturns: boolean;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly problems: readonly ProblemGroup[];
}

export interface ScanVerdict {
  readonly mapping: Mapping;
  readonly shop: string;
  readonly summary: OrderSummary;
  readonly money: MoneyVerdict;
  readonly mark: MarkVerdict;
  readonly time: TimeVerdict;
  readonly scattered: ReadonlySet<string>;
  /** In the order they were found; the first `mostProblems`. */
  readonly problems: readonly Problem[];
  /** For writing by the same mapping without another reading; null where that takes one. */
  readonly kept: KeptOrders | null;
}

export interface OrderScan {
  row(cells: readonly string[], count: number, line: number, raw: string): void;
  /** So far; cheap enough to ask ten times a second. */
  summary(): OrderSummary;
  end(): ScanVerdict;
}

export interface ScanOptions {
  readonly mapping: Mapping;
  readonly shop: string;
  readonly nowMs: number;
  readonly knownItems: ReadonlySet<string>;
  /** The money column whose scope is open, or the one that is used. */
  readonly amountColumn: number;
  /** Worth the memory of every purchase where the file's beginning shows returns. */
  readonly matchesReturns: boolean;
  /** Holds what it finds for `kept`. */
  readonly keeps: boolean;
}

const sampleLimit = 50;
/** A file with half of a million rows broken must not fill the memory. */
export const mostProblems = 100_000;

export const createOrderScan = ({
  mapping,
  shop,
  nowMs,
  knownItems,
  amountColumn,
  matchesReturns,
  keeps,
}: ScanOptions): OrderScan => {
  const orders = createCountSet();
  const tally = createLineTally(knownItems);
  const counter = createOrderCounter();
  const keeper = keeps ? createOrderKeeper() : null;
  const numbers = createNumberEvidence(mapping, amountColumn);
  const time = createTimeEvidence();
  const problems: Problem[] = [];
  const groups = createProblemGroups();
  const columnOf = (...targets: readonly string[]): number =>
    mapping.columns.findIndex((target) => targets.includes(target));
  const timeColumn = columnOf('paid-at') < 0 ? columnOf('created-at') : columnOf('paid-at');
  let [rows, returns] = [0, 0];

  const reading = createOrderReading(
    { mapping, shop, nowMs, scattered: new Set(), hasSeen: (key) => !orders.add(key), matchesReturns },
    {
      order(settled) {
        counter.order(settled);
        settled.forEach(tally.take);
        keeper?.order(settled);
      },
      returned(matched, line) {
        returns++;
        counter.returned(matched);
        keeper?.returned(matched, line);
      },
      problem(problem) {
        if (problem.kind === 'return-without-purchase') returns++;
        if (problems.length < mostProblems) problems.push(problem);
        groups.add(problem);
      },
    },
  );
  const summary = (): OrderSummary => ({
    ...tally.figures(),
    rows,
    ...counter.counts(),
    returns,
    // An order whose rows are scattered is only put together at writing.
    hasMatchedReturns: matchesReturns && reading.scattered.size === 0,
    problems: groups.read(),
  });
  return {
    summary,
    row(cells, count, line, raw) {
      rows++;
      numbers.row(cells);
      time.take(cells[timeColumn] ?? '');
      reading.row(cells, count, line, raw);
    },
    end() {
      reading.end();
      const { scattered } = reading;
      // Only a second reading puts scattered orders together, and matches returns that the beginning did not show.
      const isSettled = scattered.size === 0 && (returns === 0 || matchesReturns) && problems.length < mostProblems;
      const kept = isSettled ? (keeper?.end() ?? null) : null;
      return {
        mapping,
        shop,
        summary: summary(),
        ...numbers.verdict(),
        time: time.verdict(),
        scattered,
        problems,
        kept,
      };
    },
  };
};

type LineFigures = Pick<OrderSummary, 'lines' | 'customers' | 'products' | 'newProducts' | 'firstMs' | 'lastMs'>;

function createLineTally(knownItems: ReadonlySet<string>): { take(line: CandidateLine): void; figures(): LineFigures } {
  const [customers, products, newProducts] = [createCountSet(), createCountSet(), createCountSet()];
  const counted = new WeakSet<readonly CandidateKey[]>();
  let [lines, firstMs, lastMs] = [0, Infinity, -Infinity];
  return {
    take(line) {
      lines++;
      if (line.atMs < firstMs) firstMs = line.atMs;
      if (line.atMs > lastMs) lastMs = line.atMs;
      if (products.add(line.item) && !knownItems.has(line.item)) newProducts.add(line.item);
      if (counted.has(line.keys)) return;
      const strong = line.keys.find(({ kind }) => kind !== 'masked-phone');
      customers.add(strong ? strong.kind + strong.key : scatterKey(line));
      if (strong) counted.add(line.keys);
    },
    figures: () => ({
      lines,
      customers: customers.size,
      products: products.size,
      newProducts: newProducts.size,
      firstMs,
      lastMs,
    }),
  };
}

function createProblemGroups(): { add(problem: Problem): void; read(): readonly ProblemGroup[] } {
  const groupByKind = new Map<ProblemKind, { count: number; samples: Problem[] }>();
  return {
    add(problem) {
      const group = groupByKind.get(problem.kind);
      if (!group) groupByKind.set(problem.kind, { count: 1, samples: [problem] });
      else if (++group.count <= sampleLimit) group.samples.push(problem);
    },
    read: () =>
      problemKinds.flatMap((kind) => {
        const group = groupByKind.get(kind);
        return group ? [{ kind, count: group.count, samples: [...group.samples] }] : [];
      }),
  };
}
