import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { proposeParameters, readParameterRecords } from '#core/insight/profile/parameters.doc.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';
import { ParameterFitter } from '#web/engine/insight/parameter-fitter.ts';

const minuteMs = 60_000;

const aDevice = (isServed: boolean) => {
  const doc = new Y.Doc();
  const clock = { ms: atDay(100) };
  const fitter = new ParameterFitter({
    ledger: aFakeLedger(
      Array.from({ length: 60 }, (_, n) =>
        anOrderLine({ order: `o-${n}`, customer: aCustomerId(1 + (n % 20)), atMs: atDay(n) }),
      ),
    ),
    settings: { doc, access: 'write' } as never,
    isServed,
    memberId: 'm',
    lockName: `fit/${Math.random()}`,
    nowMs: () => clock.ms,
    asOfDay: () => dayFromMs(clock.ms),
    learnt: () => undefined,
  });
  return { clock, doc, fitter, madeBy: () => readParameterRecords(doc).records.map(({ madeBy }) => madeBy) };
};

test('[PAR9] without a server a device fits at once', async () => {
  const { fitter, madeBy } = aDevice(false);
  await fitter.fitIfDue();
  expect(madeBy()).toEqual(['m']);
  fitter.close();
});

test('[PAR9] a server has ten minutes; what it made in them is not made again', async () => {
  const { clock, doc, fitter, madeBy } = aDevice(true);
  await fitter.fitIfDue();
  clock.ms += 9 * minuteMs;
  await fitter.fitIfDue();
  expect(madeBy()).toEqual([]);
  const { rfm: _chosen, ...builtIn } = defaultParameters;
  proposeParameters(doc, {
    parameters: { ...builtIn, fittedDay: dayFromMs(clock.ms) - 1 },
    lines: 60,
    customers: 20,
    madeMs: clock.ms,
    madeBy: 'server',
  });
  clock.ms += 9 * minuteMs;
  await fitter.fitIfDue();
  expect(madeBy()).toEqual(['server']);
  // A week later one is due again, and the ten minutes begin anew.
  clock.ms += 7 * 24 * 60 * minuteMs;
  await fitter.fitIfDue();
  expect(madeBy()).toEqual(['server']);
  clock.ms += 10 * minuteMs;
  await fitter.fitIfDue();
  expect(madeBy()).toEqual(['m', 'server']);
  fitter.close();
});
