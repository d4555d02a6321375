/**
 * One row of cells into a candidate order line, by a mapping. Money in fen, quantity in thousandths, time in ms. A row
 * that cannot be read gives the problem's kind and the cell to blame instead. Cells that only an order's first row
 * fills (time, customer, state, total) may be silent here; `settle-order` fills them from the order's other rows.
 */
import { cleanCell } from './clean-cell.ts';
import type { CandidateKey, CandidateLine, LineStatus, ProblemKind } from './candidate-line.ts';
import { isMasked, normaliseEmail, normalisePhone } from './customer-key.ts';
import { type FieldTarget, fieldTargets } from './field-target.ts';
import { formatChannels, formatShops } from './format-marks.data.ts';
import { itemKeyOf } from './item-key.ts';
import type { Mapping } from './mapping.ts';
import { parseAmount, scaled } from './parse-amount.ts';
import { parseTime } from './parse-time.ts';
import { splitTags } from './split-tags.ts';
import { channelWords, noWords, refundDoneWords, statusWords } from './statuses.data.ts';

export interface UnreadRow {
  readonly kind: ProblemKind;
  readonly cell: string;
}

export interface LineReader {
  /** A candidate, or why there is none. */
  read(cells: readonly string[], count: number, line: number): CandidateLine | UnreadRow;
}

export const isUnread = (row: CandidateLine | UnreadRow): row is UnreadRow => 'kind' in row;

export const createLineReader = (mapping: Mapping, shopName: string, nowMs: number): LineReader => {
  const at = columnsByTarget(mapping.columns);
  const { fenPerUnit, dateOrder, zoneMinutes } = mapping.answers;
  const form = { order: dateOrder, zoneMinutes };
  const [defaultShop, defaultChannel] = [shopName || formatShops[mapping.format], formatChannels[mapping.format]];
  const latestMs = nowMs + 2 * 86_400_000;
  const lastNeeded = Math.max(0, ...neededTargets.map((target) => at[target]));
  const fen = (cell: string): number => (cell === '' ? Number.NaN : scaled(parseAmount(cell), fenPerUnit));

  const read = (cells: readonly string[], count: number, line: number): CandidateLine | UnreadRow => {
    if (count <= lastNeeded) return { kind: 'cells-missing', cell: `${count}/${mapping.columns.length}` };
    const text = (target: FieldTarget): string => pick(cells, at[target]);
    const subOrder = text('sub-order');
    const order = text('order') || subOrder;
    if (order === '') return { kind: 'order-missing', cell: '' };
    const name = text('item-name');
    const spec = text('spec');
    const item = itemKeyOf(text('sku-code'), text('item-code'), name, spec);
    if (item === '') return { kind: 'item-missing', cell: '' };

    const quantityCell = text('quantity');
    const quantityMilli = quantityCell === '' ? 1000 : scaled(parseAmount(quantityCell), 1000);
    if (!Number.isSafeInteger(quantityMilli) || quantityMilli === 0) {
      return { kind: 'quantity-unreadable', cell: quantityCell };
    }
    const timeCell = text('paid-at') || text('created-at');
    const atMs = timeCell === '' ? Number.NaN : parseTime(timeCell, form);
    if (timeCell !== '' && Number.isNaN(atMs)) return { kind: 'time-unreadable', cell: timeCell };
    if (atMs > latestMs) return { kind: 'time-in-future', cell: timeCell };

    let unreadable = '';
    const money = (target: FieldTarget): number => {
      const cell = text(target);
      const value = fen(cell);
      if (cell !== '' && !Number.isSafeInteger(value)) unreadable = cell;
      return value;
    };
    const [linePaid, unitPrice, orderPaidFen] = [money('line-paid'), money('unit-price'), money('order-paid')];
    if (unreadable !== '') return { kind: 'amount-unreadable', cell: unreadable };
    const discount = Math.abs(fen(text('line-discount')) || 0);
    const times = (price: number): number => scaled((price * quantityMilli) / 1000, 1) - discount;

    const shop = text('shop') || defaultShop;
    const stateCell = text('status');
    const state = lookUp(statusByWord, stateCell);
    const isRefunded = refundDone.has(text('after-sale').toLowerCase());
    const channel = text('channel');
    const gift = text('gift-order');
    return {
      line,
      shop,
      order,
      subOrder,
      item,
      itemName: spec !== '' && !name.includes(spec) ? `${name} ${spec}`.trim() : name || item,
      category: text('category'),
      nth: 0,
      quantityMilli,
      paidFen: Number.isNaN(linePaid) ? times(unitPrice) : linePaid,
      weightFen: times(fen(text('line-price'))),
      orderPaidFen,
      freightFen: fen(text('freight')),
      orderDiscountFen: Math.abs(fen(text('order-discount'))),
      refundFen: Math.abs(fen(text('line-refund')) || 0),
      orderRefundFen: Math.abs(fen(text('order-refund'))),
      atMs,
      status: isRefunded ? 'refunded' : (state ?? 'paid'),
      hasStatus: stateCell !== '' || isRefunded,
      statusCell: state === undefined ? stateCell : '',
      channel: lookUp(channelByWord, channel) ?? (channel || defaultChannel),
      isGift: gift !== '' && !no.has(gift.toLowerCase()),
      keys: keysOf(cells, at, shop),
      nickname: text('nickname'),
      tags: splitTags(text('tag')),
      raw: '',
    };
  };
  return { read };
};

