/** Pasting a platform's table or comments into the broadcast: what was read, what was left out and why. */
import type { TableRowFailure } from '#core/live/parse-minute-table.ts';
import { listed } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

type TableProblem = TableRowFailure | 'broken-json' | 'no-text' | 'too-long';
type TableRefusal = 'empty' | 'no-known-columns' | 'too-long';
const problemsZh: Record<TableProblem, string> = {
  'unreadable-time': '时间读不出',
  'unreadable-number': '数字读不出',
  'no-product': '没有商品名',
  'sum-row': '是合计行，不算商品',
  'sales-without-orders': '有成交金额，没有订单数',
  'broken-json': '这一行JSON不完整',
  'no-text': '没有内容',
  'too-long': '太长了',
};
const problemsEn: Record<TableProblem, string> = {
  'unreadable-time': 'time not readable',
  'unreadable-number': 'number not readable',
  'no-product': 'no product name',
  'sum-row': 'a sum, not a product',
  'sales-without-orders': 'sales without orders',
  'broken-json': 'incomplete JSON',
  'no-text': 'no text',
  'too-long': 'too long',
};
const refusalsZh: Record<TableRefusal, string> = {
  empty: '还没有内容',
  'no-known-columns': '没认出列名：要有“商品、曝光、点击”，或“时间、在线人数或订单数”',
  'too-long': '一次最多5,000行',
};
const refusalsEn: Record<TableRefusal, string> = {
  empty: 'Nothing here yet',
  'no-known-columns': 'No known columns: it takes product, exposures, clicks; or time with viewers or orders',
  'too-long': '5,000 rows at a time',
};

export const livePasteWords = phrases(
  {
    pasteTitle: '粘贴平台的表或评论',
    pasteNote: '从平台后台整块复制，或者把CSV、TXT、JSONL拖进来。重复粘贴不会多算。',
    pasteField: '粘在这里',
    pasteKind: { table: '商品或分钟表', comments: '评论' },
    pasteKindLabel: '这是什么',
    pasteProduct: '商品',
    pasteRead: (rows: string) => `读出${rows}行`,
    pasteKept: (n: string) => `${n}行读不出，留在外面`,
    pasteLine: (line: number, why: string) => `第${line}行：${why}`,
    pasteRoomSum: (orders: string, paid: string) => `会算进${orders}单，成交${paid}`,
    pasteIgnored: (columns: readonly string[]) => `不算这几列：${listed(columns)}`,
    pasteTime: '时间',
    pasteSend: '算进来',
    pasteSent: (n: string) => `算进来${n}条`,
    pasteKnown: (n: string) => `${n}条早就有了`,
    pasteFailed: '没送到服务器',
    pasteFailedWhy: '内容还在框里。连上以后再点一次。',
    problems: problemsZh,
    refusals: refusalsZh,
    dropHere: '松手就读',
  },
  {
    pasteTitle: 'Paste a platform table or comments',
    pasteNote: 'Copy the whole block from the platform, or drop a CSV, TXT or JSONL file. Pasting twice counts once.',
    pasteField: 'Paste here',
    pasteKind: { table: 'Product or minute table', comments: 'Comments' },
    pasteKindLabel: 'What is it',
    pasteProduct: 'Product',
    pasteRead: (rows: string) => `${rows} ${rows === '1' ? 'row' : 'rows'} read`,
    pasteKept: (n: string) => `${n} ${n === '1' ? 'row' : 'rows'} left out`,
    pasteLine: (line: number, why: string) => `Line ${line}: ${why}`,
    pasteRoomSum: (orders: string, paid: string) =>
      `will add ${orders} ${orders === '1' ? 'order' : 'orders'}, ${paid} sold`,
    pasteIgnored: (columns: readonly string[]) => `Not counted: ${listed(columns)}`,
    pasteTime: 'Time',
    pasteSend: 'Count it',
    pasteSent: (n: string) => `${n} counted`,
    pasteKnown: (n: string) => `${n} were already here`,
    pasteFailed: 'Did not reach the server',
    pasteFailedWhy: 'The text is still in the field. Press again once connected.',
    problems: problemsEn,
    refusals: refusalsEn,
    dropHere: 'Let go to read it',
  },
);
