/**
 * Marks the customers one condition fits, a bit each. Plain loops over typed arrays, without a branch a customer and
 * past the 32 of a word at once when none of them is asked about: a million customers in a few milliseconds. What the
 * columns do not hold (order channels, consent) is read from the ledger once and kept until facts change.
 */
import { type Ledger, notAPurchase } from '#core/datasets/ledger-columns.ts';
import { type BeliefColumns, rfmNames, stages } from '#core/insight/profile/belief-columns.ts';
import { dueChance } from '#core/insight/repurchase/due-chance.ts';
import { baseName } from './base-name.ts';
import { type BitMask, lowestBit, without } from './bit-mask.ts';
import type { Comparison, Condition, NumberField, Target } from './rule.ts';

/** Of those asked about, who fits. */
export const matchCondition = (
  condition: Condition,
  ledger: Ledger,
  beliefs: BeliefColumns,
  asked: BitMask,
): BitMask => {
  switch (condition.kind) {
    case 'bought':
      return condition.target
        ? markBought(productsOf(ledger, condition.target), beliefs, condition.days, asked)
        : markNumbers(beliefs.lastDay, '>=', Math.max(0, firstDayWithin(beliefs, condition.days)), asked);
    case 'window':
      return markWindow(condition.target ? productsOf(ledger, condition.target) : null, beliefs, asked);
    case 'tag':
      return markTags(
        beliefs,
        condition.names.map((name) => beliefs.tagNames.indexOf(name)),
        asked,
      );
    case 'rfm':
      return markIndexes(
        beliefs.rfm,
        condition.names.map((name) => rfmNames.indexOf(name)),
        asked,
      );
    case 'stage':
      return markIndexes(
        beliefs.stage,
        condition.names.map((name) => stages.indexOf(name)),
        asked,
      );
    case 'number':
      return markField(beliefs, condition.field, condition.compare, condition.value, asked);
    case 'channel':
      return markAny(
        condition.names.map((name) => channelMask(ledger, beliefs, name)),
        asked,
      );
    case 'consent':
      return markAny(
        condition.names.map((name) => consentMask(ledger, beliefs, name)),
        asked,
      );
  }
};

/** 1 for each dense product a target means: by its whole name, or by the name all its packs share. */
export const productsOf = (ledger: Ledger, target: Target): Uint8Array => {
  const wanted = new Uint8Array(ledger.productCount);
  for (let p = 0; p < ledger.productCount; p++) {
    const product = ledger.product(p);
    const names = target.kind === 'product' ? [product.name, baseName(product.name)] : [product.category];
    if (names.includes(target.name)) wanted[p] = 1;
  }
  return wanted;
};

/** A customer's number behind a condition; NaN where there is none (no purchase yet), which fits no comparison. */
export const numberOf = (beliefs: BeliefColumns, field: NumberField, c: number): number => {
  if (field === 'spent') return beliefs.netFen[c] as number;
  if (field === 'orders') return beliefs.orders[c] as number;
  if ((beliefs.orders[c] as number) === 0) return Number.NaN;
  if (field === 'days-since') return beliefs.asOfDay - (beliefs.lastDay[c] as number);
  return columnOf(beliefs, field)[c] as number;
};

const columnOf = (
  beliefs: BeliefColumns,
  field: Exclude<NumberField, 'spent' | 'orders' | 'days-since'>,
): Float64Array | Uint8Array =>
  field === 'churn' ? beliefs.churn60 : field === 'money-score' ? beliefs.moneyScore : beliefs.recencyScore;

export const compares = (value: number, compare: Comparison, against: number): boolean =>
  compare === '>='
    ? value >= against
    : compare === '<='
      ? value <= against
      : compare === '>'
        ? value > against
        : compare === '<'
          ? value < against
          : value === against;

/** The first day that still lies within the last `days`, today included. */
export const firstDayWithin = (beliefs: BeliefColumns, days: number | null): number =>
  days === null ? Number.NEGATIVE_INFINITY : beliefs.asOfDay - days + 1;

function markTags(beliefs: BeliefColumns, tags: readonly number[], asked: BitMask): BitMask {
  const { tagBits, tagWords } = beliefs;
  const wanted = new Uint32Array(tagWords);
  for (const tag of tags) if (tag >= 0) wanted[tag >> 5] = (wanted[tag >> 5] as number) | (1 << (tag & 31));
  return mark(asked, beliefs.customerCount, (from, to) => {
    let fits = 0;
    for (let c = from; c < to; c++) {
      let own = 0;
      for (let at = 0; at < tagWords; at++) own |= (tagBits[c * tagWords + at] as number) & (wanted[at] as number);
      fits |= ((own | -own) >>> 31) << (c - from);
    }
    return fits;
  });
}

function markIndexes(column: Uint8Array, wanted: readonly number[], asked: BitMask): BitMask {
  const isWanted = new Uint8Array(256);
  for (const at of wanted) isWanted[at] = 1;
  return mark(asked, column.length, (from, to) => {
    let fits = 0;
    for (let c = from; c < to; c++) fits |= (isWanted[column[c] as number] as number) << (c - from);
    return fits;
  });
}

