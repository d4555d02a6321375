import { expect, test } from 'vitest';
import { defaultDemandParameters } from '#core/insight/demand/demand-parameters.ts';
import type { DemandPanel } from '#core/insight/demand/demand-panel.ts';
import { regressors } from '#core/insight/demand/derive-regressors.ts';
import { fitDemand } from '#core/insight/demand/fit-demand.ts';
import { predictDemand } from '#core/insight/demand/predict-demand.ts';
import { aPanel, withoutSignals } from './demand-makers.ts';

const weeksBefore = 60;
const panel = aPanel({ series: 40, weeks: weeksBefore + 8 });
const forecast = (of: DemandPanel, week: number) => predictDemand(fitDemand(of, week), of, week);
const unitsOf = (of: DemandPanel, week: number): number[] =>
  Array.from({ length: of.series }, (_, s) => of.units[s * of.weeks + week] ?? 0);
const missOf = (expected: ArrayLike<number>, units: readonly number[]): number =>
  units.reduce((sum, value, s) => sum + Math.abs(value - (expected[s] ?? 0)), 0) / units.reduce((a, b) => a + b, 0);

test('[DMD1] later weeks, and the units of the week itself, change no forecast', () => {
  const changed = {
    ...panel,
    units: panel.units.slice(),
    signals: { ...panel.signals, price: panel.signals.price.slice() },
  };
  for (let s = 0; s < panel.series; s++)
    for (let week = weeksBefore; week < panel.weeks; week++) {
      changed.units[s * panel.weeks + week] = 1000 * (s + 1);
      if (week > weeksBefore) changed.signals.price[s * panel.weeks + week] = 99;
    }
  expect(fitDemand(changed, weeksBefore)).toEqual(fitDemand(panel, weeksBefore));
  expect(forecast(changed, weeksBefore)).toEqual(forecast(panel, weeksBefore));
  // Earlier ones do.
  changed.units[weeksBefore - 1] = 1000;
  expect(forecast(changed, weeksBefore).expected).not.toEqual(forecast(panel, weeksBefore).expected);
});

test('[DMD1] a table cut off after the week gives the same forecast', () => {
  const weeks = weeksBefore + 1;
  const cut = (column: Float64Array): Float64Array =>
    Float64Array.from({ length: panel.series * weeks }, (_, at) =>
      Number(column[Math.floor(at / weeks) * panel.weeks + (at % weeks)]),
    );
  const { price, deal, feature } = panel.signals;
  const short = {
    ...panel,
    weeks,
    units: cut(panel.units),
    signals: { price: cut(price), deal: cut(deal), feature: cut(feature), due: null },
  };
  expect(forecast(short, weeksBefore)).toEqual(forecast(panel, weeksBefore));
});

test('[DMD2] units alone: smoothed logarithms, as numpy 2.4 computes them', () => {
  const units = Float64Array.from([12, 0, 7, 20, 15, 9, 11, 14, 3, 18, Number.NaN]);
  const one: DemandPanel = { series: 1, weeks: 11, group: Int32Array.of(-1), units, signals: null };
  const expected = [0.1, 0.2, 0.3].map(
    (alpha) => predictDemand({ ...defaultDemandParameters, alpha }, one, 10).expected[0],
  );
  expect(expected).toEqual([8.4, 8.9, 9.7]);
  const slow = fitDemand(
    withoutSignals(aPanel({ series: 30, weeks: 60, dealEffect: 0, shownEffect: 0, elasticity: 0 })),
    60,
  );
  expect(slow.alpha).toBe(0.05);
  const moving = aPanel({ series: 30, weeks: 60, dealEffect: 0, shownEffect: 0, elasticity: 0, noise: 0.02 });
  for (let s = 0; s < moving.series; s++)
    for (let week = 0; week < moving.weeks; week++)
      moving.units[s * moving.weeks + week]! *= 1 + Math.sin(week / 4 + s) * 0.6;
  expect(fitDemand(withoutSignals(moving), 60).alpha).toBe(0.3);
});

test('[DMD2] a week whose price is not known is answered by the level alone', () => {
  const price = panel.signals.price.slice();
  price[2 * panel.weeks + weeksBefore] = Number.NaN;
  const found = forecast({ ...panel, signals: { ...panel.signals, price } }, weeksBefore);
  expect(found.expected[2]).toBe(found.level[2]);
  expect(found.expected[3]).not.toBe(found.level[3]);
});

