import { describe, expect, test } from 'vitest';
import { platformNumbers } from '#core/identity/platform-numbers.ts';
import { createLedger } from '#core/datasets/create-ledger.ts';
import { lineFlag } from '#core/datasets/ledger-columns.ts';
import { packFacts } from '#core/datasets/pack-facts.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import {
  aBehaviour,
  aConsent,
  aCustomerId,
  aDecision,
  anAlias,
  anIdentityLink,
  anOrderLine,
  aRefund,
  aTagMark,
  atDay,
} from '#tests/makers/facts.ts';
import { aLedger, takeFacts } from '#tests/makers/ledger.ts';
import { linesOf, readLedger } from './read-ledger.ts';

const milk = { id: 'p-milk', name: 'Milk', items: ['milk'], category: 'dairy', tags: ['baby'], mergedFrom: [] };

describe('key and rank', () => {
  test('[LED2] a later status outranks a newer export, which outranks a later import', () => {
    const ledger = aLedger();
    takeFacts(ledger, [anOrderLine({ status: 'done', paidFen: 1, exportMs: 1 })], { importMs: 1 });
    takeFacts(ledger, [anOrderLine({ status: 'paid', paidFen: 2, exportMs: 9 })], { importMs: 9 });
    expect(linesOf(ledger)).toMatchObject([{ paidFen: 1 }]);
    takeFacts(ledger, [anOrderLine({ status: 'done', paidFen: 3, exportMs: 2 })], { importMs: 2 });
    expect(linesOf(ledger)).toMatchObject([{ paidFen: 3 }]);
    takeFacts(ledger, [anOrderLine({ status: 'done', paidFen: 4, exportMs: 2 })], { importMs: 3 });
    expect(linesOf(ledger)).toMatchObject([{ paidFen: 4 }]);
  });

  test('[LED3] the same lines again add nothing', () => {
    const facts = [anOrderLine({ order: 'a' }), anOrderLine({ order: 'b' }), anOrderLine({ order: 'b', nth: 1 })];
    const ledger = aLedger(facts);
    const before = readLedger(ledger);
    takeFacts(ledger, facts.slice(1), { importMs: 7 });
    expect(readLedger(ledger)).toEqual(before);
    expect(linesOf(ledger)).toHaveLength(3);
  });

  test('[LED4] withdrawing an import lets what it had superseded count again, redoing it restores it', () => {
    const ledger = aLedger([anOrderLine({ paidFen: 100 }), anOrderLine({ order: 'kept' })]);
    takeFacts(ledger, [anOrderLine({ paidFen: 250, status: 'done' }), anOrderLine({ order: 'new' })], {
      importId: 'i-2',
      importMs: 5,
    });
    const both = readLedger(ledger);
    ledger.setWithdrawnImports(['i-2']);
    expect(linesOf(ledger).map(({ order, paidFen }) => [order, paidFen])).toEqual([
      ['kept', 1000],
      ['o-1', 100],
    ]);
    ledger.setWithdrawnImports([]);
    expect(readLedger(ledger)).toEqual(both);
  });

  test('a chunk that was dropped counts again when it comes back, and once when it comes twice', () => {
    const ledger = createLedger();
    const packed = packFacts('order-line', [anOrderLine()]);
    const origin = { id: 'c', importId: '', importMs: 0 } as never;
    expect(ledger.takeChunk(origin, packed)).toEqual({ ok: true, value: { lines: 1 } });
    expect(ledger.takeChunk(origin, packed)).toEqual({ ok: true, value: { lines: 1 } });
    expect(linesOf(ledger)).toHaveLength(1);
    ledger.dropChunk('c');
    expect([linesOf(ledger).length, ledger.hasChunk('c')]).toEqual([0, false]);
    ledger.takeChunk(origin, packed);
    expect([linesOf(ledger).length, ledger.hasChunk('c'), ledger.orderLines.count]).toEqual([1, true, 1]);
  });

  test('[LED11] a damaged chunk is refused and changes nothing', () => {
    const ledger = aLedger([anOrderLine()]);
    const before = [ledger.version, readLedger(ledger)];
    const packed = packFacts('order-line', [anOrderLine({ order: 'o-2' })]);
    packed[20]! ^= 1;
    expect(ledger.takeChunk({ id: 'd', importId: '', importMs: 0 } as never, packed)).toEqual({
      ok: false,
      error: { kind: 'damaged' },
    });
    expect([ledger.version, readLedger(ledger)]).toEqual(before);
  });
});