function markField(
  beliefs: BeliefColumns,
  field: NumberField,
  compare: Comparison,
  against: number,
  asked: BitMask,
): BitMask {
  if (field === 'orders') return markNumbers(beliefs.orders, compare, against, asked);
  if (field === 'spent') return markNumbers(beliefs.netFen, compare, against, asked);
  const buyers = markNumbers(beliefs.orders, '>', 0, asked);
  // More days since means an earlier day.
  if (field === 'days-since') return markNumbers(beliefs.lastDay, turned[compare], beliefs.asOfDay - against, buyers);
  return markNumbers(columnOf(beliefs, field), compare, against, buyers);
}
const turned: Readonly<Record<Comparison, Comparison>> = { '>=': '<=', '<=': '>=', '>': '<', '<': '>', '=': '=' };

/** No column holds NaN: what is not below is at least. */
function markNumbers(
  column: Int32Array | Float64Array | Uint8Array,
  compare: Comparison,
  against: number,
  asked: BitMask,
): BitMask {
  if (compare === '>=') return without(asked, markNumbers(column, '<', against, asked));
  if (compare === '>') return without(asked, markNumbers(column, '<=', against, asked));
  const below = (from: number, to: number): number => {
    let fits = 0;
    for (let c = from; c < to; c++) fits |= Number((column[c] as number) < against) << (c - from);
    return fits;
  };
  const upTo = (from: number, to: number): number => {
    let fits = 0;
    for (let c = from; c < to; c++) fits |= Number((column[c] as number) <= against) << (c - from);
    return fits;
  };
  if (compare === '<') return mark(asked, column.length, below);
  const mask = mark(asked, column.length, upTo);
  return compare === '<=' ? mask : without(mask, mark(mask, column.length, below));
}

/** `fitsOf` answers for the customers from one to below another, at most 32, the first in the lowest bit. */
function mark(asked: BitMask, count: number, fitsOf: (from: number, to: number) => number): BitMask {
  const mask = new Uint32Array(asked.length);
  for (let at = 0; at < mask.length; at++) {
    const left = asked[at] as number;
    if (left !== 0) mask[at] = left & fitsOf(at << 5, Math.min(count, (at + 1) << 5));
  }
  return mask;
}

/** The same where each customer costs much: only those asked about are asked. */
function markEach(asked: BitMask, isFit: (customer: number) => boolean): BitMask {
  return asked.map((word, at) => {
    let fits = 0;
    for (let left = word; left !== 0; left &= left - 1) {
      const bit = lowestBit(left);
      if (isFit(at * 32 + bit)) fits |= 1 << bit;
    }
    return fits;
  });
}

function markBought(products: Uint8Array, beliefs: BeliefColumns, days: number | null, asked: BitMask): BitMask {
  const from = firstDayWithin(beliefs, days);
  const { pairStart, pairEnd, pairProduct, pairLastDay } = beliefs;
  return markEach(asked, (c) => {
    const end = pairEnd[c] as number;
    for (let pair = pairStart[c] as number; pair < end; pair++)
      if (products[pairProduct[pair] as number] === 1 && (pairLastDay[pair] as number) >= from) return true;
    return false;
  });
}

function markWindow(products: Uint8Array | null, beliefs: BeliefColumns, asked: BitMask): BitMask {
  const { pairStart, pairEnd, pairProduct, pairP10, pairP90, pairWithin7 } = beliefs;
  const likely = Math.round(dueChance * 1e4);
  const today = beliefs.asOfDay * 10;
  return markEach(asked, (c) => {
    const end = pairEnd[c] as number;
    for (let pair = pairStart[c] as number; pair < end; pair++)
      if (
        (products === null || products[pairProduct[pair] as number] === 1) &&
        // `isDue`, whose rounding is the same as half a day on either side, written out in the columns' own units.
        (pairWithin7[pair] as number) >= likely &&
        (pairP10[pair] as number) < today + 5 &&
        (pairP90[pair] as number) >= today - 5
      )
        return true;
    return false;
  });
}

function markAny(columns: readonly Uint8Array[], asked: BitMask): BitMask {
  return mark(asked, asked.length * 32, (from, to) => {
    let fits = 0;
    for (const column of columns)
      for (let c = from; c < Math.min(to, column.length); c++) fits |= (column[c] as number) << (c - from);
    return fits;
  });
}

const kept = new WeakMap<BeliefColumns, Map<string, Uint8Array>>();

function keep(beliefs: BeliefColumns, key: string, make: () => Uint8Array): Uint8Array {
  const masks = kept.get(beliefs) ?? new Map<string, Uint8Array>();
  kept.set(beliefs, masks);
  const mask = masks.get(key) ?? make();
  masks.set(key, mask);
  return mask;
}

/** Who ever ordered through a channel. */
export const channelMask = (ledger: Ledger, beliefs: BeliefColumns, name: string): Uint8Array =>
  keep(beliefs, `channel/${name}`, () => {
    const mask = new Uint8Array(beliefs.customerCount);
    const { count, live, customer, channel, flags, day } = ledger.orderLines;
    const wanted = ledger.channels.indexOf(name);
    if (wanted < 0) return mask;
    for (let row = 0; row < count; row++)
      if (
        channel[row] === wanted &&
        live[row] === 1 &&
        ((flags[row] as number) & notAPurchase) === 0 &&
        (day[row] as number) <= beliefs.asOfDay
      )
        mask[customer[row] as number] = 1;
    return mask;
  });

/** Who granted marketing messages on a channel of contact. */
export const consentMask = (ledger: Ledger, beliefs: BeliefColumns, name: string): Uint8Array =>
  keep(beliefs, `consent/${name}`, () => {
    const mask = new Uint8Array(beliefs.customerCount);
    for (let c = 0; c < mask.length; c++) mask[c] = ledger.consent(c, name, 'marketing').state === 'granted' ? 1 : 0;
    return mask;
  });
