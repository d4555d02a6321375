import { describe, expect, it } from 'vitest';
import type { FollowUpGroup, PlannedMessage } from '#core/journeys/follow-up.ts';
import type { FollowUpRule } from '#core/journeys/decision-id.ts';
import { csvText } from '#web/device/csv-text.ts';
import { byNearestDeadline, groupFigures } from '#web/screens/journeys/group-figures.ts';
import { holdStill, wantedRows } from '#web/screens/journeys/shown-rows.ts';
import { endOfBroadcast } from '#web/screens/journeys/broadcast-of.ts';
import { aCustomerId } from '#tests/makers/facts.ts';
import { noContentKnown } from '#tests/makers/follow-up.ts';

const hour = 3_600_000;
const endMs = 1_800_000_000_000;

const aMessage = (fields: Partial<PlannedMessage> = {}): PlannedMessage => ({
  decision: 'd',
  rule: 'follow-up/watched',
  step: 'coupon',
  customer: aCustomerId(1),
  alias: '',
  maskedPhone: '',
  arm: 'act',
  channel: 'wecom-1v1',
  product: '',
  productName: '',
  coupon: '85',
  clip: '',
  content: noContentKnown,
  reason: {},
  notBeforeMs: endMs,
  deadlineMs: endMs + hour,
  state: 'planned',
  version: 0,
  atMs: null,
  byMember: '',
  ...fields,
});
const aGroup = (people: readonly PlannedMessage[], rule: FollowUpRule = 'follow-up/watched'): FollowUpGroup => ({
  rule,
  deadlineMs: endMs + hour,
  people,
  holdOut: [],
  leftOut: [],
});

describe('group figures', () => {
  it('[FUP12] planned, handed over and confirmed are three numbers', () => {
    const group = aGroup([
      aMessage(),
      aMessage({ state: 'handed-over' }),
      aMessage({ state: 'confirmed' }),
      aMessage({ state: 'taken-back' }),
      aMessage({ notBeforeMs: endMs + 80 * hour, deadlineMs: endMs + 90 * hour }),
    ]);
    expect(groupFigures(group, endMs, endMs + 600_000)).toMatchObject({
      planned: 4,
      handedOver: 2,
      confirmed: 1,
      later: 1,
      late: 0,
      nearestMs: endMs + hour,
    });
    expect(groupFigures(group, endMs, endMs + 2 * hour)).toMatchObject({ late: 3, nearestMs: null });
  });
  it('[IMP9] people without a name or a number are counted once each while they wait', () => {
    const group = aGroup([
      aMessage(),
      aMessage({ decision: 'd2', step: 'guide' }),
      aMessage({ customer: aCustomerId(2), alias: '林姐' }),
      aMessage({ customer: aCustomerId(3), maskedPhone: '138****1001' }),
      aMessage({ customer: aCustomerId(4), state: 'confirmed' }),
    ]);
    expect(groupFigures(group, endMs, endMs).nameless).toBe(1);
  });
  it('[FUP12] the group with the nearest open deadline comes first, the done one last', () => {
    const done = aGroup([aMessage({ state: 'confirmed' })]);
    const soon = aGroup([aMessage({ deadlineMs: endMs + 2 * hour })], 'follow-up/missed');
    const late = aGroup([aMessage({ deadlineMs: endMs - hour })], 'follow-up/ordered');
    expect(byNearestDeadline([done, late, soon], endMs).map(({ rule }) => rule)).toEqual([
      'follow-up/missed',
      'follow-up/ordered',
      'follow-up/watched',
    ]);
  });
});

describe('the list', () => {
  it('[FUP12] holds still while rows are ticked', () => {
    const people = ['a', 'b', 'c'].map((decision) => aMessage({ decision }));
    const shown = wantedRows(people, 'every', 'todo');
    const ticked = people.map((message) =>
      message.decision === 'a' ? { ...message, state: 'confirmed' as const } : message,
    );
    expect(wantedRows(ticked, 'every', 'todo')).toEqual(['b', 'c']);
    expect(holdStill(shown, wantedRows([...ticked, aMessage({ decision: 'new' })], 'every', 'todo'))).toEqual([
      'a',
      'b',
      'c',
      'new',
    ]);
    expect(wantedRows(ticked, 'every', 'sent')).toEqual(['a']);
    expect(wantedRows(ticked, 'clip', 'all')).toEqual([]);
  });
});

it('[FUP13] a broadcast ends when it really ended, else as planned once it is over', () => {
  const onAir = { startedMs: null, endedMs: null, currentItemId: '', currentSinceMs: null };
  const campaign = { startMs: endMs, plannedMinutes: 60, phase: 'after' as const };
  expect(endOfBroadcast(campaign, { onAir: { ...onAir, startedMs: endMs, endedMs: endMs + 5 } }, endMs + hour)).toBe(
    endMs + 5,
  );
  expect(endOfBroadcast(campaign, { onAir: { ...onAir, startedMs: endMs } }, endMs + 9 * hour)).toBeNull();
  expect(endOfBroadcast(campaign, { onAir }, endMs + 2 * hour)).toBe(endMs + hour);
  expect(endOfBroadcast({ ...campaign, phase: 'before' }, { onAir }, endMs + 2 * hour)).toBeNull();
});

it('[FUP14] the exported file has its mark, doubled quotes and no formulas', () => {
  expect(
    csvText([
      ['a', 'b"c', 'd,e'],
      ['=1+1', '-x', ''],
    ]),
  ).toBe('\ufeffa,"b""c","d,e"\r\n\'=1+1,\'-x,\r\n');
});
