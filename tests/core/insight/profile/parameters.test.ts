import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { compareParameters } from '#core/insight/profile/compare-parameters.ts';
import { completeParameters } from '#core/insight/profile/complete-parameters.ts';
import { fitInSteps, fitParameters } from '#core/insight/profile/fit-parameters.ts';
import { countSample, isFitDue } from '#core/insight/profile/is-fit-due.ts';
import {
  acceptParameters,
  mostParameterRecords,
  parameterRecordsOf,
  proposeParameters,
  readParameterRecords,
  readParameters,
  refuseParameters,
} from '#core/insight/profile/parameters.doc.ts';
import { type FittedParameters, defaultParameters } from '#core/insight/profile/parameters.ts';
import { writeRfmThresholds } from '#core/insight/rfm/thresholds.doc.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const { rfm, ...builtIn } = defaultParameters;
const fittedOn = (fittedDay: number, shopIntervalDays = 30): FittedParameters => ({
  ...builtIn,
  version: 1,
  fittedDay,
  lifecycle: { ...builtIn.lifecycle, shopIntervalDays },
});
const propose = (doc: Y.Doc, parameters: FittedParameters, madeMs = 10) =>
  proposeParameters(doc, { parameters, lines: 1000, customers: 4, madeMs, madeBy: 'm' });
const inUse = (doc: Y.Doc): number | undefined => readParameterRecords(doc).current?.fittedDay;

const aShop = () =>
  aFakeLedger(
    Array.from({ length: 60 }, (_, n) =>
      anOrderLine({ customer: aCustomerId(1 + (n % 6)), order: `o-${n}`, item: `i-${n % 3}`, atMs: atDay(n * 3) }),
    ),
  );

test('[PAR1] a record comes back as it was; unknown groups are built in, broken ones make it unreadable', () => {
  const { rfm: chosen, ...fitted } = fitParameters(aShop(), dayFromMs(atDay(170)));
  expect(chosen).toBe(rfm);
  expect(completeParameters(JSON.stringify(fitted))).toEqual(fitted);
  const { churn: _, ...older } = fitted;
  expect(completeParameters(JSON.stringify(older))).toEqual({ ...fitted, churn: builtIn.churn });
  const broken = { ...fitted, repurchase: { ...fitted.repurchase, sigma: Number.NaN } };
  expect(completeParameters(JSON.stringify(broken))).toBeNull();
  expect(completeParameters('no json')).toBeNull();
  const doc = new Y.Doc();
  parameterRecordsOf(doc).set('x', { lines: 1, customers: 1, madeMs: 1, madeBy: 'm', body: JSON.stringify(broken) });
  parameterRecordsOf(doc).set('y', 7);
  expect(readParameterRecords(doc)).toMatchObject({ records: [], current: null, skipped: 2 });
});

test('[PAR2, PAR4] the newest record is in use on every device; the same facts write one record', () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  expect(readParameters(one)).toEqual(defaultParameters);
  propose(one, fittedOn(100, 20));
  propose(other, fittedOn(100, 20));
  propose(other, fittedOn(100, 25), 12);
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  for (const doc of [one, other]) {
    expect(readParameterRecords(doc).records.map(({ madeMs }) => madeMs)).toEqual([12, 10]);
    expect(readParameters(doc).lifecycle.shopIntervalDays).toBe(25);
  }
  expect(propose(one, fittedOn(100, 25), 12)).toEqual({ ok: true, value: 'unchanged' });
  expect(propose(one, fittedOn(99))).toEqual({ ok: false, error: { kind: 'older-than-newest' } });
});

