import { expect, test } from 'vitest';
import { gapLikelihood, slopeBy, slopeSize } from '#core/insight/repurchase/gap-likelihood.ts';
import { Intervals } from '#core/insight/repurchase/intervals.ts';
import { createGapHistory } from '#core/insight/repurchase/predict-gap.ts';
import {
  type RepurchaseParameters,
  defaultRepurchaseParameters,
} from '#core/insight/repurchase/repurchase-parameters.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';

const intervals = (): Intervals => {
  const random = seededRandom(4);
  const pick = (from: number, to: number): number => from + random() * (to - from);
  const found = new Intervals();
  for (let i = 0; i < 60; i++) {
    const purchases = 1 + Math.floor(pick(0, 5));
    const days = Math.ceil(pick(1, 80));
    found.add(
      {
        ...createGapHistory(),
        product: pick(-0.3, 0.3),
        customer: pick(-0.3, 0.3),
        // Some so short that half a day is all that is known of them, some so steady that the least deviation holds.
        m: i % 7 === 0 ? 0.2 : pick(2, 4),
        purchases: i % 9 === 0 ? 40 : purchases,
        lastLogGap: purchases > 1 ? pick(2, 4) : 0,
        squares: i % 9 === 0 ? 0 : purchases > 2 ? pick(0, 2) : 0,
        factor: pick(-0.1, 0.1),
      },
      days,
      i % 3 === 0 ? Math.floor(days / 2) : 0,
      i % 2 === 0,
    );
  }
  return found;
};

const parameters: RepurchaseParameters = {
  ...defaultRepurchaseParameters,
  returns: [1.2, 0.4, -0.1],
  once: [0.1, -0.3],
  shift: 0.1,
  count: -0.05,
  pull: 0.2,
  productPull: 0.1,
  customerPull: -0.1,
  sigma: 0.3,
  spread: 0.2,
  sigmaWeight: 3,
};

const moved = (by: keyof typeof slopeBy, width: number): RepurchaseParameters => {
  const { returns, once } = parameters;
  const more = (place: number, list: readonly number[]): number[] =>
    list.map((x, at) => (at === place ? x + width : x));
  switch (by) {
    case 'returns':
    case 'returnsOfPurchases':
    case 'returnsOfMean':
      return { ...parameters, returns: more(slopeBy[by], returns) as never };
    case 'once':
    case 'returnsOfOnce':
      return { ...parameters, once: more(slopeBy[by] - slopeBy.once, once) as never };
    case 'sigma':
    case 'spread':
    case 'sigmaWeight':
      return { ...parameters, [by]: parameters[by] * Math.exp(width) };
    default:
      return { ...parameters, [by]: parameters[by] + width };
  }
};

test('[CYC11] the slope of the likelihood is that of its values beside it', () => {
  const all = intervals();
  const slope = new Float64Array(slopeSize);
  gapLikelihood(all, parameters, slope);
  const width = 1e-4;
  for (const by of Object.keys(slopeBy) as (keyof typeof slopeBy)[]) {
    const beside = (off: number): number => gapLikelihood(all, moved(by, off), new Float64Array(slopeSize));
    const found = slope[slopeBy[by]]!;
    const seen = (beside(width) - beside(-width)) / (2 * width);
    expect(Math.abs(seen - found)).toBeLessThan(1e-3 * (1 + Math.abs(found)));
  }
});
