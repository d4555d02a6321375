/** One broadcast from the first imported row to the outcome of a decision, and back into what is believed. */
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addCampaign, readCampaignList } from '#core/campaigns/campaign-list.doc.ts';
import { endBroadcast, startBroadcast } from '#core/campaigns/on-air.doc.ts';
import { addRunOfShowItem } from '#core/campaigns/run-of-show.doc.ts';
import { readShow } from '#core/campaigns/show.doc.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import type { Fact } from '#core/datasets/fact.ts';
import type { GrowingLedger } from '#core/datasets/ledger-building.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { dayAt } from '#core/insight/repurchase/pair-columns.ts';
import { gatherLines, gatherRefunds, refundsOfLines } from '#core/intake/gather-columns.ts';
import { createCustomerResolver } from '#core/intake/resolve-customers.ts';
import { applyMark } from '#core/journeys/apply-mark.ts';
import { planFollowUp } from '#core/journeys/plan-follow-up.ts';
import { labelsOfCustomer, newOutcomes, outcomesOfLabels } from '#core/outcomes/derive-outcomes.ts';
import { sumResults } from '#core/outcomes/sum-results.ts';
import { packColumns } from '#core/datasets/pack-columns.ts';
import { dayFromMs, dayMs, isoFromDay, msFromDay } from '#core/units/business-day.ts';
import type { CampaignId, ChunkId, CustomerId } from '#core/units/ids.ts';
import { intakeOf } from '#tests/core/intake/intake-of.ts';
import { takeFacts } from '#tests/makers/demo-ledger.ts';

const showDay = 20_770;
const campaign = 'friday-table' as CampaignId;
const startMs = msFromDay(showDay) + 20 * 3_600_000;
const endMs = startMs + 3_600_000;
const people = ['ann', 'bea', 'cai', 'dan'] as const;
type Person = (typeof people)[number];

interface Row {
  readonly order: string;
  readonly person: Person;
  readonly day: number;
  readonly item: string;
  readonly refund?: string;
}

const header = '订单号,支付时间,买家手机,商品名称,商品编码,数量,实付金额,退款金额,订单状态';
const phoneOf = (person: Person): string => `1380000000${people.indexOf(person)}`;
const csv = (rows: readonly Row[]): string =>
  [
    header,
    ...rows.map(
      ({ order, person, day, item, refund = '0.00' }) =>
        `${order},${isoFromDay(day)} 21:30:00,${phoneOf(person)},${item},${item.toUpperCase()},1,69.00,${refund},已完成`,
    ),
  ].join('\n');

/** Everyone buys milk every ten days; the last time ten days before the broadcast. */
const history: Row[] = people.flatMap((person) =>
  [5, 4, 3, 2, 1].map((back) => ({ order: `${person}-${back}`, person, day: showDay - back * 10, item: 'milk' })),
);

let customerByKey: Map<string, string>;
let lastCustomer = 0;
const importFile = async (ledger: GrowingLedger, text: string, exportDay: number): Promise<number> => {
  const { lines, problems } = intakeOf(text);
  expect(problems).toEqual([]);
  const resolver = createCustomerResolver({
    hash: async ({ key }) => key,
    ask: async (keys) => keys.map(({ kind, key }) => customerByKey.get(`${kind}/${key}`) ?? ''),
    newCustomer: () => (++lastCustomer).toString(16).padStart(16, '0'),
  });
  const { customers, links } = await resolver.resolve(lines);
  for (const { keyKind, key, customer } of links) customerByKey.set(`${keyKind}/${key}`, customer);
  const exportMs = msFromDay(exportDay);
  const before = ledger.version;
  const chunk = (kind: string, packed: Uint8Array): void => {
    const taken = ledger.takeChunk(
      { id: `${kind}-${exportDay}-${before}` as ChunkId, importId: '', importMs: exportMs },
      packed,
    );
    if (!taken.ok) throw new Error(taken.error.kind);
  };
  chunk(
    'lines',
    packColumns({ kind: 'order-line', rows: lines.length, columns: gatherLines(lines, customers, exportMs) as never }),
  );
  const refunds = refundsOfLines(lines, exportMs);
  if (refunds.length > 0)
    chunk(
      'refunds',
      packColumns({ kind: 'refund', rows: refunds.length, columns: gatherRefunds(refunds, exportMs) as never }),
    );
  return lines.length;
};