describe('refunds', () => {
  test('[LED5] a refund that comes first waits for its order', () => {
    const ledger = aLedger([aRefund({ refundFen: 300 })]);
    expect(linesOf(ledger)).toEqual([]);
    takeFacts(ledger, [anOrderLine({ paidFen: 1000 })]);
    expect(linesOf(ledger)).toMatchObject([{ refundFen: 300, flags: lineFlag.partlyRefunded }]);
  });

  test('[LED6] more than was paid counts as what was paid', () => {
    expect(linesOf(aLedger([anOrderLine({ paidFen: 1000 }), aRefund({ refundFen: 9000 })]))).toMatchObject([
      { refundFen: 1000, flags: lineFlag.refunded },
    ]);
    expect(linesOf(aLedger([anOrderLine({ status: 'refunded' })]))).toMatchObject([
      { refundFen: 1000, flags: lineFlag.refunded },
    ]);
    expect(linesOf(aLedger([anOrderLine({ status: 'partially-refunded' })]))).toMatchObject([
      { refundFen: 0, flags: lineFlag.partlyRefunded },
    ]);
  });

  test('[LED7] a sum so far and its single refunds count once', () => {
    const parts = [aRefund({ refund: 'r-1', refundFen: 200 }), aRefund({ refund: 'r-2', refundFen: 300 })];
    const total = aRefund({ refund: 'total', refundFen: 450 });
    expect(linesOf(aLedger([anOrderLine(), ...parts, total]))).toMatchObject([{ refundFen: 500 }]);
    expect(linesOf(aLedger([anOrderLine(), parts[0]!, total]))).toMatchObject([{ refundFen: 450 }]);
  });

  test('[LED8] lines that were never paid are marked, and gifts for which nothing was paid', () => {
    const flags = linesOf(
      aLedger([
        anOrderLine({ order: 'a', status: 'created' }),
        anOrderLine({ order: 'b', status: 'closed', isGift: true }),
        anOrderLine({ order: 'c', paidFen: 0, isGift: true }),
        anOrderLine({ order: 'd', paidFen: 0 }),
      ]),
    ).map((line) => line.flags);
    expect(flags).toEqual([lineFlag.unpaid, lineFlag.unpaid | lineFlag.gift, lineFlag.gift | lineFlag.free, 0]);
    const names = ['POSTAGE', '补运费专用链接', 'Postage stamp album', '鲜牛奶'];
    const named = names.map((itemName, n) => anOrderLine({ item: `i-${n}`, itemName }));
    expect(linesOf(aLedger(named)).map((line) => line.flags)).toEqual([lineFlag.charge, lineFlag.charge, 0, 0]);
  });
});

