/**
 * What everybody's baskets say of each product: how many own it, how many baskets hold it, how many took it up, and
 * how often it comes again. Whole counts, so the order of customers does not matter. `leaveOut` last baskets of every
 * customer are not read: that is how learning sees only what lay before.
 */
import type { BasketHistories } from './basket-histories.ts';

export interface ProductCounts {
  /** Customers with a basket that was read. */
  readonly customers: number;
  /** Baskets that were not a customer's first. */
  readonly laterBaskets: number;
  readonly owners: Float64Array;
  readonly baskets: Float64Array;
  /** Customers whose last basket holds it; of those, the ones for whom it was new then (and not in a first basket). */
  readonly inLast: Float64Array;
  readonly takenUpLast: Float64Array;
  readonly takenUp: Float64Array;
  /** Log odds that a basket after the first purchase holds it again, pulled toward the shop's. */
  readonly againLogit: Float64Array;
  /** Mean baskets from one purchase to the next by the same customer, pulled toward the shop's. */
  readonly spacing: Float64Array;
  /** Distinct products of customer c are `own[ownStart[c]]` up to `own[ownStart[c + 1]]`, in order of first purchase. */
  readonly ownStart: Int32Array;
  readonly own: Int32Array;
  /** Beside `own`: 1 where the customer's last basket holds it. */
  readonly ownInLast: Uint8Array;
  /** Owners of product i are `owner[ownerStart[i]]` up to `owner[ownerStart[i + 1]]`. */
  readonly ownerStart: Int32Array;
  readonly owner: Int32Array;
}

/** Baskets of the shop's own rate that a product's rate is pulled by. */
const againWeight = 30;
/** Returns after the shop's own spacing that a product's is pulled by. */
const spacingWeight = 10;
/** Pulls of a rate nobody has shown yet: one basket in five. */
const usualAgain = 0.2;

export const countProducts = (histories: BasketHistories, leaveOut: number): ProductCounts => {
  const { itemCount, basketStart, itemStart, item } = histories;
  const column = (): Float64Array => new Float64Array(itemCount);
  const counts = { owners: column(), baskets: column(), inLast: column(), takenUpLast: column(), takenUp: column() };
  const [again, chances, between] = [column(), column(), column()];
  const ownStart = new Int32Array(basketStart.length);
  const own = new Int32Array(item.length);
  const ownInLast = new Uint8Array(item.length);
  const seenBy = new Int32Array(itemCount).fill(-1);
  const first = new Int32Array(itemCount);
  const last = new Int32Array(itemCount);
  const times = new Int32Array(itemCount);
  let [customers, laterBaskets, size] = [0, 0, 0];
  for (let c = 0; c + 1 < basketStart.length; c++) {
    const from = basketStart[c]!;
    const n = basketStart[c + 1]! - from - leaveOut;
    if (n > 0) customers++;
    laterBaskets += Math.max(0, n - 1);
    for (let b = 0; b < n; b++)
      for (let x = itemStart[from + b]!; x < itemStart[from + b + 1]!; x++) {
        const i = item[x]!;
        counts.baskets[i]!++;
        const isNew = seenBy[i] !== c;
        if (isNew) {
          seenBy[i] = c;
          first[i] = b;
          times[i] = 0;
          own[size++] = i;
          counts.owners[i]!++;
          if (b > 0) counts.takenUp[i]!++;
        }
        times[i]!++;
        last[i] = b;
        if (b !== n - 1) continue;
        counts.inLast[i]!++;
        if (isNew && b > 0) counts.takenUpLast[i]!++;
      }
    for (let at = ownStart[c]!; at < size; at++) {
      const i = own[at]!;
      again[i]! += times[i]! - 1;
      chances[i]! += n - 1 - first[i]!;
      between[i]! += last[i]! - first[i]!;
      ownInLast[at] = last[i] === n - 1 ? 1 : 0;
    }
    ownStart[c + 1] = size;
  }
  return {
    customers,
    laterBaskets,
    ...counts,
    againLogit: againLogits(again, chances),
    spacing: spacings(between, again),
    ownStart,
    own,
    ownInLast,
    ...ownersOf(counts.owners, ownStart, own),
  };
};

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

function againLogits(again: Float64Array, chances: Float64Array): Float64Array {
  const shop = (sum(again) + usualAgain) / (sum(chances) + 1);
  return again.map((times, i) => {
    const share = (times + againWeight * shop) / (chances[i]! + againWeight);
    return Math.log(share / (1 - share));
  });
}

function spacings(between: Float64Array, again: Float64Array): Float64Array {
  const shop = (sum(between) + 1) / (sum(again) + 1);
  return between.map((baskets, i) => (baskets + spacingWeight * shop) / (again[i]! + spacingWeight));
}

function ownersOf(
  owners: Float64Array,
  ownStart: Int32Array,
  own: Int32Array,
): Pick<ProductCounts, 'owner' | 'ownerStart'> {
  const ownerStart = new Int32Array(owners.length + 1);
  for (let i = 0; i < owners.length; i++) ownerStart[i + 1] = ownerStart[i]! + owners[i]!;
  const next = ownerStart.slice(0, owners.length);
  const owner = new Int32Array(ownerStart[owners.length]!);
  for (let c = 0; c + 1 < ownStart.length; c++)
    for (let at = ownStart[c]!; at < ownStart[c + 1]!; at++) owner[next[own[at]!]!++] = c;
  return { ownerStart, owner };
}
