import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMark, recordHoldOut } from '#core/journeys/apply-mark.ts';
import type { PlannedMessage } from '#core/journeys/follow-up.ts';
import { reasonText } from '#core/journeys/follow-up.ts';
import type { Fact, OrderLine } from '#core/datasets/fact.ts';
import { dayMs, msFromDay } from '#core/units/business-day.ts';
import { unknownChannel } from '#core/units/unknown-channel.ts';
import { takeFacts } from '#tests/makers/demo-ledger.ts';
import { aConsent, aCustomerId, aDecision, anOrderLine } from '#tests/makers/facts.ts';
import {
  aLiveOrder,
  aPlan,
  aRhythm,
  aShop,
  aStay,
  agrees,
  anEvent,
  campaign,
  endMs,
  groupOf,
  minuteMs,
  showDay,
  shown,
  startMs,
} from '#tests/makers/follow-up.ts';

const hourMs = 3_600_000;
const names = (people: readonly PlannedMessage[]): string[] => people.map(({ alias, step }) => `${alias} ${step}`);
const moment = { campaign, asOfDay: showDay, parameterVersion: 0, byMember: 'm', nowMs: endMs + 20 * minuteMs };

describe('who is in which group', () => {
  it('[FUP1] who ordered is in no other group', () => {
    const plan = aPlan([
      ...shown(),
      ...agrees(1, 2),
      ...aStay(1, 0, 90),
      ...aStay(2, 0, 90),
      ...aRhythm(1, 9, 9),
      aLiveOrder(1, 30),
    ]);
    expect(names(groupOf(plan, 'follow-up/watched').people)).toEqual(['C2 coupon']);
    expect(groupOf(plan, 'follow-up/missed').people).toEqual([]);
    expect(new Set(groupOf(plan, 'follow-up/ordered').people.map(({ alias }) => alias))).toEqual(new Set(['C1']));
  });
  it('[FUP2] watched and not ordered: an hour, 85, the product looked at longest', () => {
    const [message] = groupOf(aPlan([...shown(), ...agrees(1), ...aStay(1, 50, 100)]), 'follow-up/watched').people;
    expect(message).toMatchObject({
      coupon: '85',
      product: 'beef',
      deadlineMs: endMs + hourMs,
      reason: { seconds: 3000, productSeconds: 2400, visits: 1 },
    });
  });
  it('[FUP3] ordered: at once, within a day, three days before the cycle ends', () => {
    const { people } = groupOf(aPlan([...agrees(1), ...aRhythm(1, 20, 20), aLiveOrder(1, 30)]), 'follow-up/ordered');
    expect(names(people)).toEqual(['C1 confirm', 'C1 guide', 'C1 before-cycle']);
    expect(people.map(({ deadlineMs }) => deadlineMs).slice(0, 2)).toEqual([
      startMs + 45 * minuteMs,
      startMs + 30 * minuteMs + 24 * hourMs,
    ]);
    expect(people.map(({ coupon }) => coupon)).toEqual(['', '', '95']);
  });
  it('[FUP18] a file without channels: what the run of show sold in its time counts; another, named channel never', () => {
    const inTime = (customer: number, fields: Partial<OrderLine>): Fact[] => [
      ...agrees(customer),
      aLiveOrder(customer, 30, { item: 'milk', ...fields }),
    ];
    const plan = aPlan([
      ...inTime(1, { channel: unknownChannel }),
      ...inTime(2, { channel: unknownChannel, item: 'flour' }),
      ...inTime(3, { channel: 'pos' }),
      ...inTime(4, { channel: 'live', item: 'flour' }),
      ...agrees(5),
      aLiveOrder(5, 140, { item: 'milk', channel: unknownChannel }),
    ]);
    const { people } = groupOf(plan, 'follow-up/ordered');
    const confirmed = people.filter(({ step }) => step === 'confirm');
    expect(confirmed.map(({ alias, reason }) => [alias, reason['byTime'] ?? 0])).toEqual([
      ['C1', 1],
      ['C4', 0],
    ]);
  });
  it('[FUP4] the coupon before the cycle follows the median day and falls away once bought again', () => {
    const facts = [...agrees(1), ...aRhythm(1, 20, 20), aLiveOrder(1, 30)];
    const coupon = groupOf(aPlan(facts), 'follow-up/ordered').people.find(({ step }) => step === 'before-cycle');
    const median = coupon?.reason['medianDay'] ?? 0;
    expect(median).toBeGreaterThan(showDay + 10);
    expect(coupon?.notBeforeMs).toBe(msFromDay(median - 3) + 10 * hourMs);
    const again = anOrderLine({ order: 'again', customer: aCustomerId(1), atMs: startMs + 4 * dayMs });
    const later = groupOf(aPlan([...facts, again], { nowMs: startMs + 5 * dayMs }), 'follow-up/ordered');
    expect(later.people.some(({ step }) => step === 'before-cycle')).toBe(false);
    expect(later.leftOut).toEqual([{ reason: 'bought-meanwhile', people: 1 }]);
  });
  it('[FUP5] missed it: a day, from own history, most probable first, nobody who bought', () => {
    const facts = [
      ...agrees(1, 2, 3, 4),
      ...aRhythm(1, 9, 8),
      ...aRhythm(2, 9, 3),
      ...aRhythm(3, 9, 60),
      aLiveOrder(4, 10),
      anOrderLine({ order: 'x', customer: aCustomerId(5) }),
    ];
    const { people } = groupOf(aPlan(facts), 'follow-up/missed');
    expect(people.length).toBeGreaterThan(0);
    expect(people.map(({ alias }) => alias)).not.toContain('C3');
    expect(people.map(({ alias }) => alias)).not.toContain('C4');
    const chances = people.map(({ reason }) => reason['within7'] ?? 0);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    expect(people.every(({ deadlineMs, coupon }) => deadlineMs === endMs + 24 * hourMs && coupon === '')).toBe(true);
  });
  it('[FUP8] without 30 s at one product no product is named', () => {
    const facts = [
      ...shown(),
      ...agrees(1),
      ...aStay(1, 10, 20),
      anEvent(1, 'product-viewed', 11, { item: 'milk', value: 29 }),
    ];
    expect(groupOf(aPlan(facts), 'follow-up/watched').people[0]).toMatchObject({ product: '', productName: '' });
  });
});