describe('identity', () => {
  const twoPeople = [
    anOrderLine({ order: 'a', customer: aCustomerId(1) }),
    anOrderLine({ order: 'b', customer: aCustomerId(2), atMs: atDay(-3) }),
  ];

  test('[IDN1] customers who share a phone are one, named by the smaller id, and answer together', () => {
    const ledger = aLedger([
      ...twoPeople,
      aBehaviour({ customer: aCustomerId(2) }),
      aDecision({ customer: aCustomerId(2) }),
      anIdentityLink({ customer: aCustomerId(2) }),
      anIdentityLink({ customer: aCustomerId(1) }),
    ]);
    const dense = ledger.denseCustomer(aCustomerId(2));
    expect(ledger.customer(dense).id).toBe(aCustomerId(1));
    expect([...ledger.linesOfCustomer(dense)].map((row) => ledger.orderLines.day[row])).toEqual([20_451, 20_454]);
    expect(ledger.behavioursOfCustomer(dense)).toHaveLength(1);
    expect(ledger.decisionsOfCustomer(dense)).toEqual([aDecision({ customer: aCustomerId(1) })]);
    expect(ledger.customerOfKey('phone', 'hash-1')).toBe(aCustomerId(1));
    expect(ledger.customerOfKey('phone', 'hash-2')).toBe('');
  });

  test('[IDN11] a person carries the numbers of all their ids, as given; no contact detail and no stand-in', () => {
    const link = (keyKind: 'platform-id' | 'openid' | 'masked-phone', key: string, n: number) =>
      anIdentityLink({ keyKind, key, customer: aCustomerId(n) });
    const links = [
      ...[link('platform-id', 'wechat-shop:M-7', 1), link('platform-id', 'order:wechat-shop:900', 1)],
      ...[link('openid', 'o-1', 2), link('openid', 'o-1', 2), link('masked-phone', '138****0000', 1)],
      anIdentityLink({ customer: aCustomerId(1) }),
    ];
    const ledger = aLedger([...twoPeople, ...links]);
    takeFacts(ledger, [anIdentityLink({ customer: aCustomerId(2) })], { importId: 'i-2' });
    const numbers = (n: number) => platformNumbers(ledger.keysOf(ledger.denseCustomer(aCustomerId(n))));
    const none = { unionid: [], 'external-userid': [] };
    expect(numbers(2)).toEqual({ ...none, 'platform-id': ['M-7'], openid: ['o-1'] });
    ledger.setWithdrawnImports(['i-2']);
    expect(numbers(1)).toEqual({ ...none, 'platform-id': ['M-7'], openid: [] });
    expect(numbers(2)).toEqual({ ...none, 'platform-id': [], openid: ['o-1'] });
  });

  test('[IDN3] a masked phone never merges', () => {
    const ledger = aLedger([
      ...twoPeople,
      anIdentityLink({ keyKind: 'masked-phone', key: '138****0000', customer: aCustomerId(1) }),
      anIdentityLink({ keyKind: 'masked-phone', key: '138****0000', customer: aCustomerId(2) }),
    ]);
    expect(ledger.denseCustomer(aCustomerId(2))).not.toBe(ledger.denseCustomer(aCustomerId(1)));
  });

  test('[IDN4] withdrawing the import that joined them parts them', () => {
    const ledger = aLedger([...twoPeople, anIdentityLink({ customer: aCustomerId(1) })]);
    const before = readLedger(ledger);
    takeFacts(ledger, [anIdentityLink({ customer: aCustomerId(2) })], { importId: 'i-2' });
    const version = ledger.version;
    expect(readLedger(ledger)).toHaveLength(1);
    ledger.setWithdrawnImports(['i-2']);
    expect(readLedger(ledger)).toEqual(before);
    expect([...ledger.changedSince(version)].map((dense) => ledger.customer(dense).id).sort()).toEqual([
      aCustomerId(1),
      aCustomerId(2),
    ]);
  });

  test('[IDN6] refusal wins whatever its date, for whichever id it was said', () => {
    const ledger = aLedger([
      ...twoPeople,
      anIdentityLink({ customer: aCustomerId(1) }),
      anIdentityLink({ customer: aCustomerId(2) }),
      aConsent({ customer: aCustomerId(1), atMs: atDay(9) }),
      aConsent({ customer: aCustomerId(2), state: 'refused', atMs: atDay(1) }),
    ]);
    const dense = ledger.denseCustomer(aCustomerId(1));
    expect(ledger.consent(dense, 'wecom', 'marketing')).toEqual({
      state: 'refused',
      source: 'message',
      atMs: atDay(1),
    });
    expect(ledger.consent(dense, 'sms', 'marketing').state).toBe('unknown');
  });

  test('what a person wrote names a customer; the last mark of a tag counts', () => {
    const ledger = aLedger([
      anAlias({ alias: 'by hand', byPerson: true, atMs: 1 }),
      anAlias({ alias: 'nick', atMs: 2 }),
      aTagMark({ tag: 'a', state: 'off', atMs: 1 }),
      aTagMark({ tag: 'a', state: 'on', atMs: 2 }),
      aTagMark({ tag: 'b', state: 'on', atMs: 1 }),
      aTagMark({ tag: 'b', state: 'none', atMs: 2 }),
    ]);
    expect(ledger.customer(0).alias).toBe('by hand');
    expect([...ledger.tagMarks(0)]).toEqual([['a', 'on']]);
  });
});

