import { expect, test } from 'vitest';
import { parseComments } from '#core/live/parse-comments.ts';
import { parseMinuteTable } from '#core/live/parse-minute-table.ts';

/** 2026-11-20 20:45 in Shanghai. */
const nowMs = Date.parse('2026-11-20T12:45:00Z');
const read = (text: string) => {
  const parsed = parseMinuteTable(text, nowMs);
  if (!parsed.ok) throw new Error(parsed.error.kind);
  return parsed.value;
};

test('[EVT5] ten-minute rows of the room become viewer counts', () => {
  const table = read(
    '时间\t直播间曝光人数\t直播间观看人数\t直播间点赞次数\t直播间评论次数\t直播间新增粉丝数\n20:20\t9,000\t1.2万\t3\t4\t5\n20:20-20:30\t1\t1300\t3\t4\t5\nabc\t1\t2\t3\t4\t5',
  );
  expect(table.events.map((event) => [event.name, event.atMs, event.value])).toEqual([
    ['audience-sampled', nowMs - 25 * 60_000, 12_000],
    ['audience-sampled', nowMs - 15 * 60_000, 1300],
  ]);
  expect(table.problems).toEqual([{ line: 4, kind: 'unreadable-time' }]);
});

test("[EVT5] a minute row's orders and sales count beside its viewers; other columns are named", () => {
  const table = read(
    'Time\tViewers\tOrders\tGMV\tLikes\n20:38\t120\t3\t¥1,090.5\t7\n20:39\t140\t0\t0\t9\n20:40\t1\t0\t5\t1',
  );
  expect(table.events.map((event) => [event.name, event.value, event.count, event.amountFen])).toEqual([
    ['audience-sampled', 120, 1, 0],
    ['order-completed', 0, 3, 109_050],
    ['audience-sampled', 140, 1, 0],
  ]);
  expect(table).toMatchObject({ rows: 2, ignored: ['Likes'] });
  expect(table.problems).toEqual([{ line: 4, kind: 'sales-without-orders' }]);
  expect(read('时间\t订单\t成交\n20:38\t2\t9').ignored).toEqual(['成交']);
  expect(read('时间\t在线人数\t成交金额\n20:38\t2\t9').ignored).toEqual(['成交金额']);
});

test('[EVT5] a table of products gives totals; sums and broken numbers are kept back', () => {
  const table = read(
    '直播商品明细\n商品名称,商品曝光人数,商品点击人数,成交订单数\n原切牛腩,1191,142,31\n合计,9999,999,99\n鲜牛奶,一千,5,2\n燕麦片,800,-,0',
  );
  expect(table.events.map((event) => [event.item, event.counted])).toEqual([
    ['原切牛腩', { counts: [1191, 142, 0, 31], spanSeconds: 0 }],
    ['燕麦片', { counts: [800, 0, 0, 0], spanSeconds: 0 }],
  ]);
  expect(table.problems).toEqual([
    { line: 4, kind: 'sum-row' },
    { line: 5, kind: 'unreadable-number' },
  ]);
});

test('[EVT5] minute rows of a product count since the row before', () => {
  const table = read('时间\t商品\t曝光\t点击\n2026-11-20 20:40\t牛腩\t100\t5\n2026-11-20 20:41\t牛腩\t120\t9');
  expect(table.events.map((event) => event.counted?.spanSeconds)).toEqual([60, 60]);
  expect(parseMinuteTable('a,b\n1,2', nowMs)).toEqual({ ok: false, error: { kind: 'no-known-columns' } });
  expect(parseMinuteTable('  \n', nowMs)).toEqual({ ok: false, error: { kind: 'empty' } });
});

test('[EVT6] pasting again makes the same ids', () => {
  const text = '商品\t曝光\t点击\n牛腩\t100\t5';
  expect(read(text).events[0]?.id).toBe(read(text).events[0]?.id);
  expect(parseComments('20:14:05 小林 能炖吗', nowMs).events[0]?.id).toBe(
    parseComments('20:14:05 小林 能炖吗', nowMs + 5).events[0]?.id,
  );
});

test('[EVT7] comments from JSON lines and from the screen', () => {
  const parsed = parseComments(
    '{"ts":1795178000,"uid":"u1","nick":"小林","text":"能炖吗"}\n\n20:14:05 阿芸：几天到\n20:15 李姐 多少钱\n小周: 有货吗\nBen 🍜: is it spicy\n好看\n{broken\n{"nick":"x"}',
    nowMs,
  );
  expect(parsed.events.map((event) => [event.nickname, event.text, event.viewerKey])).toEqual([
    ['小林', '能炖吗', 'u1'],
    ['阿芸', '几天到', ''],
    ['李姐', '多少钱', ''],
    ['小周', '有货吗', ''],
    ['Ben 🍜', 'is it spicy', ''],
    ['', '好看', ''],
  ]);
  expect(parsed.events[1]?.atMs).toBe(Date.parse('2026-11-20T12:14:05Z'));
  expect(parsed.problems).toEqual([
    { line: 8, kind: 'broken-json' },
    { line: 9, kind: 'no-text' },
  ]);
});
