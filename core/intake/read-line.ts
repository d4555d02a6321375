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
import { itemKeyOf, itemNameOf } from './item-key.ts';
import { foreignCurrency, foreignCurrencyOfAmount } from './foreign-currency.ts';
import type { Mapping } from './mapping.ts';
import { amountReader, scaled } from './parse-amount.ts';
import { parseTime } from './parse-time.ts';
import { rememberTexts } from '../units/remember-texts.ts';
import { splitTags } from './split-tags.ts';
import { channelWords, consentWords, noWords, refundDoneWords, statusWords } from './statuses.data.ts';

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
  const { fenPerUnit, decimalMark, dateOrder, zoneMinutes } = mapping.answers;
  const parseAmount = amountReader(decimalMark);
  const form = { order: dateOrder, zoneMinutes };
  const [defaultShop, defaultChannel] = [shopName || formatShops[mapping.format], formatChannels[mapping.format]];
  const latestMs = nowMs + 2 * 86_400_000;
  const lastNeeded = Math.max(0, ...neededTargets.map((target) => at[target]));
  const keysOf = createKeyReader(at, defaultShop);
  const { itemOf, nameOf, categoryOf, stateOf, channelOf } = createWordReader(defaultChannel);
  const fen = (cell: string): number => (cell === '' ? Number.NaN : scaled(parseAmount(cell), fenPerUnit));
  const paidOf = createPaidReader(at, fen);

  const read = (cells: readonly string[], count: number, line: number): CandidateLine | UnreadRow => {
    if (count <= lastNeeded) return { kind: 'cells-missing', cell: `${count}/${mapping.columns.length}` };
    const subOrder = pick(cells, at['sub-order']);
    const order = pick(cells, at.order) || subOrder;
    if (order === '') return { kind: 'order-missing', cell: '' };
    const { unread, linePaid, unitPrice, orderPaidFen } = paidOf(cells, order);
    const name = pick(cells, at['item-name']);
    const spec = pick(cells, at.spec);
    const item = itemOf(itemKeyOf(pick(cells, at['sku-code']), pick(cells, at['item-code']), name, spec));
    if (item === '') return { kind: 'item-missing', cell: '' };

    const quantityCell = pick(cells, at.quantity);
    const quantityMilli = quantityCell === '' ? 1000 : scaled(parseAmount(quantityCell), 1000);
    if (!Number.isSafeInteger(quantityMilli) || quantityMilli === 0)
      return { kind: 'quantity-unreadable', cell: quantityCell };
    const timeCell = pick(cells, at['paid-at']) || pick(cells, at['created-at']);
    const atMs = timeCell === '' ? Number.NaN : parseTime(timeCell, form);
    if (timeCell !== '' && Number.isNaN(atMs)) return { kind: 'time-unreadable', cell: timeCell };
    if (atMs > latestMs) return { kind: 'time-in-future', cell: timeCell };

    if (unread) return unread;
    const discount = Math.abs(fen(pick(cells, at['line-discount'])) || 0);
    const times = (price: number): number => scaled((price * quantityMilli) / 1000, 1) - discount;

    const shop = pick(cells, at.shop) || defaultShop;
    const stateCell = pick(cells, at.status);
    const state = stateOf(stateCell);
    const isRefunded = refundDone.has(pick(cells, at['after-sale']).toLowerCase());
    const gift = pick(cells, at['gift-order']);
    return {
      line,
      shop,
      order,
      subOrder,
      item,
      itemName: nameOf(itemNameOf(name, spec)) || item,
      category: categoryOf(pick(cells, at.category)),
      nth: 0,
      quantityMilli,
      paidFen: Number.isNaN(linePaid) ? times(unitPrice) : linePaid,
      weightFen: times(fen(pick(cells, at['line-price']))),
      orderPaidFen,
      freightFen: fen(pick(cells, at.freight)),
      orderDiscountFen: Math.abs(fen(pick(cells, at['order-discount']))),
      refundFen: Math.abs(fen(pick(cells, at['line-refund'])) || 0),
      orderRefundFen: Math.abs(fen(pick(cells, at['order-refund']))),
      atMs,
      status: isRefunded ? 'refunded' : (state ?? 'paid'),
      hasStatus: stateCell !== '' || isRefunded,
      statusCell: state === undefined ? stateCell : '',
      channel: channelOf(pick(cells, at.channel)),
      isGift: gift !== '' && !no.has(gift.toLowerCase()),
      keys: keysOf(cells, shop),
      nickname: pick(cells, at.nickname),
      tags: splitTags(pick(cells, at.tag)),
      consent: lookUp(consentByWord, pick(cells, at.consent)) ?? '',
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

const consentByWord = new Map<string, 'granted' | 'refused'>(
  consentWords.flatMap(([state, words]) => words.map((word) => [word, state] as const)),
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

/** What a row says was paid, unless a cell is no sum or the order is in another currency. */
function createPaidReader(at: Columns, fen: (cell: string) => number) {
  // Rows that follow an order's first may not repeat its currency.
  let [lastOrder, foreign] = ['', ''];
  return (cells: readonly string[], order: string) => {
    const currencyCell = pick(cells, at.currency);
    if (currencyCell !== '' || order !== lastOrder) foreign = foreignCurrency(currencyCell);
    lastOrder = order;
    let unreadable = '';
    const read = (column: number): number => {
      const cell = pick(cells, column);
      const value = fen(cell);
      if (cell !== '' && !Number.isSafeInteger(value)) {
        unreadable = cell;
        foreign ||= foreignCurrencyOfAmount(cell);
      }
      return value;
    };
    const paid = {
      linePaid: read(at['line-paid']),
      unitPrice: read(at['unit-price']),
      orderPaidFen: read(at['order-paid']),
    };
    const unread: UnreadRow | null =
      foreign !== ''
        ? { kind: 'currency-other', cell: foreign }
        : unreadable !== ''
          ? { kind: 'amount-unreadable', cell: unreadable }
          : null;
    return { ...paid, unread };
  };
}

const plainKinds = ['unionid', 'openid', 'external-userid'] as const;

/**
 * Rows of one buyer get the very same keys, so that who it is need be found once: those that follow one another, as
 * those of an order do, and where one column alone says who bought, others too.
 */
function createKeyReader(
  at: Columns,
  defaultShop: string,
): (cells: readonly string[], shop: string) => readonly CandidateKey[] {
  const columns = [...plainKinds, 'buyer-id' as const, 'phone' as const, 'email' as const]
    .map((target) => at[target])
    .filter((column) => column >= 0);
  const [only = -1] = columns;
  const keysOfCell = rememberTexts((cell) => {
    const alone: string[] = [];
    alone[only] = cell;
    return keysOf(alone, at, defaultShop);
  });
  const isAlone = columns.length === 1 && at.shop < 0;
  const before: string[] = [];
  let shopBefore = '';
  let keys: readonly CandidateKey[] = [];
  return (cells, shop) => {
    let isSame = shop === shopBefore;
    for (let place = 0; place < columns.length; place++) {
      const cell = cells[columns[place]!] ?? '';
      if (cell === before[place]) continue;
      before[place] = cell;
      isSame = false;
    }
    if (!isSame) keys = isAlone ? keysOfCell(cells[only] ?? '') : keysOf(cells, at, shop);
    shopBefore = shop;
    return keys;
  };
}

/** Of what repeats from row to row one text is kept, not one for each row. */
function createWordReader(defaultChannel: string) {
  const asItIs = (text: string): string => text;
  return {
    itemOf: rememberTexts(asItIs),
    nameOf: rememberTexts(asItIs),
    categoryOf: rememberTexts(asItIs),
    stateOf: rememberTexts((cell) => lookUp(statusByWord, cell)),
    channelOf: rememberTexts((cell) => lookUp(channelByWord, cell) ?? (cell || defaultChannel)),
  };
}

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