describe('products', () => {
  test('[LED9] an item is its own product until one owns it, and again afterwards', () => {
    const ledger = aLedger([
      anOrderLine(),
      anOrderLine({ order: 'o-2', item: 'milk-2', itemName: 'Milk two', customer: aCustomerId(2) }),
    ]);
    const productOf = (item: string) => ledger.product(ledger.denseProduct(item));
    expect(productOf('milk-2')).toEqual({ productId: '', items: ['milk-2'], name: 'Milk two', category: '', tags: [] });
    const version = ledger.version;
    ledger.setCatalogue([{ ...milk, items: ['milk', 'milk-2'], mergedFrom: ['p-old'] }]);
    expect(productOf('milk-2')).toEqual({
      productId: 'p-milk',
      items: ['milk', 'milk-2'],
      name: 'Milk',
      category: 'dairy',
      tags: ['baby'],
    });
    expect(ledger.denseProduct('p-old')).toBe(ledger.denseProduct('milk'));
    expect([...ledger.changedSince(version)]).toHaveLength(2);
    ledger.setCatalogue([milk]);
    expect(productOf('milk-2').productId).toBe('');
    expect(ledger.orderLines.product[1]).toBe(ledger.denseProduct('milk-2'));
  });

  test('[LED9] an item that comes after its product belongs to it at once', () => {
    const ledger = aLedger();
    ledger.setCatalogue([milk]);
    takeFacts(ledger, [anOrderLine()]);
    expect(ledger.product(ledger.orderLines.product[0]!).productId).toBe('p-milk');
  });

  test('[LED9] a show that names the product by its id means that product, whenever the catalogue comes', () => {
    const shown = ['p-milk', 'p-old', 'milk'].map((item) => aBehaviour({ id: item, name: 'product-shown', item }));
    const merged = { ...milk, mergedFrom: ['p-old'] };
    const early = aLedger(shown);
    early.setCatalogue([merged]);
    const late = aLedger();
    late.setCatalogue([merged]);
    takeFacts(late, shown);
    for (const ledger of [early, late])
      expect([0, 1, 2].map((row) => ledger.product(ledger.behaviours.product[row]!).name)).toEqual(
        Array(3).fill('Milk'),
      );
    early.setCatalogue([]);
    expect(early.product(early.denseProduct('p-milk'))).toMatchObject({ productId: '', items: ['p-milk'] });
  });

  test('[LED10] a change of one customer names that customer', () => {
    const ledger = aLedger([
      anOrderLine({ customer: aCustomerId(1) }),
      anOrderLine({ order: 'o-2', customer: aCustomerId(2) }),
    ]);
    const version = ledger.version;
    takeFacts(ledger, [aRefund({ order: 'o-2' })]);
    expect([...ledger.changedSince(version)]).toEqual([ledger.denseCustomer(aCustomerId(2))]);
    expect([...ledger.changedSince(ledger.version)]).toEqual([]);
  });
});

test('[LED10] the customers of a change are named however many there were before', () => {
  const ledger = createLedger();
  const load = packFacts(
    'order-line',
    Array.from({ length: 70_000 }, (_, n) => anOrderLine({ customer: aCustomerId(n + 1), order: `o-${n}` })),
  );
  ledger.takeChunk({ id: 'load', importId: '', importMs: 0 } as never, load);
  expect(ledger.changedSince(0)).toHaveLength(70_000);
  const before = ledger.byteLength;
  ledger.trim();
  expect(ledger.byteLength).toBeLessThan(before);
  const { version } = ledger;
  for (const n of [9, 3, 9])
    takeFacts(ledger, [anOrderLine({ customer: aCustomerId(n + 1), order: `late-${n}-${ledger.version}` })]);
  expect([...ledger.changedSince(version)]).toEqual([3, 9]);
  expect([...ledger.changedSince(version + 1)]).toEqual([3, 9]);
  expect([...ledger.changedSince(version + 2)]).toEqual([9]);
  expect(ledger.linesOfCustomer(9)).toHaveLength(3);
  expect(ledger.changedSince(0)).toHaveLength(70_000);
});

test('[LED12] lines come oldest first, ties by order, then item', () => {
  const ledger = aLedger();
  const line = (order: string, item: string, day: number) => anOrderLine({ order, item, atMs: atDay(day) });
  for (const fact of [line('b', 'x', 2), line('a', 'y', 2), line('a', 'x', 2), line('c', 'x', 1)])
    takeFacts(ledger, [fact]);
  expect(linesOf(ledger).map(({ order, item }) => order + item)).toEqual(['cx', 'ax', 'ay', 'bx']);
});

test('[LED12] however far out of order they came, and when more come after', () => {
  const ledger = aLedger();
  const onDay = (day: number) => anOrderLine({ order: `o${day}`, atMs: atDay(day) });
  const days = Array.from({ length: 200 }, (_, day) => day);
  takeFacts(ledger, [...days].reverse().map(onDay));
  const inOrder = (): number[] => linesOf(ledger).map(({ atMs }) => atMs);
  expect(inOrder()).toEqual(days.map(atDay));
  takeFacts(ledger, [onDay(250), onDay(-9), onDay(100.5)]);
  expect(inOrder()).toEqual([...days, 250, -9, 100.5].sort((a, b) => a - b).map(atDay));
});

