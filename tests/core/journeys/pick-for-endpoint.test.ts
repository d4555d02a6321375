import { expect, it } from 'vitest';
import { pickForEndpoint } from '#core/journeys/pick-for-endpoint.ts';
import { msFromDay } from '#core/units/business-day.ts';
import { aLiveOrder, agrees, aPlan, aStay, groupOf, shown, startMs } from '#tests/makers/follow-up.ts';

const facts = [...shown(), ...agrees(1, 2, 3), ...aStay(1, 0, 60), ...aStay(2, 0, 60), aLiveOrder(3, 10)];

it('[FUP22] planned people of one step, on a channel that carries what it is for', () => {
  const plan = aPlan(facts);
  const watched = groupOf(plan, 'follow-up/watched');
  const ordered = groupOf(plan, 'follow-up/ordered');
  const nowMs = startMs + 130 * 60_000;
  expect(pickForEndpoint(watched, 'coupon', 'wecom-1v1', nowMs)).toHaveLength(2);
  expect(pickForEndpoint(watched, 'coupon', 'sms', nowMs)).toEqual([]);
  expect(pickForEndpoint(ordered, 'coupon', 'wecom-1v1', nowMs)).toEqual([]);
  expect(pickForEndpoint(ordered, 'guide', 'sms', nowMs)).toHaveLength(1);
  const [first, second] = watched.people;
  const handled = {
    people: [
      { ...first!, state: 'handed-over' as const },
      { ...second!, state: 'taken-back' as const },
    ],
  };
  expect(pickForEndpoint(handled, 'coupon', 'wecom-1v1', nowMs)).toEqual([handled.people[1]]);
});

it('[FUP22] who waits for eight o’clock goes along at night, nobody of a later day, and nothing that is late', () => {
  const [first] = groupOf(aPlan(facts), 'follow-up/watched').people;
  const eight = msFromDay(20_780) + 8 * 3_600_000;
  const pick = (notBeforeMs: number, nowMs: number, deadlineMs = eight * 2) =>
    pickForEndpoint({ people: [{ ...first!, notBeforeMs, deadlineMs }] }, 'coupon', 'wecom-1v1', nowMs).length;
  expect([pick(eight, eight - 3_600_000), pick(eight + 1, eight - 3_600_000), pick(eight + 1, eight)]).toEqual([
    1, 0, 0,
  ]);
  expect([pick(eight, eight + 9, eight + 9), pick(eight, eight + 9, eight + 8)]).toEqual([1, 0]);
});