const idOf = (person: Person): CustomerId =>
  [...customerByKey].find(([key]) => key.includes(phoneOf(person)))?.[1] as CustomerId;
const event = (
  id: string,
  name: 'viewer-joined' | 'viewer-left' | 'product-shown',
  minute: number,
  person: Person | '',
  item = '',
): Fact => ({
  kind: 'behaviour',
  source: 'live',
  id,
  name,
  atMs: startMs + minute * 60_000,
  customer: person === '' ? '' : idOf(person),
  item,
  campaign,
  value: 0,
  text: '',
});

describe('one broadcast', () => {
  let ledger: GrowingLedger;
  beforeEach(async () => {
    customerByKey = new Map();
    ledger = createLedger();
    expect(await importFile(ledger, csv(history), showDay)).toBe(history.length);
  });

  const broadcastDocs = () => {
    const [settings, show] = [new Y.Doc(), new Y.Doc()];
    addCampaign(settings, { id: campaign, title: 'Friday', startMs, plannedMinutes: 60 });
    addRunOfShowItem(show, { id: 'i1', kind: 'product', title: 'Milk', productId: 'MILK', minutes: 30 });
    startBroadcast(show, startMs);
    endBroadcast(show, endMs);
    return { campaign: readCampaignList(settings).campaigns[0]!, show: readShow(show) };
  };
  const plan = (nowMs: number) => {
    const { show } = broadcastDocs();
    return planFollowUp({
      ledger,
      beliefs: deriveBeliefs(ledger, defaultParameters, dayFromMs(nowMs)),
      broadcast: { campaign, startMs: show.onAir.startedMs!, endMs: show.onAir.endedMs!, cues: [] },
      sold: show.items.map(({ productId }) => productId),
      clips: [],
      preference: defaultParameters.preference,
      nowMs,
      holdOutShare: 0,
    });
  };
  const watch = async (): Promise<void> => {
    takeFacts(
      ledger,
      people.map((person): Fact => ({
        kind: 'consent',
        customer: idOf(person),
        channel: 'wecom-1v1',
        purpose: 'marketing',
        state: person === 'dan' ? 'refused' : 'granted',
        source: 'message',
        atMs: startMs - dayMs,
      })),
      'consent',
    );
    takeFacts(
      ledger,
      [
        event('s', 'product-shown', 0, '', 'MILK'),
        event('a1', 'viewer-joined', 0, 'ann'),
        event('a2', 'viewer-left', 50, 'ann'),
        event('d1', 'viewer-joined', 0, 'dan'),
        event('b1', 'viewer-joined', 1, 'bea'),
      ],
      'behaviour',
    );
    // Bea orders while it runs: her order comes with the shop's next export.
    await importFile(
      ledger,
      csv([...history, { order: 'bea-live', person: 'bea', day: showDay, item: 'milk' }]).replace(
        `${isoFromDay(showDay)} 21:30:00`,
        `${isoFromDay(showDay)} 20:30:00`,
      ),
      showDay + 1,
    );
  };
  const tick = (): void => {
    const nowMs = endMs + 20 * 60_000;
    const message = plan(nowMs).groups[0]!.people[0]!;
    takeFacts(
      ledger,
      [applyMark(message, 'confirmed', { campaign, asOfDay: showDay, parameterVersion: 0, byMember: 'xu', nowMs })!],
      'tick',
    );
  };
  const outcomes = (nowMs: number) => {
    const dense = ledger.denseCustomer(idOf('ann'));
    return newOutcomes(
      ledger.outcomesOfCustomer(dense),
      outcomesOfLabels(labelsOfCustomer(ledger, dense, nowMs), (order) => ledger.orderName(order)),
    );
  };

  it('[FUP1] rows become beliefs, beliefs and behaviour become three groups', async () => {
    const beliefs = deriveBeliefs(ledger, defaultParameters, showDay);
    const ann = ledger.denseCustomer(idOf('ann'));
    const pair = beliefs.pairStart[ann]!;
    expect(dayAt(beliefs.pairP10, pair)).toBeLessThanOrEqual(showDay);
    expect(dayAt(beliefs.pairP90, pair)).toBeGreaterThanOrEqual(showDay);
    await watch();
    const [watched, ordered, missed] = plan(endMs + 20 * 60_000).groups;
    expect(watched?.people.map(({ customer, product }) => [customer, product])).toEqual([[idOf('ann'), 'MILK']]);
    expect(watched?.leftOut).toEqual([{ reason: 'refused', people: 1 }]);
    expect(new Set(ordered?.people.map(({ customer }) => customer))).toEqual(new Set([idOf('bea')]));
    expect(missed?.people.map(({ customer }) => customer)).toEqual([idOf('cai')]);
  });

  it('[OTC2] a tick becomes a decision, an order within seven days its outcome, a refund on day 5 reverses it', async () => {
    await watch();
    tick();
    const bought: Row = { order: 'ann-after', person: 'ann', day: showDay + 3, item: 'milk' };
    await importFile(ledger, csv([...history, bought]), showDay + 4);
    const first = outcomes(msFromDay(showDay + 9));
    expect(first).toEqual([
      expect.objectContaining({
        outcome: 'repurchased',
        order: 'ann-after',
        netFen: 6900,
        decision: `${campaign}/watched/${idOf('ann')}`,
      }),
    ]);
    takeFacts(ledger, first, 'outcomes');
    expect(outcomes(msFromDay(showDay + 9))).toEqual([]);
    await importFile(ledger, csv([...history, { ...bought, refund: '69.00' }]), showDay + 5);
    const reversed = outcomes(msFromDay(showDay + 9));
    expect(reversed.map(({ outcome, netFen }) => [outcome, netFen])).toEqual([
      ['repurchased', 0],
      ['reversed', 0],
    ]);
    const labels = labelsOfCustomer(ledger, ledger.denseCustomer(idOf('ann')), msFromDay(showDay + 9));
    expect(sumResults(labels)[0]?.act).toMatchObject({ mature: 1, repurchased: 0, reversed: 1, netFen: 0 });
  });

  it('[OTC4] a second import of the same file changes nothing', async () => {
    await watch();
    tick();
    const text = csv([...history, { order: 'ann-after', person: 'ann', day: showDay + 3, item: 'milk' }]);
    await importFile(ledger, text, showDay + 4);
    takeFacts(ledger, outcomes(msFromDay(showDay + 9)), 'outcomes');
    const [live, before] = [ledger.orderLines.live.reduce((sum, flag) => sum + flag, 0), plan(endMs + 30 * 60_000)];
    await importFile(ledger, text, showDay + 4);
    expect(ledger.orderLines.live.reduce((sum, flag) => sum + flag, 0)).toBe(live);
    expect(outcomes(msFromDay(showDay + 9))).toEqual([]);
    expect(plan(endMs + 30 * 60_000)).toEqual(before);
  });

  it('[OTC5] what was bought changes what is believed: the window moves on', async () => {
    await watch();
    tick();
    const windowOf = () => {
      const beliefs = deriveBeliefs(ledger, defaultParameters, showDay + 8);
      return dayAt(beliefs.pairP50, beliefs.pairStart[ledger.denseCustomer(idOf('ann'))]!);
    };
    const before = windowOf();
    await importFile(
      ledger,
      csv([...history, { order: 'ann-after', person: 'ann', day: showDay + 3, item: 'milk' }]),
      showDay + 4,
    );
    expect(windowOf()).toBeGreaterThan(before);
  });
});