/** A row shorter than these is broken; what may be blank at a row's end is not among them. */
const neededTargets: readonly FieldTarget[] = [
  'order',
  'item-code',
  'sku-code',
  'item-name',
  'quantity',
  'line-paid',
  'unit-price',
];

const no = new Set(noWords);
const refundDone = new Set(refundDoneWords);
const statusByWord = new Map<string, LineStatus>(
  statusWords.flatMap(([status, words]) => words.map((word) => [word, status] as const)),
);
const channelByWord = new Map<string, string>(
  channelWords.flatMap(([channel, words]) => words.map((word) => [word, channel] as const)),
);

type Columns = Readonly<Record<FieldTarget, number>>;

/** -1 where no column says it. */
function columnsByTarget(columns: readonly FieldTarget[]): Columns {
  return Object.fromEntries(
    fieldTargets.map((target) => [target, target === 'skip' ? -1 : columns.indexOf(target)]),
  ) as Columns;
}

function pick(cells: readonly string[], column: number): string {
  return column < 0 ? '' : cleanCell(cells[column] ?? '');
}

const plainKinds = ['unionid', 'openid', 'external-userid'] as const;

/** Strongest first. A buyer's number is only unique within its shop, so the shop is part of the key. */
function keysOf(cells: readonly string[], at: Columns, shop: string): readonly CandidateKey[] {
  const keys: CandidateKey[] = [];
  const add = (kind: CandidateKey['kind'], key: string, clear = key): void => {
    if (key !== '' && !isMasked(clear)) keys.push({ kind, key });
  };
  for (const kind of plainKinds) if (at[kind] >= 0) add(kind, pick(cells, at[kind]));
  const buyer = pick(cells, at['buyer-id']);
  if (buyer !== '') add('platform-id', `${shop}:${buyer}`, buyer);
  const phone = pick(cells, at.phone);
  if (isMasked(phone)) keys.push({ kind: 'masked-phone', key: phone });
  else if (phone !== '') add('phone', normalisePhone(phone));
  if (at.email >= 0) add('email', normaliseEmail(pick(cells, at.email)));
  return keys;
}

function lookUp<Value>(map: ReadonlyMap<string, Value>, cell: string): Value | undefined {
  if (cell === '') return undefined;
  return map.get(cell) ?? map.get(cell.toLowerCase().replace(/[\s-]+/g, '')) ?? map.get(cell.toLowerCase());
}
