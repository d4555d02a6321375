/**
 * The way from rows of cells to settled orders, the same for looking at a file and for taking it in: read each row,
 * gather the order, settle it, match returns. Every row ends as a line, as a refund, or as a problem with its reason.
 */
import type { CandidateLine, Problem } from './candidate-line.ts';
import { createOrderGrouper } from './group-orders.ts';
import type { Mapping } from './mapping.ts';
import { type CountedReturn, createReturnMatcher } from './match-returns.ts';
import { createLineReader, isUnread } from './read-line.ts';
import { settleOrder } from './settle-order.ts';

export interface OrderReadingOptions {
  readonly mapping: Mapping;
  /** Empty: the format's own. */
  readonly shop: string;
  readonly nowMs: number;
  /** From an earlier pass over the same file; empty while looking. */
  readonly scattered: ReadonlySet<string>;
  /** Says whether the order came before, and remembers it. */
  readonly hasSeen: (key: string) => boolean;
  /** Returns are only matched when the earlier pass saw any: matching remembers every purchase. */
  readonly matchesReturns: boolean;
}

export interface OrderSink {
  order(lines: readonly CandidateLine[]): void;
  returned(returns: readonly CountedReturn[], line: CandidateLine): void;
  problem(problem: Problem): void;
}

export interface OrderReading {
  row(cells: readonly string[], count: number, line: number, raw: string): void;
  end(): void;
  readonly scattered: ReadonlySet<string>;
}

export const createOrderReading = (options: OrderReadingOptions, sink: OrderSink): OrderReading => {
  const { choices } = options.mapping.answers;
  const reader = createLineReader(options.mapping, options.shop, options.nowMs);
  const matcher = options.matchesReturns ? createReturnMatcher() : null;

  const settle = (rows: readonly CandidateLine[]): void => {
    const { lines, problems } = settleOrder(rows, choices);
    for (const problem of problems) sink.problem(problem);
    if (!lines.some(isReturn)) {
      if (matcher) lines.forEach(matcher.remember);
      if (lines.length > 0) sink.order(lines);
      return;
    }
    const bought = lines.filter((line) => !isReturn(line));
    if (matcher) bought.forEach(matcher.remember);
    if (bought.length > 0) sink.order(bought);
    for (const line of lines.filter(isReturn)) {
      const returns = matcher?.match(line) ?? [];
      if (returns.length > 0 || !matcher) sink.returned(returns, line);
      else sink.problem({ kind: 'return-without-purchase', line: line.line, cell: line.item, raw: line.raw });
    }
  };
  const grouper = createOrderGrouper(settle, options.hasSeen, options.scattered);

  return {
    row(cells, count, line, raw) {
      const read = reader.read(cells, count, line);
      if (isUnread(read)) {
        sink.problem({ ...read, line, raw });
        return;
      }
      read.raw = raw;
      grouper.take(read);
    },
    end: grouper.end,
    scattered: grouper.scattered,
  };
};

export const isReturn = (line: CandidateLine): boolean => line.quantityMilli < 0 || line.paidFen < 0;
