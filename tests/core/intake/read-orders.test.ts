import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '#core/intake/mapping.ts';
import { proposeMapping } from '#core/intake/propose-mapping.ts';
import { createOrderScan, mostProblems } from '#core/intake/scan-orders.ts';
import { unknownChannel } from '#core/units/unknown-channel.ts';
import { intakeOf, nowMs, rowsOf } from './intake-of.ts';

const paidOf = (text: string) => intakeOf(text).lines.map(({ paidFen }) => paidFen);
const shanghai = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`);

const wechatA = [
  '订单号,下单时间,订单状态,收件人姓名,收件人地址,收件人手机,买家备注,订单实际支付金额,订单运费,支付时间,带货人昵称,商品名称,商品编码(平台),商品编码(自定义),SKU编码(自定义),商品属性,商品价格,是否预售,商品数量,商品售后,商品已退款金额',
  '\t3701001,2026-10-01 09:10:00,已完成,林某,某市某路1号,138****1001,,58.00,6.00,2026-10-01 09:11:00,-,高筋面粉,10001,,,2.5kg,20.00,否,2,-,0.00',
  '\t3701001,2026-10-01 09:10:00,已完成,林某,某市某路1号,138****1001,,58.00,6.00,2026-10-01 09:11:00,-,酵母粉,10002,,,100g,12.00,否,1,-,0.00',
  '\t3701002,2026-10-02 10:00:00,待付款,林某,某市某路1号,138****1001,,20.00,0.00,-,-,高筋面粉,10001,,,2.5kg,20.00,否,1,-,0.00',
].join('\r\n');

const wechatB = [
  '订单号,订单下单时间,订单状态,收件人姓名,收件人手机,商品总价,订单实际支付金额,订单实际收款金额,订单运费,支付时间,礼物单号,商品名称,商品编码(平台),商品编码(自定义),SKU编码(自定义),商品属性,商品价格(单件),商品实际价格(单件),商品实际价格(总共),商品数量,商品售后,商品已退款金额',
  "'3702001,2026-11-01 20:00:00,已发货,-,13800001234,80.00,75.00,75.00,5.00,2026-11-01 20:01:00,-,鲜牛奶,20001,,,950ml,35.00,35.00,70.00,2,-,0.00",
  "'3702002,2026-11-01 20:05:00,已完成,-,13800001235,40.00,40.00,40.00,0.00,2026-11-01 20:06:00,8800001,无糖酸奶,20002,,,6杯,40.00,40.00,40.00,1,-,10.00",
].join('\n');

const wechatC = wechatB
  .replace('礼物单号', '企业微信加密id（外部）,企业微信加密id,礼物单号')
  .replace(',-,鲜牛奶', ',,wmAAAAAAAAAAAAAAAAAAAAAAAA,-,鲜牛奶')
  .replace(',8800001,', ',,wmBBBBBBBBBBBBBBBBBBBBBBBB,8800001,')
  .replaceAll('(平台)', '（平台）')
  .replaceAll('(总共)', '（总共）');

const shopify = [
  'Name,Email,Financial Status,Paid at,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Refunded Amount,Vendor,Id,Source,Phone',
  '#1001,Ann@Example.com,paid,2026-03-12 09:14:02 +0000,27.00,5.00,0.00,32.00,3.00,2026-03-12 09:14:01 +0000,2,Oat biscuits,10.00,OAT-1,0.00,0.00,Larder,5001,web,',
  '#1001,,,,,,,,,,1,Rye flour,10.00,RYE-1,0.00,,Larder,,,',
  '#1002,bob@example.com,refunded,2026-03-13 10:00:00 +0100,20.00,0.00,0.00,20.00,0.00,2026-03-13 10:00:00 +0100,2,Oat biscuits,10.00,OAT-1,0.00,20.00,Larder,5002,web,',
].join('\n');

describe('platform exports', () => {
  it('[IMP8] the platforms are known by their columns', () => {
    expect([wechatA, wechatB, wechatC, shopify, 'a,b\n1,2'].map((text) => intakeOf(text).mapping.format)).toEqual([
      'wechat-shop-a',
      'wechat-shop-b',
      'wechat-shop-c',
      'shopify',
      'generic',
    ]);
  });

  it('[IMP15] 微信小店, oldest: the order’s total without freight is shared by price, once', () => {
    const { lines, problems } = intakeOf(wechatA);
    expect(problems).toEqual([]);
    expect(lines.map(({ order, item, paidFen, status, atMs }) => ({ order, item, paidFen, status, atMs }))).toEqual([
      { order: '3701001', item: '10001 / 2.5kg', paidFen: 4000, status: 'done', atMs: shanghai('2026-10-01 09:11:00') },
      { order: '3701001', item: '10002 / 100g', paidFen: 1200, status: 'done', atMs: shanghai('2026-10-01 09:11:00') },
      {
        order: '3701002',
        item: '10001 / 2.5kg',
        paidFen: 2000,
        status: 'created',
        atMs: shanghai('2026-10-02 10:00:00'),
      },
    ]);
    expect(lines[0]).toMatchObject({
      shop: 'wechat-shop',
      channel: unknownChannel,
      keys: [{ kind: 'masked-phone', key: '138****1001' }],
    });
  });

  it('[IMP23] a yes or no to marketing is the whole order’s word; blank and other words say nothing', () => {
    const marked = shopify
      .split('\n')
      .map((row, at) => `${row},${['Accepts Marketing', 'no', '', 'yes'][at]}`)
      .join('\n');
    expect(intakeOf(marked).lines.map(({ order, consent }) => [order, consent])).toEqual([
      ['#1001', 'refused'],
      ['#1001', 'refused'],
      ['#1002', 'granted'],
    ]);
    const { header, mapping } = intakeOf(marked);
    const left: Mapping = {
      ...mapping,
      columns: mapping.columns.map((target) => (target === 'consent' ? 'skip' : target)),
    };
    expect(proposeMapping(header, [], left).mapping.columns).toEqual(mapping.columns);
    const own = ['订单号,会员号,支付时间,商品,数量,实付款,是否接受营销'];
    for (const [at, word] of ['是', '否', '已退订', '待定', '-'].entries())
      own.push(`${at},m${at},2026-11-01 10:00,牛奶,1,9.90,${word}`);
    expect(intakeOf(own.join('\n')).lines.map(({ consent }) => consent)).toEqual([
      'granted',
      'refused',
      'refused',
      '',
      '',
    ]);
  });

  it('[IMP23] 微信小店, second: what each item was paid, the gift’s number, the phone as key', () => {
    const { lines } = intakeOf(wechatB);
    expect(lines.map(({ paidFen, isGift, refundFen, keys }) => ({ paidFen, isGift, refundFen, keys }))).toEqual([
      { paidFen: 7000, isGift: false, refundFen: 0, keys: [{ kind: 'phone', key: '+8613800001234' }] },
      { paidFen: 4000, isGift: true, refundFen: 1000, keys: [{ kind: 'phone', key: '+8613800001235' }] },
    ]);
  });

  it('[IMP9] 微信小店, third: the WeCom id says who bought, so the phone is left out', () => {
    const { lines, mapping, header, recognitions } = intakeOf(wechatC);
    expect(lines.map(({ keys }) => keys)).toEqual([
      [{ kind: 'external-userid', key: 'wmAAAAAAAAAAAAAAAAAAAAAAAA' }],
      [{ kind: 'external-userid', key: 'wmBBBBBBBBBBBBBBBBBBBBBBBB' }],
    ]);
    const phone = header.indexOf('收件人手机');
    expect([mapping.columns[phone], recognitions[phone]]).toEqual(['skip', 'personal']);
    expect(recognitions[header.indexOf('收件人姓名')]).toBe('personal');
  });

  it('[IMP16] Shopify: following rows take time, customer and state from the first', () => {
    const { lines, problems } = intakeOf(shopify);
    expect(problems).toEqual([]);
    expect(
      lines.map(({ order, item, paidFen, keys, status, atMs }) => ({
        order,
        item,
        paidFen,
        key: keys[0]?.key,
        status,
        atMs,
      })),
    ).toEqual([
      {
        order: '#1001',
        item: 'OAT-1',
        paidFen: 1800,
        key: 'ann@example.com',
        status: 'paid',
        atMs: Date.parse('2026-03-12T09:14:02Z'),
      },
      {
        order: '#1001',
        item: 'RYE-1',
        paidFen: 900,
        key: 'ann@example.com',
        status: 'paid',
        atMs: Date.parse('2026-03-12T09:14:02Z'),
      },
      {
        order: '#1002',
        item: 'OAT-1',
        paidFen: 2000,
        key: 'bob@example.com',
        status: 'refunded',
        atMs: Date.parse('2026-03-13T09:00:00Z'),
      },
    ]);
  });

  it('[IMP20] an order’s refund is shared out by what was paid', () => {
    const text = shopify.replace('0.00,0.00,Larder,5001', '0.00,15.00,Larder,5001');
    expect(intakeOf(text).lines.map(({ refundFen }) => refundFen)).toEqual([1000, 500, 2000]);
  });

  it('[IMP15] a total that is repeated on every row is counted once', () => {
    const text = shopify.replace('#1001,,,,,,,,,,1', '#1001,,,,27.00,5.00,0.00,32.00,3.00,,1');
    expect(paidOf(text)).toEqual([1800, 900, 2000]);
  });
});

const generic = (rows: readonly string[]): string => ['order_id,customer_id,ts,sku,qty,amount', ...rows].join('\n');

describe('orders as a whole', () => {
  it('[IMP17] equal items are numbered, a repeated sub-order is one', () => {
    const { lines } = intakeOf(
      generic(['1,c1,2026-01-01 10:00,A,1,5.5', '1,c1,2026-01-01 10:00,A,1,5.5', '1,c1,2026-01-01 10:00,B,1,6.5']),
    );
    expect(lines.map(({ item, nth }) => [item, nth])).toEqual([
      ['A', 0],
      ['A', 1],
      ['B', 0],
    ]);
    const withSub = [
      '订单编号,子订单编号,买家ID,支付时间,商品编码,数量,商品实付金额',
      '1,11,c1,2026-01-01 10:00,A,1,5',
      '1,11,c1,2026-01-01 10:00,A,1,5',
    ].join('\n');
    const repeated = intakeOf(withSub);
    expect(repeated.lines).toHaveLength(1);
    expect(repeated.problems).toMatchObject([{ kind: 'row-repeated', line: 3, cell: '11' }]);
  });

  it('[IMP18] scattered rows of an order are settled together', () => {
    const rows = ['1,c1,2026-01-01 10:00,A,1,5.5', '2,c2,2026-01-01 11:00,A,1,5.5', '1,c1,2026-01-01 10:00,A,1,5.5'];
    const { lines, verdict } = intakeOf(generic(rows));
    expect(lines.map(({ order, nth }) => [order, nth])).toEqual([
      ['2', 0],
      ['1', 0],
      ['1', 1],
    ]);
    expect(verdict.summary).toMatchObject({ rows: 3, orders: 2, customers: 2, products: 1 });
  });

  it('[IMP19] a return refunds the latest earlier purchase; without one it is set aside', () => {
    const text = [
      'InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
      '500001,85123A,6,2010-12-01 08:26:00,2.55,17850,United Kingdom',
      '500002,85123A,2,2010-12-03 08:26:00,2.55,17850,United Kingdom',
      'C500003,85123A,-3,2010-12-05 08:26:00,2.55,17850,United Kingdom',
      'C500004,99999,-1,2010-12-05 08:26:00,2.55,17850,United Kingdom',
    ].join('\n');
    const { lines, returns, problems } = intakeOf(text);
    expect(lines.map(({ paidFen }) => paidFen)).toEqual([1530, 510]);
    expect(returns.map(({ order, refund, refundFen }) => ({ order, refund, refundFen }))).toEqual([
      { order: '500002', refund: 'C500003#4', refundFen: 510 },
      { order: '500001', refund: 'C500003#4', refundFen: 255 },
    ]);
    expect(problems).toMatchObject([
      {
        kind: 'return-without-purchase',
        line: 5,
        raw: 'C500004,99999,-1,2010-12-05 08:26:00,2.55,17850,United Kingdom',
      },
    ]);
    const looked = (matches: boolean, rows = text) => {
      const { returns: all, hasMatchedReturns, problems: kinds } = intakeOf(rows, undefined, matches).verdict.summary;
      return [all, hasMatchedReturns, kinds.map(({ kind, count }) => [kind, count])];
    };
    expect(looked(true)).toEqual([2, true, [['return-without-purchase', 1]]]);
    expect(looked(false)).toEqual([2, false, []]);
    // Rows of one order that do not follow one another are only put together at writing.
    expect(looked(true, `${text}\n500001,84406B,1,2010-12-01 08:26:00,2.75,17850,United Kingdom`)[1]).toBe(false);
  });

  it('[IMP21] nothing paid is a gift; a refund above what was paid is shown; both may be left out', () => {
    const text = [
      '订单号,买家ID,支付时间,商品编码,数量,商品实付金额,退款金额',
      '1,c1,2026-01-01 10:00,A,1,0,0',
      '2,c1,2026-01-01 10:00,A,1,49.00,59.00',
    ].join('\n');
    const kept = intakeOf(text);
    expect(kept.lines.map(({ isGift, refundFen }) => [isGift, refundFen])).toEqual([
      [true, 0],
      [false, 5900],
    ]);
    expect(kept.problems.map(({ kind, line, cell }) => [kind, line, cell])).toEqual([
      ['paid-nothing', 2, 'A'],
      ['refund-above-paid', 3, '5900/4900'],
    ]);
    const left = intakeOf(text, (mapping) => ({
      ...mapping,
      answers: { ...mapping.answers, choices: { 'paid-nothing': 'leave-out', 'refund-above-paid': 'leave-out' } },
    }));
    expect(left.lines).toEqual([]);
    expect(left.problems).toHaveLength(2);
  });

  it('[IMP22] half of the rows broken: the others arrive, each broken one has its line and reason', () => {
    const text = generic([
      '1,c1,2026-01-01 10:00,A,1,5.5',
      '2,c1,2026-13-02 10:00,A,1,5.5',
      ',c1,2026-01-01 10:00,A,1,5.5',
      '3,c2,2026-01-02 10:00,,1,5.5',
      '4,c2,2026-01-02 10:00,B,many,5.5',
      '5,c2,2026-01-02 10:00,B,2,free',
      '6,c2',
      '7,,2026-01-02 10:00,B,1,5.5',
      '8,c3,2031-01-02 10:00,B,1,5.5',
      '9,c3,2026-01-03 10:00,B,1,6.5',
    ]);
    const { lines, problems, dataRows } = intakeOf(text);
    expect(lines.map(({ order }) => order)).toEqual(['1', '9']);
    expect(problems.map(({ kind, line }) => [line, kind]).sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
      [3, 'time-unreadable'],
      [4, 'order-missing'],
      [5, 'item-missing'],
      [6, 'quantity-unreadable'],
      [7, 'amount-unreadable'],
      [8, 'cells-missing'],
      [9, 'customer-missing'],
      [10, 'time-in-future'],
    ]);
    expect(lines.length + problems.length).toBe(dataRows);
    expect(problems.find(({ line }) => line === 3)).toMatchObject({
      cell: '2026-13-02 10:00',
      raw: '2,c1,2026-13-02 10:00,A,1,5.5',
    });
  });

  it('[IMP22] all rows with a problem are kept while a file is looked at, up to a bound; all are counted', () => {
    const { mapping } = intakeOf(generic(['1,c1,2026-01-01 10:00,A,1,5.5']));
    const scan = createOrderScan({
      mapping,
      shop: '',
      nowMs,
      knownItems: new Set(),
      amountColumn: 5,
      matchesReturns: false,
      keeps: false,
    });
    const broken = ['1', 'c1', 'yesterday', 'A', '1', '5.5'];
    for (let line = 2; line < mostProblems + 12; line++) scan.row(broken, broken.length, line, 'as it stands');
    const { problems, summary } = scan.end();
    expect(problems).toHaveLength(mostProblems);
    expect(problems.at(-1)).toMatchObject({ kind: 'time-unreadable', line: mostProblems + 1, raw: 'as it stands' });
    expect(summary.problems).toMatchObject([{ count: mostProblems + 10 }]);
    expect(summary.problems[0]?.samples).toHaveLength(50);
  });

  it('[IMP15] shares add up to the total exactly, whatever the weights', () => {
    const line = fc.record({ price: fc.integer({ min: 0, max: 99_999 }), quantity: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 500_000 }),
        (items, total) => {
          const rows = items.map(
            ({ price, quantity }, at) =>
              `9,c1,2026-01-01 10:00,I${at},${quantity},${(price / 100).toFixed(2)},${(total / 100).toFixed(2)}`,
          );
          const text = ['订单号,买家ID,支付时间,商品编码,数量,商品价格,订单实付金额', ...rows].join('\n');
          expect(paidOf(text).reduce((sum, fen) => sum + fen, 0)).toBe(total);
        },
      ),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('[IMP22] any order of rows ends with every row accounted for', () => {
    const cell = fc.constantFrom('', 'x', '1', '2', '-3', '2026-01-01 10:00', '-', '9.5', '"a');
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 12 }), (rows) => {
        const text = generic(rows.map((cells) => cells.join(',')));
        const { verdict } = intakeOf(text);
        const { lines, problems, rows: read, returns } = verdict.summary;
        const kept = problems.filter(
          ({ kind }) => !['paid-nothing', 'refund-above-paid', 'status-unknown'].includes(kind),
        );
        expect(lines + returns + kept.reduce((sum, { count }) => sum + count, 0)).toBe(read);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('[IMP23] customer tags are split however they are written; one too long is shown, and the row comes in', () => {
    const text = [
      '订单号,买家ID,支付时间,商品编码,数量,商品实付金额,客户标签',
      '1,c1,2026-01-01 10:00,A,1,5.5,"烘焙爱好者，宝妈;老客、 烘焙爱好者|VIP"',
      `2,c2,2026-01-01 10:00,A,1,5.5,宝妈;${'长'.repeat(25)}`,
      '3,c3,2026-01-01 10:00,A,1,5.5,-',
    ].join('\n');
    const { lines, problems, mapping } = intakeOf(text);
    expect(mapping.columns.at(-1)).toBe('tag');
    expect(lines.map(({ tags }) => tags)).toEqual([['烘焙爱好者', '宝妈', '老客', 'VIP'], ['宝妈'], []]);
    expect(problems.map(({ kind, line }) => [kind, line])).toEqual([['tag-too-long', 3]]);
  });

  it('[IMP22] line numbers are those of the file', () => {
    expect(rowsOf('a,b\n"x\ny",2\n\n3,4').map(({ line }) => line)).toEqual([1, 2, 5]);
  });
});