test('[LED13] numbers too large for a narrow column come back as they were', () => {
  const small = anOrderLine({ order: 'a', paidFen: 300, quantityMilli: 1000 });
  const large = anOrderLine({ order: 'b', paidFen: 70_000, quantityMilli: 70_000, nth: 70_000, exportMs: 5 });
  const huge = anOrderLine({ order: 'c', paidFen: 3e9, quantityMilli: 5e9, atMs: Date.UTC(2160, 0, 1) });
  const ledger = aLedger([small]);
  takeFacts(ledger, [large, anOrderLine({ order: 'd', paidFen: -3e9 })]);
  takeFacts(ledger, [huge, aRefund({ order: 'c', refundFen: 2.5e9 })]);
  const found = new Map(linesOf(ledger).map((line) => [line.order, line]));
  const money = ['a', 'b', 'c', 'd'].map((order) => found.get(order)?.paidFen);
  expect(money).toEqual([300, 70_000, 3e9, -3e9]);
  const { count, day, quantityMilli, refundFen } = ledger.orderLines;
  expect([...quantityMilli.subarray(0, count)].sort((a, b) => b - a).slice(0, 2)).toEqual([5e9, 70_000]);
  expect(Math.max(...day.subarray(0, count))).toBe(dayFromMs(Date.UTC(2160, 0, 1)));
  expect(Math.max(...refundFen.subarray(0, count))).toBe(2.5e9);
});

test('[LED13] as many shops, lines of one order and refunds as there are stay apart', () => {
  const each = Array.from({ length: 300 }, (_, at) => at);
  const ledger = aLedger([
    ...each.map((at) => anOrderLine({ shop: `shop ${at}`, order: 'same' })),
    ...each.map((at) => anOrderLine({ order: 'long', nth: at, paidFen: 1000 })),
    ...each.map((at) => aRefund({ order: 'long', nth: at, refundFen: at })),
  ]);
  expect(ledger.orderCount).toBe(301);
  const { refundFen } = ledger.orderLines;
  expect([...refundFen.subarray(300, 600)]).toEqual(each);
});

test('behaviours of a broadcast come back whole, in order of time', () => {
  const late = aBehaviour({
    id: 'late',
    campaign: 'c-1' as never,
    name: 'comment-posted',
    text: 'how much',
    atMs: atDay(2),
    customer: '',
  });
  const early = aBehaviour({
    id: 'early',
    campaign: 'c-1' as never,
    name: 'comment-posted',
    atMs: atDay(1),
    value: 2.5,
  });
  const ledger = aLedger([late, early, aBehaviour()]);
  expect(ledger.behavioursNamed('comment-posted', 'c-1')).toEqual([early, late]);
});

test('[LED14] the lines of somebody excluded are tests, under whichever id, and a line that comes later too', () => {
  const ledger = aLedger([
    anOrderLine({ customer: aCustomerId(1) }),
    anOrderLine({ customer: aCustomerId(2), order: 'o-2' }),
    anOrderLine({ customer: aCustomerId(3), order: 'o-3' }),
    anIdentityLink({ customer: aCustomerId(1), keyKind: 'openid', key: 'k' }),
    anIdentityLink({ customer: aCustomerId(2), keyKind: 'openid', key: 'k' }),
  ]);
  const { version } = ledger;
  ledger.setExcluded([aCustomerId(2)]);
  const [person, other] = [aCustomerId(1), aCustomerId(3)].map((id) => ledger.denseCustomer(id));
  expect([ledger.isExcluded(person!), ledger.isExcluded(other!)]).toEqual([true, false]);
  expect([...ledger.changedSince(version)]).toContain(person);
  expect([...ledger.changedSince(version)]).not.toContain(other);
  takeFacts(ledger, [anOrderLine({ customer: aCustomerId(1), order: 'o-4' })]);
  expect(linesOf(ledger).map(({ order, flags }) => [order, flags])).toEqual([
    ['o-1', lineFlag.test],
    ['o-2', lineFlag.test],
    ['o-4', lineFlag.test],
    ['o-3', 0],
  ]);
  const now = ledger.version;
  ledger.setExcluded([aCustomerId(2)]);
  expect(ledger.version).toBe(now);
  ledger.setExcluded([]);
  expect(linesOf(ledger).map(({ flags }) => flags)).toEqual([0, 0, 0, 0]);
});