test('[DMD3] planted effects of price, offer and showing are learnt, and forecast what smoothing cannot', () => {
  const { slopes } = fitDemand(panel, weeksBefore);
  const of = (name: (typeof regressors)[number]): number => slopes[regressors.indexOf(name)] ?? 0;
  expect(of('price')).toBeGreaterThan(-2.8);
  expect(of('price')).toBeLessThan(-1.2);
  expect(of('deal')).toBeGreaterThan(0.15);
  expect(of('feature') + of('shown')).toBeGreaterThan(0.35);
  let model = 0;
  let smoothing = 0;
  for (let week = weeksBefore; week < panel.weeks; week++) {
    model += missOf(forecast(panel, week).expected, unitsOf(panel, week)) / 8;
    smoothing += missOf(forecast(withoutSignals(panel), week).expected, unitsOf(panel, week)) / 8;
  }
  expect(model).toBeLessThan(0.22);
  expect(smoothing).toBeGreaterThan(1.5 * model);
});

test('[DMD3] a product that minds its price more than the others is told apart', () => {
  const mixed = aPanel({ series: 20, weeks: 100, noise: 0.05 });
  const keen = aPanel({ series: 20, weeks: 100, noise: 0.05, elasticity: -5 });
  for (let week = 0; week < 100; week++) mixed.units[week] = keen.units[week] ?? 0;
  const atPrice = (factor: number): Float64Array => {
    const price = mixed.signals.price.slice();
    for (let s = 0; s < 20; s++) price[s * 100 + 99]! *= factor;
    return forecast({ ...mixed, signals: { ...mixed.signals, price } }, 99).expected;
  };
  const [dear, cheap] = [atPrice(1), atPrice(0.8)];
  const lift = (s: number): number => (cheap[s] ?? 0) / (dear[s] ?? 1);
  expect(lift(0)).toBeGreaterThan(1.25 * lift(5));
});

test('[DMD4] a promotion that is over does not lift what follows', () => {
  const calm = aPanel({ series: 40, weeks: 60, noise: 0.05 });
  const last = 58;
  for (const at of [last, last + 1])
    for (let s = 0; s < 40; s++) {
      calm.signals.deal[s * 60 + at] = 0;
      calm.signals.feature[s * 60 + at] = 0;
    }
  const before = forecast(calm, 59).expected;
  const promoted = {
    ...calm,
    units: calm.units.slice(),
    signals: { ...calm.signals, deal: calm.signals.deal.slice() },
  };
  for (let s = 0; s < 40; s++) {
    promoted.signals.deal[s * 60 + last] = 1;
    promoted.units[s * 60 + last] = Math.round((calm.units[s * 60 + last] ?? 0) * Math.exp(0.4));
  }
  const after = forecast(promoted, 59).expected;
  const ratio = after.reduce((sum, value, s) => sum + value / (before[s] ?? 1), 0) / 40;
  expect(ratio).toBeGreaterThan(0.93);
  expect(ratio).toBeLessThan(1.07);
  const bare = (of: DemandPanel): number => forecast(withoutSignals(of), 59).expected.reduce((a, b) => a + b, 0);
  expect(bare(promoted) / bare(calm)).toBeGreaterThan(1.01);
});

test('[DMD5] four of five weeks end up within the interval', () => {
  let within = 0;
  for (let week = weeksBefore; week < panel.weeks; week++) {
    const { low, high, expected } = forecast(panel, week);
    unitsOf(panel, week).forEach((units, s) => {
      expect(low[s]).toBeLessThanOrEqual(expected[s] ?? 0);
      expect(high[s]).toBeGreaterThanOrEqual(expected[s] ?? 0);
      if (units >= (low[s] ?? 0) && units <= (high[s] ?? 0)) within++;
    });
  }
  const share = within / (8 * panel.series);
  expect(share).toBeGreaterThan(0.72);
  expect(share).toBeLessThan(0.88);
});

test('[DMD10] little history teaches nothing', () => {
  expect(fitDemand(aPanel({ series: 3, weeks: 20 }), 20)).toEqual(defaultDemandParameters);
  const learnt = fitDemand(panel, weeksBefore);
  expect(JSON.parse(JSON.stringify(learnt))).toEqual(learnt);
  expect(JSON.stringify(learnt).length).toBeLessThan(1000);
});

test('[BTE9] where a simple rule answers, the week shown is the very rule that was compared', () => {
  const sold = [300, 410, 280, 665, 1224, 1229, 2620, 919];
  const panel: DemandPanel = {
    series: 2,
    weeks: sold.length + 1,
    group: Int32Array.of(-1, -1),
    units: Float64Array.from([
      ...sold,
      Number.NaN,
      ...sold.map((units, at) => (at < 5 ? Number.NaN : units)),
      Number.NaN,
    ]),
    signals: null,
  };
  const shown = (simple: 'last-week' | 'median-of-five') =>
    predictDemand({ ...defaultDemandParameters, simple }, panel, sold.length);
  const middle = shown('median-of-five');
  expect([...middle.expected]).toEqual([1224, 1229]);
  expect([...middle.level]).toEqual([1224, 1229]);
  expect(middle.low[0]).toBeLessThan(1224);
  expect(middle.high[0]).toBeGreaterThan(1224);
  expect([...shown('last-week').expected]).toEqual([919, 919]);
});