describe('who is left out', () => {
  it('[FUP9] everybody is planned, held out or left out under one reason', () => {
    const facts = [
      ...shown(),
      ...agrees(1, 2, 3, 4, 5),
      ...[1, 2, 3, 4, 5, 6].flatMap((customer) => aStay(customer, 0, 50)),
      aConsent({ customer: aCustomerId(2), channel: 'manual', state: 'refused' }),
      anOrderLine({ order: 'after', customer: aCustomerId(3), atMs: endMs + 20 * minuteMs }),
      anEvent(4, 'complaint-opened', -100),
      ...['a', 'b'].map((decision) =>
        aDecision({
          decision,
          customer: aCustomerId(5),
          rule: 'follow-up/missed',
          campaign: 'other' as typeof campaign,
          state: 'confirmed',
          atMs: startMs - dayMs,
        }),
      ),
    ];
    const group = groupOf(aPlan(facts, { minutesAfter: 30 }), 'follow-up/watched');
    expect(names(group.people)).toEqual(['C1 coupon']);
    expect(Object.fromEntries(group.leftOut.map(({ reason, people }) => [reason, people]))).toEqual({
      refused: 1,
      'bought-meanwhile': 1,
      'open-complaint': 1,
      'weekly-cap': 1,
      'no-consent': 1,
    });
  });
  it('[FUP10] the hold-out is stable, and service messages have none', () => {
    const facts = [...agrees(1, 2), ...shown(), ...aStay(1, 0, 50), aLiveOrder(2, 9)];
    const plan = aPlan(facts, { holdOutShare: 1 });
    expect(groupOf(plan, 'follow-up/watched')).toMatchObject({
      people: [],
      leftOut: [{ reason: 'hold-out', people: 1 }],
    });
    expect(names(groupOf(plan, 'follow-up/ordered').people)).toEqual(['C2 confirm', 'C2 guide']);
    expect(
      aPlan(facts, { holdOutShare: 1, minutesAfter: 5000 }).groups[0]?.holdOut.map(({ customer }) => customer),
    ).toEqual(groupOf(plan, 'follow-up/watched').holdOut.map(({ customer }) => customer));
  });
  it('[FUP16] an open complaint stops marketing, a closed one does not', () => {
    const facts = [...agrees(1), ...shown(), ...aStay(1, 0, 50), anEvent(1, 'complaint-opened', -100)];
    expect(groupOf(aPlan(facts), 'follow-up/watched').people).toEqual([]);
    expect(groupOf(aPlan([...facts, anEvent(1, 'complaint-closed', -50)]), 'follow-up/watched').people).toHaveLength(1);
  });

  it('[FUP21] who is excluded is left out, and planned again when they count again', () => {
    const ledger = aShop([...agrees(1), ...shown(), ...aStay(1, 0, 50)]);
    ledger.setExcluded([aCustomerId(1)]);
    const group = groupOf(aPlan(ledger), 'follow-up/watched');
    expect([group.people, group.leftOut]).toEqual([[], [{ reason: 'excluded', people: 1 }]]);
    ledger.setExcluded([]);
    expect(groupOf(aPlan(ledger), 'follow-up/watched').people).toHaveLength(1);
  });
});