test('[PAR3] a refusal goes back to the record before, and can be taken back', () => {
  const doc = new Y.Doc();
  propose(doc, fittedOn(100));
  propose(doc, fittedOn(107));
  const newest = readParameterRecords(doc).current?.id ?? '';
  refuseParameters(doc, newest, { member: 'm', atMs: 5 });
  expect(inUse(doc)).toBe(100);
  expect(readParameterRecords(doc).records[0]?.refused).toEqual({ member: 'm', atMs: 5 });
  refuseParameters(doc, readParameterRecords(doc).current?.id ?? '', { member: 'm', atMs: 6 });
  expect(readParameters(doc)).toEqual(defaultParameters);
  acceptParameters(doc, newest);
  expect(inUse(doc)).toBe(107);
  expect(refuseParameters(doc, 'nothing', { member: 'm', atMs: 6 })).toMatchObject({ ok: false });
  expect(acceptParameters(doc, 'nothing')).toMatchObject({ ok: false });
});

test('[PAR5] only the newest records stay', () => {
  const doc = new Y.Doc();
  for (let week = 0; week < 9; week++) propose(doc, fittedOn(100 + week * 7));
  const days = readParameterRecords(doc).records.map(({ fittedDay }) => fittedDay);
  expect(days).toEqual([156, 149, 142, 135, 128, 121]);
  expect(days).toHaveLength(mostParameterRecords);
});

test('[PAR6] thresholds stand beside the record', () => {
  const doc = new Y.Doc();
  const chosen = { ...rfm, money: { mode: 'fixed', values: [1, 2, 3, 4] } } as const;
  writeRfmThresholds(doc, chosen);
  propose(doc, fittedOn(100));
  expect(readParameters(doc)).toMatchObject({ fittedDay: 100, rfm: chosen });
});

test('[PAR7] what a record changed is named, what stayed is not', () => {
  expect(compareParameters(fittedOn(100, 20), fittedOn(107, 24))).toEqual([
    { figure: 'shop-interval-days', before: 20, after: 24 },
  ]);
});

test('[PAR8] a new record is due when the old one has aged, or the facts are others', () => {
  const doc = new Y.Doc();
  expect(isFitDue(null, 200, 5)).toBe(true);
  expect(isFitDue(null, 200, 0)).toBe(false);
  propose(doc, fittedOn(200));
  const [newest = null] = readParameterRecords(doc).records;
  const due = (day: number, lines: number): boolean => isFitDue(newest, day, lines);
  expect([due(200, 1000), due(206, 1240), due(207, 1000), due(201, 1250), due(200, 750), due(200, 0)]).toEqual([
    false,
    false,
    true,
    true,
    true,
    false,
  ]);
  const shop = aShop();
  expect(countSample(shop, dayFromMs(atDay(170)))).toMatchObject({ lines: 57, customers: 6 });
});

test('[PRO6] fitting in steps ends with the same record', () => {
  const steps = fitInSteps(aShop(), dayFromMs(atDay(170)));
  const shares: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) shares.push(step.value);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBe(0);
  expect(step.value).toEqual(fitParameters(aShop(), dayFromMs(atDay(170))));
});

test('[PAR8] facts taken back and as many others in their place are others', () => {
  const shopOf = (from: number, to: number) =>
    aFakeLedger(
      Array.from({ length: to - from }, (_, n) =>
        anOrderLine({
          customer: aCustomerId(1 + ((from + n) % 50)),
          order: `o-${from + n}`,
          atMs: atDay(0) + (from + n) * 99_000,
        }),
      ),
    );
  const sampleOf = (from: number, to: number) => countSample(shopOf(from, to), 30_000);
  const learnt = { ...sampleOf(0, 1000), fittedDay: 100 };
  const isDue = ({ lines, sketch }: ReturnType<typeof countSample>): boolean => isFitDue(learnt, 101, lines, sketch);
  expect([isDue(sampleOf(0, 1000)), isDue(sampleOf(0, 1050)), isDue(sampleOf(30, 1030))]).toEqual([
    false,
    false,
    false,
  ]);
  expect([isDue(sampleOf(1000, 2000)), isDue(sampleOf(400, 1400))]).toEqual([true, true]);
  expect(learnt.sketch).toHaveLength(128);
  const doc = new Y.Doc();
  proposeParameters(doc, { parameters: fittedOn(100), ...sampleOf(0, 1000), madeMs: 1, madeBy: 'm' });
  expect(readParameterRecords(doc).records[0]?.sketch).toEqual(learnt.sketch);
});
