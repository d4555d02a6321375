/**
 * What the room shows in one second, and its packing. A second is one value in `broadcast/<id>` (twenty keys set each
 * second leave megabytes behind, one value under a kilobyte), so it travels as nested arrays of numbers and short
 * strings. Rates are fractions; -1 means unknown. Reading refuses anything that is not a second, and never throws.
 */
export type Feed = 'events' | 'table';

export interface HeatRow {
  readonly product: string;
  readonly feed: Feed;
  /** Clicks per exposure: decayed mean and 80 % range. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** The product's own usual rate (half-life 600 s). */
  readonly base: number;
  readonly trend: -1 | 0 | 1;
  /** Enough exposures to be ranked and drawn. */
  readonly isEnough: boolean;
  /** When the surge alarm last went off; 0 never. */
  readonly surgeMs: number;
  /** Exposures, clicks, adds, orders in the last 10 s, the last 60 s and the whole broadcast. */
  readonly last10: Counts;
  readonly last60: Counts;
  readonly session: Counts;
  /** The newest number this row is made of. */
  readonly lastMs: number;
}
export type Counts = readonly [views: number, clicks: number, adds: number, orders: number];

export interface AudienceDrop {
  readonly atMs: number;
  /** Fraction of the viewers lost beyond the usual coming and going. */
  readonly share: number;
  readonly fromViewers: number;
  /** How many seconds of data it took. */
  readonly windowSeconds: number;
}

export interface LiveSecond {
  readonly atMs: number;
  /** The newest event taken in; 0 before the first. */
  readonly newestMs: number;
  readonly viewers: number;
  readonly orders: number;
  readonly paidFen: number;
  /** Clicks and exposures of the last 60 s over all products. */
  readonly views60: number;
  readonly clicks60: number;
  /** Events that came more than 60 s late and were left out of the rates. */
  readonly late: number;
  /** Best first. */
  readonly products: readonly HeatRow[];
  /** Viewers every `curveStepMs`, oldest first, ending at `atMs`; -1 where nobody counted. */
  readonly curve: readonly number[];
  readonly drop: AudienceDrop | null;
}

export const curveStepMs = 10_000;
export const curveLength = 90;
const version = 1;
const tenThousandths = (ratio: number): number => Math.round(ratio * 10_000);

export const packSecond = (second: LiveSecond): unknown[] => [
  version,
  [
    second.atMs,
    second.newestMs,
    second.viewers,
    second.orders,
    second.paidFen,
    second.views60,
    second.clicks60,
    second.late,
  ],
  second.products.map((row) => [
    row.product,
    row.feed === 'events' ? 0 : 1,
    tenThousandths(row.mean),
    tenThousandths(row.low),
    tenThousandths(row.high),
    tenThousandths(row.base),
    row.trend,
    row.isEnough ? 1 : 0,
    row.surgeMs,
    row.lastMs,
    ...row.last10,
    ...row.last60,
    ...row.session,
  ]),
  [...second.curve],
  second.drop
    ? [second.drop.atMs, tenThousandths(second.drop.share), second.drop.fromViewers, second.drop.windowSeconds]
    : [],
];

export const unpackSecond = (value: unknown): LiveSecond | null => {
  if (!Array.isArray(value) || value[0] !== version) return null;
  const [, room, products, curve, drop] = value as unknown[];
  if (!isNumbers(room, 8) || !Array.isArray(products) || !isNumbers(curve) || !isNumbers(drop)) return null;
  const rows = products.map(unpackRow);
  if (rows.some((row) => row === null)) return null;
  const [atMs = 0, newestMs = 0, viewers = -1, orders = 0, paidFen = 0, views60 = 0, clicks60 = 0, late = 0] = room;
  const [dropMs, share = 0, fromViewers = 0, windowSeconds = 0] = drop;
  return {
    atMs,
    newestMs,
    viewers,
    orders,
    paidFen,
    views60,
    clicks60,
    late,
    products: rows.filter((row) => row !== null),
    curve,
    drop: dropMs === undefined ? null : { atMs: dropMs, share: share / 10_000, fromViewers, windowSeconds },
  };
};

function unpackRow(value: unknown): HeatRow | null {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return null;
  const [product, ...rest] = value as [string, ...unknown[]];
  if (!isNumbers(rest, 21)) return null;
  const at = (index: number): number => rest[index] ?? 0;
  const counts = (from: number): Counts => [at(from), at(from + 1), at(from + 2), at(from + 3)];
  return {
    product,
    feed: at(0) === 0 ? 'events' : 'table',
    mean: at(1) / 10_000,
    low: at(2) / 10_000,
    high: at(3) / 10_000,
    base: at(4) / 10_000,
    trend: at(5) > 0 ? 1 : at(5) < 0 ? -1 : 0,
    isEnough: at(6) === 1,
    surgeMs: at(7),
    lastMs: at(8),
    last10: counts(9),
    last60: counts(13),
    session: counts(17),
  };
}

function isNumbers(value: unknown, length?: number): value is number[] {
  return (
    Array.isArray(value) &&
    (length === undefined || value.length === length) &&
    value.every((part) => Number.isFinite(part))
  );
}