describe('ticks', () => {
  const facts = [...agrees(1), ...shown(), ...aStay(1, 0, 50)];
  const only = (plan: ReturnType<typeof aPlan>): PlannedMessage => groupOf(plan, 'follow-up/watched').people[0]!;

  it('[FUP11] a tick is the next version; taking back plans the person again', () => {
    const ledger = aShop(facts);
    const states = ['handed-over', 'confirmed', 'taken-back', 'confirmed'] as const;
    states.forEach((state, at) => {
      const decision = applyMark(only(aPlan(ledger)), state, { ...moment, nowMs: moment.nowMs + at });
      expect(decision).toMatchObject({ version: at + 1, state, arm: 'act' });
      takeFacts(ledger, [decision!], `tick-${at}`, at + 2);
      expect(only(aPlan(ledger))).toMatchObject({ state, version: at + 1 });
    });
    expect(applyMark(only(aPlan(ledger)), 'confirmed', moment)).toBeNull();
    expect(applyMark(only(aPlan(ledger)), 'handed-over', moment)).toBeNull();
  });
  it('[FUP12] a plan and a copy are not sent', () => {
    const ledger = aShop(facts);
    expect(only(aPlan(ledger)).state).toBe('planned');
    takeFacts(ledger, [applyMark(only(aPlan(ledger)), 'handed-over', moment)!], 'copy');
    expect(only(aPlan(ledger)).state).toBe('handed-over');
  });
  it('[FUP11] whoever was written to stays in the plan when they buy or refuse afterwards', () => {
    const ledger = aShop(facts);
    takeFacts(ledger, [applyMark(only(aPlan(ledger)), 'confirmed', moment)!], 'tick');
    takeFacts(
      ledger,
      [
        anOrderLine({ order: 'b', customer: aCustomerId(1), atMs: endMs + 30 * minuteMs }),
        aConsent({ customer: aCustomerId(1), channel: 'wecom-1v1', state: 'refused' }),
      ],
      'later',
    );
    expect(only(aPlan(ledger, { minutesAfter: 60 })).state).toBe('confirmed');
  });
  it('[FUP10] a hold-out is recorded once and never as sent', () => {
    const [held] = groupOf(aPlan(facts, { holdOutShare: 1 }), 'follow-up/watched').holdOut;
    expect(recordHoldOut(held!, moment)).toMatchObject({ arm: 'hold-out', state: 'planned', version: 1, channel: '' });
    expect(recordHoldOut({ ...held!, version: 1 }, moment)).toBeNull();
    expect(applyMark(held!, 'confirmed', moment)).toBeNull();
  });
  it('[FUP11] a decision keeps its reason as numbers by name, sorted, so that equal reasons are equal texts', () => {
    expect(reasonText({ visits: 3, seconds: 1860 })).toBe('seconds=1860;visits=3');
    expect(reasonText({ seconds: 1860, visits: 3 })).toBe('seconds=1860;visits=3');
    expect(reasonText({})).toBe('');
  });
});

it('[FUP13] the same ledger and moment give the same plan, whatever the order of arrival', () => {
  const facts = [
    ...shown(),
    ...agrees(1, 2, 3, 4),
    ...aStay(1, 0, 50),
    ...aStay(2, 3, 50),
    ...aRhythm(3, 9, 8),
    aLiveOrder(4, 9),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length }), (shuffled) => {
      expect(aPlan(shuffled)).toEqual(aPlan(facts));
    }),
    { seed: 3, numRuns: 20 },
  );
});
