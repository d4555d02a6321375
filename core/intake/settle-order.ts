/**
 * What only an order as a whole can say: cells that its first row fills for all, the n-th equal item, the order's total
 * shared out over its lines (by list price, else by quantity; the shares add up to the total exactly), its refund
 * shared out by what was paid. Freight is not part of what goods were paid. Fen.
 */
import type { CandidateLine, Problem, ProblemKind } from './candidate-line.ts';
import { longestTag } from './split-tags.ts';

export interface SettledOrder {
  readonly lines: readonly CandidateLine[];
  readonly problems: readonly Problem[];
}

/** Takes all rows of one order, in the file's order, and finishes them in place. */
export const settleOrder = (
  rows: readonly CandidateLine[],
  choices: Readonly<Partial<Record<ProblemKind, 'keep' | 'leave-out'>>>,
): SettledOrder => {
  const problems: Problem[] = [];
  const report = (kind: ProblemKind, { line, raw }: CandidateLine, cell: string): void =>
    void problems.push({ kind, line, cell, raw });
  let lines =
    rows.length === 1
      ? rows
      : rows.filter((row, at) => !isRepeated(row, rows, at) || report('row-repeated', row, row.subOrder));
  if (lines.length > 1) fillFromFirst(lines);
  lines = lines.filter((line) => {
    if (Number.isNaN(line.atMs)) report('time-unreadable', line, '');
    else if (line.keys.length === 0 && choices['customer-missing'] !== 'keep') report('customer-missing', line, '');
    else return true;
    return false;
  });
  if (lines.length > 0) shareMoney(lines);
  lines = lines.filter((line) => {
    if (Number.isSafeInteger(line.paidFen)) return true;
    report('amount-unreadable', line, '');
    return false;
  });
  if (lines.length > 1) numberEqualItems(lines);
  return { lines: lines.filter((line) => judge(line, choices, report)), problems };
};

/** The same sub-order twice is one sub-order. */
function isRepeated(row: CandidateLine, rows: readonly CandidateLine[], at: number): boolean {
  if (row.subOrder === '' || row.subOrder === row.order) return false;
  for (let earlier = 0; earlier < at; earlier++) {
    const other = rows[earlier];
    if (other?.subOrder === row.subOrder && other.item === row.item) return true;
  }
  return false;
}

function fillFromFirst(lines: readonly CandidateLine[]): void {
  const timed = lines.find(({ atMs }) => !Number.isNaN(atMs));
  const keyed = lines.find(({ keys }) => keys.length > 0);
  const stated = lines.find(({ hasStatus }) => hasStatus);
  const spoken = lines.find(({ consent }) => consent !== '');
  const named = lines.find(({ nickname }) => nickname !== '');
  for (const line of lines) {
    if (Number.isNaN(line.atMs)) line.atMs = timed?.atMs ?? Number.NaN;
    if (line.keys.length === 0) line.keys = keyed?.keys ?? [];
    if (!line.hasStatus && stated) line.status = stated.status;
    if (line.consent === '') line.consent = spoken?.consent ?? '';
    if (line.nickname === '') line.nickname = named?.nickname ?? '';
  }
}

function shareMoney(lines: readonly CandidateLine[]): void {
  const first = (read: (line: CandidateLine) => number): number => {
    for (const line of lines) if (!Number.isNaN(read(line))) return read(line);
    return Number.NaN;
  };
  if (lines.some(({ paidFen }) => Number.isNaN(paidFen))) {
    const weights = weightsOf(lines);
    const gross = weights.reduce((sum, weight) => sum + weight, 0);
    const total = first(({ orderPaidFen }) => orderPaidFen);
    const isPriced = lines.every(({ weightFen }) => !Number.isNaN(weightFen));
    const goods = Number.isNaN(total)
      ? isPriced
        ? gross - (first(({ orderDiscountFen }) => orderDiscountFen) || 0)
        : Number.NaN
      : Math.max(Math.min(0, total), total - (first(({ freightFen }) => freightFen) || 0));
    share(goods, weights, (at, fen) => void ((lines[at] as CandidateLine).paidFen = fen));
  }
  const refund = first(({ orderRefundFen }) => orderRefundFen);
  if (refund > 0) {
    const paid = lines.map(({ paidFen }) => Math.max(0, paidFen));
    share(
      refund,
      paid.some((fen) => fen > 0) ? paid : paid.map(() => 1),
      (at, fen) => void ((lines[at] as CandidateLine).refundFen += fen),
    );
  }
}

function weightsOf(lines: readonly CandidateLine[]): readonly number[] {
  const prices = lines.map(({ weightFen }) => weightFen);
  const isUsable = prices.every((price) => price >= 0) && prices.some((price) => price > 0);
  return isUsable ? prices : lines.map(({ quantityMilli }) => Math.abs(quantityMilli));
}

/** Rounds the running sum, so that the shares add up to the total. */
function share(total: number, weights: readonly number[], give: (at: number, fen: number) => void): void {
  const sum = weights.reduce((a, b) => a + b, 0);
  let passed = 0;
  let given = 0;
  weights.forEach((weight, at) => {
    passed += weight;
    const upTo = Math.round((total * passed) / sum);
    give(at, upTo - given);
    given = upTo;
  });
}

function numberEqualItems(lines: readonly CandidateLine[]): void {
  const seen = new Map<string, number>();
  for (const line of lines) {
    // A return is numbered with what it takes back, not among the purchases.
    if (line.quantityMilli < 0) continue;
    const nth = seen.get(line.item) ?? 0;
    line.nth = nth;
    seen.set(line.item, nth + 1);
  }
}

/** The last word on a readable line; false leaves it out. */
function judge(
  line: CandidateLine,
  choices: Readonly<Partial<Record<ProblemKind, 'keep' | 'leave-out'>>>,
  report: (kind: ProblemKind, line: CandidateLine, cell: string) => void,
): boolean {
  let stays = true;
  const say = (kind: ProblemKind, cell: string): void => {
    report(kind, line, cell);
    if (choices[kind] === 'leave-out') stays = false;
  };
  if (line.statusCell !== '') say('status-unknown', line.statusCell);
  const tooLong = line.tags.find((tag) => tag.length > longestTag);
  if (tooLong !== undefined) {
    say('tag-too-long', tooLong);
    line.tags = line.tags.filter((tag) => tag.length <= longestTag);
  }
  if (line.quantityMilli < 0) return stays;
  if (line.paidFen === 0) {
    say('paid-nothing', line.itemName);
    line.isGift = true;
  } else if (line.refundFen > Math.max(0, line.paidFen)) say('refund-above-paid', `${line.refundFen}/${line.paidFen}`);
  return stays;
}
