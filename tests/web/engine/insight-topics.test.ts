import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addProductsFromOrders, confirmTag, readCatalogue } from '#core/catalogue/catalogue.doc.ts';
import { productIdFromItem } from '#core/catalogue/product-id.ts';
import type { Fact } from '#core/datasets/fact.ts';
import { evidences, rfmNames, stages } from '#core/insight/profile/belief-columns.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aRhythm, aShop, aStay, agrees, campaign, endMs, minuteMs, shown, startMs } from '#tests/makers/follow-up.ts';
import { aBehaviour, aConsent, aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';
import { chancesOf, daysOf } from '#tests/makers/pair-columns.ts';
import { takeFacts } from '#tests/makers/ledger.ts';
import { catalogueHandlers } from '#web/engine/insight/catalogue.handlers.ts';
import { customersHandlers } from '#web/engine/insight/customers.handlers.ts';
import type { EngineContext } from '#web/engine/insight/engine-context.ts';
import { followUpHandlers } from '#web/engine/insight/follow-up.handlers.ts';
import { ruleVocabulary } from '#web/engine/insight/rule-vocabulary.ts';
import { segmentsHandlers } from '#web/engine/insight/segments.handlers.ts';
import { todayHandlers } from '#web/engine/insight/today.handlers.ts';
import { unorderedProducts } from '#web/engine/insight/unordered-products.ts';
import { noFilter } from '#web/screens/customers/customers.svelte.ts';

const parameters = { ...defaultParameters, repurchase: { ...defaultParameters.repurchase, gaps: 100 } };
const asOfDay = dayFromMs(atDay(80));

const aContext = () => {
  const facts: Fact[] = [0, 14, 28, 42, 56, 70].map((at) =>
    anOrderLine({ order: `o-${at}`, item: 'flour', atMs: atDay(at) }),
  );
  facts.push(anOrderLine({ customer: aCustomerId(2), order: 'x', item: 'milk', atMs: atDay(79), channel: 'pos' }));
  facts.push(aBehaviour({ customer: aCustomerId(3), atMs: atDay(78) }));
  for (const [n, alias] of [
    [1, '李素芬'],
    [2, '陈晓雯'],
  ] as const)
    facts.push({
      kind: 'alias',
      customer: aCustomerId(n),
      alias,
      maskedPhone: `139****000${n}`,
      byPerson: true,
      atMs: 0,
    });
  facts.push(aConsent({ customer: aCustomerId(1), channel: 'sms', state: 'granted' }));
  const ledger = aFakeLedger(facts, [{ items: ['flour'], name: '高筋面粉 5kg', tags: ['烘焙爱好者'] }]);
  const beliefs = deriveBeliefs(ledger, parameters, asOfDay);
  const appended: Fact[] = [];
  const context = {
    ledger,
    beliefs: () => beliefs,
    parameters: () => parameters,
    asOfDay: () => asOfDay,
    catalogue: () => [],
    nowMs: () => atDay(80),
    member: { id: 'm', name: 'm', role: 'operator' },
    open: () => Promise.resolve({ doc: new Y.Doc(), close: () => undefined }),
    append: (more: readonly Fact[]) => {
      appended.push(...more);
      return Promise.resolve();
    },
  } as unknown as EngineContext;
  return { context, appended };
};

test('a page of customers: found by initials, by digits, by rule, by what is due', async () => {
  const { context } = aContext();
  const topic = customersHandlers(context);
  const names = async (filter: Partial<typeof noFilter>) =>
    (
      await topic['customers.page']({ filter: { ...noFilter, ...filter }, sort: 'spent', first: 0, count: 10 })
    ).rows.map(({ alias }) => alias);
  expect(await names({})).toEqual(['李素芬', '陈晓雯', '']);
  expect(await names({ search: 'cxw' })).toEqual(['陈晓雯']);
  expect(await names({ search: '0001' })).toEqual(['李素芬']);
  expect(await names({ rule: '买过 高筋面粉' })).toEqual(['李素芬']);
  expect(await names({ due: 'due', product: 'flour' })).toEqual(['李素芬']);
  expect(await names({ channel: 'pos' })).toEqual(['陈晓雯']);
  expect(topic['customers.overview'](null)).toMatchObject({ total: 3, tags: [{ name: '烘焙爱好者', count: 1 }] });
});

test('a card explains, and a person’s word about a tag becomes a fact', async () => {
  const { context, appended } = aContext();
  const topic = customersHandlers(context);
  const card = await topic['customers.card']({ id: aCustomerId(1) });
  expect(card?.explanation.windows[0]).toMatchObject({
    name: '高筋面粉 5kg',
    gapDays: [14, 14, 14, 14, 14],
    evidence: 'own',
  });
  expect(card?.reach.find(({ channel }) => channel === 'sms')?.consent).toBe('granted');
  expect(await topic['customers.card']({ id: 'nobody' })).toBeNull();
  const marks = [{ id: aCustomerId(1), state: 'on' as const }];
  const before = await topic['customers.mark-tag']({ tag: ' 送礼 ', marks });
  expect(before).toEqual([{ id: aCustomerId(1), state: 'none' }]);
  expect(appended).toMatchObject([{ kind: 'tag-mark', tag: '送礼', state: 'on', byMember: 'm' }]);
});

test('who would buy a product: those who did before or never, with the reason, down to a chance', async () => {
  const { context } = aContext();
  const topic = customersHandlers(context);
  const ask = { product: 'flour', kind: '', least: 0, first: 0, count: 10 } as const;
  const all = await topic['customers.buyers'](ask);
  expect(all).toMatchObject({ name: '高筋面粉 5kg', basis: 'built-in' });
  expect(all?.rows).toHaveLength(all?.total ?? -1);
  expect(all?.rows[0]).toMatchObject({ id: aCustomerId(1), reason: { code: 'habit', since: 0 } });
  const chances = all?.rows.map(({ probability }) => probability) ?? [];
  expect(chances).toEqual([...chances].sort((a, b) => b - a));
  expect(all?.expected).toBeCloseTo(
    chances.reduce((sum, one) => sum + one, 0),
    3,
  );
  const again = await topic['customers.buyers']({ ...ask, kind: 'again' });
  const never = await topic['customers.buyers']({ ...ask, kind: 'new' });
  expect((again?.total ?? 0) + (never?.total ?? 0)).toBe(all?.total);
  expect(never?.rows.every(({ reason }) => reason.code !== 'habit')).toBe(true);
  expect((await topic['customers.buyers']({ ...ask, least: 1 }))?.total).toBe(0);
  expect((await topic['customers.buyers']({ ...ask, first: 1, count: 1 }))?.rows).toEqual(all?.rows.slice(1, 2));
  expect(await topic['customers.buyers']({ ...ask, product: 'nothing' })).toBeNull();
});

test('a rule is counted with its reach and error; why not names the missing condition', async () => {
  const { context } = aContext();
  const topic = segmentsHandlers(context);
  const answer = await topic['segments.evaluate']({ text: '标签 = 烘焙爱好者\n并且 7天内没有购买', seed: 1 });
  expect(answer).toMatchObject({
    count: 1,
    total: 3,
    error: null,
    lines: [
      { line: 1, count: 1 },
      { line: 2, count: 1 },
    ],
    reach: { granted: 1, refused: 0, unknown: 0 },
  });
  expect(answer.printed?.en).toBe('tag = 烘焙爱好者\nand no purchase within 7 days');
  const wrong = await topic['segments.evaluate']({ text: '标签 = 烘焙爱好者\n并且 分层 = 沉默客', seed: 1 });
  expect(wrong).toMatchObject({ count: 1, error: { line: 2, kind: 'unknown-rfm' } });
  const why = await topic['segments.why']({ text: '标签 = 烘焙爱好者', search: '陈' });
  expect(why.explanation).toMatchObject({
    isMeant: false,
    checks: [{ isMet: false, detail: { kind: 'tag', has: [] } }],
  });
});

test('a rule for a tag that nobody carries says so, and how many products wait with it suggested', async () => {
  const { context } = aContext();
  const catalogue = [
    { suggestedTags: ['健身轻食派', '零食爱好者'] },
    { suggestedTags: ['健身轻食派'] },
    { suggestedTags: ['烘焙爱好者'] },
  ] as unknown as ReturnType<EngineContext['catalogue']>;
  const topic = segmentsHandlers({ ...context, catalogue: () => catalogue });
  const uncarried = async (text: string) => (await topic['segments.evaluate']({ text, seed: 1 })).uncarried;
  expect(await uncarried('标签 = 健身轻食派\n并且 7天内没有购买')).toEqual([{ tag: '健身轻食派', waiting: 2 }]);
  expect(await uncarried('标签 = 控糖关注者')).toEqual([{ tag: '控糖关注者', waiting: 0 }]);
  // Somebody carries it and other conditions leave nobody; or somebody is meant after all; or it is asked not to be there.
  expect(await uncarried('标签 = 烘焙爱好者\n并且 累计消费 > 999999')).toEqual([]);
  expect(await uncarried('标签 = 健身轻食派\n或者 标签 = 烘焙爱好者')).toEqual([]);
  expect(await uncarried('not tag = 健身轻食派\nand spent > 999999')).toEqual([]);
});

test('the map previews who would move; today lists what is due', async () => {
  const { context } = aContext();
  const map = await segmentsHandlers(context)['segments.map']({
    thresholds: { ...parameters.rfm, names: { ...parameters.rfm.names, sleepingAfterDays: 5, lostAfterDays: 6 } },
    category: '',
  });
  expect(map.cells.flat().reduce((sum, { count }) => sum + count, 0)).toBe(2);
  expect(map.movers).toMatchObject([{ alias: '李素芬', to: 'lost' }]);
  const due = await todayHandlers(context)['today.due']({ products: 5, people: 3 });
  expect(due).toMatchObject({
    due: 1,
    hasWindows: true,
    products: [{ name: '高筋面粉 5kg', due: 1, own: 1, prior: 0 }],
  });
  const { window } = due.products[0]!;
  expect(window.p10).toBeLessThanOrEqual(0);
  expect(window.p50).toBeGreaterThanOrEqual(window.p10);
  expect(window.p90).toBeGreaterThanOrEqual(Math.max(0, window.p50));
  expect(await todayHandlers(context)['today.risk'](null)).toEqual({ people: 0, recent: { people: 0, valueFen: 0 } });
});

test('the map of a category counts who bought in it, under its own boundaries', async () => {
  const { context } = aContext();
  const ask = segmentsHandlers(context)['segments.map'];
  const peopleIn = (map: Awaited<ReturnType<typeof ask>>): number =>
    map.cells.flat().reduce((sum, { count }) => sum + count, 0);
  expect(peopleIn(await ask({ thresholds: null, category: 'nothing sold' }))).toBe(0);
  const names = { ...parameters.rfm.names, sleepingAfterDays: 5, lostAfterDays: 6 };
  const own = { ...parameters.rfm, names };
  const chosen = {
    ...context,
    parameters: () => ({ ...parameters, rfm: { ...parameters.rfm, categories: { flour: own } } }),
  };
  const map = await segmentsHandlers(chosen)['segments.map']({ thresholds: null, category: 'flour' });
  expect(map.thresholds.names).toEqual(names);
  expect(map.preview).toBeNull();
});

test('each cell and each name of the map holds the people it counts, drafted or of a category too', async () => {
  const { context } = aContext();
  const topic = segmentsHandlers(context);
  const names = { ...parameters.rfm.names, sleepingAfterDays: 5, lostAfterDays: 6 };
  for (const ask of [
    { thresholds: null, category: '' },
    { thresholds: { ...parameters.rfm, names }, category: '' },
    { thresholds: null, category: 'flour' },
  ]) {
    const map = await topic['segments.map'](ask);
    const peopleOf = async (of: Parameters<(typeof topic)['segments.map-people']>[0]['of']) => {
      const { total, rows } = await topic['segments.map-people']({ ...ask, of, first: 0, count: 9 });
      expect(rows).toHaveLength(Math.min(9, total));
      return total;
    };
    for (const [money, row] of map.cells.entries())
      for (const [recency, { count }] of row.entries())
        expect(await peopleOf({ money: money + 1, recency: recency + 1 })).toBe(count);
    for (const [at, name] of rfmNames.entries()) expect(await peopleOf({ name })).toBe(map.week.after[at]);
  }
});

test('who crossed into churn warning this week is told apart from who has been there for long', async () => {
  const { context } = aContext();
  const { lifecycle } = context.parameters();
  const warning = stages.indexOf('churn-warning');
  // Silent for 20 days with a usual 10: the line was crossed after 15. Silent for 200 with 10: 185 days ago.
  const beliefs = {
    ...context.beliefs(),
    asOfDay,
    customerCount: 3,
    isPresent: new Uint8Array(3).fill(1),
    stage: new Uint8Array([warning, warning, stages.indexOf('loyal')]),
    lastDay: new Int32Array([asOfDay - 20, asOfDay - 200, asOfDay - 20]),
    overdueRatio: new Float64Array([2, 20, 1]),
    valueAtRiskFen: new Float64Array([300, 4000, 0]),
  };
  expect(lifecycle.overdueRatio).toBe(1.5);
  const at = { ...context, beliefs: () => beliefs } as EngineContext;
  expect(await todayHandlers(at)['today.risk'](null)).toEqual({ people: 2, recent: { people: 1, valueFen: 300 } });
});

test('[CYC23] a row of today is about the people due, not about whom a loose window holds', async () => {
  const { context } = aContext();
  const beliefs = {
    ...context.beliefs(),
    asOfDay,
    customerCount: 5,
    isPresent: new Uint8Array(5).fill(1),
    pairStart: new Int32Array([0, 1, 2, 3, 4]),
    pairEnd: new Int32Array([1, 2, 3, 4, 5]),
    pairProduct: new Int32Array(5),
    pairP10: daysOf([asOfDay - 4, asOfDay - 3, asOfDay - 20, asOfDay - 9, asOfDay + 3]),
    pairP50: daysOf([asOfDay + 1, asOfDay + 2, asOfDay - 9, asOfDay + 90, asOfDay + 8]),
    pairP90: daysOf([asOfDay + 5, asOfDay + 9, asOfDay, asOfDay + 240, asOfDay + 12]),
    pairWithin7: chancesOf([0.4, 0.4, 0.2, 0.03, 0.1]),
    pairWithin14: chancesOf([0.5, 0.5, 0.3, 0.06, 0.6]),
    pairWithin30: chancesOf([0.6, 0.6, 0.4, 0.12, 0.8]),
    pairEvidence: new Uint8Array([0, 1, 2, 2, 0]),
    pairPurchases: new Int32Array([5, 2, 1, 1, 5]),
  };
  const answer = await todayHandlers({ ...context, beliefs: () => beliefs } as EngineContext)['today.due']({
    products: 5,
    people: 0,
  });
  const unknown = { ...beliefs, pairEvidence: new Uint8Array(5).fill(evidences.indexOf('insufficient-evidence')) };
  const nothing = todayHandlers({ ...context, beliefs: () => unknown } as EngineContext)['today.due'];
  expect(await nothing({ products: 5, people: 0 })).toMatchObject({ hasWindows: false });
  expect(answer.products[0]).toMatchObject({
    due: 3,
    own: 1,
    prior: 1,
    soon: 1,
    window: { p10: -4, p50: 1, p90: 5 },
  });
});

test('weeks of one product end with today, and a product nobody bought has none', async () => {
  const { context } = aContext();
  const topic = catalogueHandlers(context);
  const weeks = await topic['catalogue.weeks']({ product: 'flour', weeks: 12 });
  expect(weeks).toHaveLength(12);
  expect(weeks.at(-1)?.fromDay).toBe(asOfDay - 6);
  // Bought 80, 66, 52, 38, 24 and 10 days before today.
  expect(weeks.map(({ orders }) => orders)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
  expect(weeks.reduce((sum, { quantityMilli }) => sum + quantityMilli, 0)).toBe(6000);
  expect(await topic['catalogue.weeks']({ product: 'nothing', weeks: 12 })).toEqual([]);
});

test('[CAT16] what an undone import left behind is neither listed nor suggested, and comes back with it', () => {
  const { context } = aContext();
  const ledger = aShop([anOrderLine({ order: 'o-1', item: 'milk', itemName: '鲜奶' })]);
  takeFacts(
    ledger,
    ['milk', 'flour', 'salt'].map((item) => anOrderLine({ order: 'o-2', item, itemName: item })),
    { importId: 'i-2' },
  );
  const catalogue = new Y.Doc();
  addProductsFromOrders(
    catalogue,
    ['milk', 'flour', 'salt', 'tea'].map((item) => ({ name: item, items: [item], isFromOrders: item !== 'tea' })),
  );
  confirmTag(catalogue, productIdFromItem('salt'), '烘焙爱好者');
  const { products } = readCatalogue(catalogue);
  ledger.setCatalogue(products);
  const shop = { ...context, ledger, catalogue: () => products } as EngineContext;
  const seen = () => {
    const beliefs = deriveBeliefs(ledger, parameters, asOfDay);
    const now = { ...shop, beliefs: () => beliefs } as EngineContext;
    const { products: words } = ruleVocabulary(now, beliefs);
    return {
      unordered: [...unorderedProducts(now)],
      suggested: words.flatMap(({ name, isQuiet }) => (isQuiet ? [] : [name])).sort(),
      known: words.length,
    };
  };
  const whole = { unordered: [], suggested: ['flour', 'milk', 'salt', 'tea'], known: 4 };
  expect(seen()).toEqual(whole);
  ledger.setWithdrawnImports(['i-2']);
  expect(seen()).toEqual({ unordered: [productIdFromItem('flour')], suggested: ['milk', 'salt', 'tea'], known: 4 });
  ledger.setWithdrawnImports([]);
  expect(seen()).toEqual(whole);
});

test('a marked message records the version of the parameters it was decided with', async () => {
  const { context, appended } = aContext();
  const ledger = aShop([...shown(), ...aStay(1, 0, 60), ...aRhythm(1, 14, 14), ...agrees(1)]);
  const nowMs = endMs + 10 * minuteMs;
  const fitted = { ...parameters, version: 7 };
  const topic = followUpHandlers({
    ...context,
    ledger,
    nowMs: () => nowMs,
    asOfDay: () => dayFromMs(nowMs),
    parameters: () => fitted,
    beliefs: () => deriveBeliefs(ledger, fitted, dayFromMs(nowMs)),
  });
  const broadcast = { window: { campaign, startMs, endMs, cues: [] }, sold: ['milk', 'beef'], clips: [] };
  const { groups } = await topic['follow-up.plan'](broadcast);
  const decisions = groups.flatMap(({ people }) => people.map(({ decision }) => decision));
  await topic['follow-up.mark']({ broadcast, decisions, state: 'handed-over' });
  const written = appended.filter(({ kind }) => kind === 'decision');
  expect(written.length).toBeGreaterThan(0);
  expect(written.map((fact) => (fact.kind === 'decision' ? fact.parameterVersion : null))).toEqual(
    written.map(() => 7),
  );
});

test('[FUP8] what a show recorded by product id is the catalogue’s product, and an unknown item is called by its key', async () => {
  const { context } = aContext();
  const shown = (item: string, at: number) =>
    aBehaviour({ id: item, name: 'product-shown', item, campaign, customer: '', atMs: startMs + at * minuteMs });
  const ledger = aShop([shown('p-milk', 20), shown('X-77', 60), ...aStay(1, 15, 75), ...agrees(1)]);
  ledger.setCatalogue([{ id: 'p-milk', name: '鲜奶', items: ['milk'], category: '', tags: [], mergedFrom: [] }]);
  const beliefs = deriveBeliefs(ledger, parameters, asOfDay);
  const topic = followUpHandlers({ ...context, ledger, beliefs: () => beliefs, nowMs: () => endMs } as EngineContext);
  const broadcast = { window: { campaign, startMs, endMs, cues: [] }, sold: [], clips: [], opening: '开场' };
  const { groups } = await topic['follow-up.plan'](broadcast);
  expect(groups.flatMap(({ people, holdOut }) => [...people, ...holdOut])).toMatchObject([{ productName: '鲜奶' }]);
  const why = await topic['follow-up.why']({ broadcast, customer: aCustomerId(1), product: 'p-milk' });
  expect(why?.products.map(({ name, seconds }) => [name, seconds])).toEqual([
    ['鲜奶', 2400],
    ['X-77', 900],
    ['开场', 300],
  ]);
});
