/** A customer as a row of a file, the same in every list that can be saved; the windows of the next product, the evidence. */
import { type PlatformNumbers, platformNumberKinds } from '#core/identity/platform-numbers.ts';
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';
import { isoFromDay } from '#core/units/business-day.ts';
import { beliefsWords } from './beliefs.ts';
import { customerName } from './customer-name.ts';
import { plainYuan } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

/** The numbers by which the shop's own systems know a customer. */
export const numberHeads: Readonly<Record<'zh' | 'en', readonly string[]>> = {
  zh: ['会员号', 'OpenID', 'UnionID', '企微外部联系人ID'],
  en: ['Member number', 'OpenID', 'UnionID', 'WeCom external id'],
};

export const customerHeads = phrases(
  [
    '编号',
    ...numberHeads.zh,
    '称呼',
    '手机尾号',
    '分层',
    '阶段',
    '累计实付（元）',
    '单数',
    '最近购买',
    '60天流失风险',
    '下次商品',
    '窗口开始',
    '窗口中间',
    '窗口结束',
    '14天内',
    '依据',
  ],
  [
    'Id',
    ...numberHeads.en,
    'Name',
    'Phone',
    'Group',
    'Stage',
    'Spent (CNY)',
    'Orders',
    'Last purchase',
    'Churn risk 60 days',
    'Next product',
    'Window from',
    'Window middle',
    'Window to',
    'Within 14 days',
    'Evidence',
  ],
);

/** In the order of `customerHeads`. */
export const customerCells = (row: CustomerRow & { readonly numbers: PlatformNumbers }): (string | number)[] => {
  const words = beliefsWords();
  const { next } = row;
  const day = (value: number): string => (Number.isFinite(value) ? isoFromDay(Math.round(value)) : '');
  return [
    row.id,
    ...numberCells(row.numbers),
    customerName(row.id, row.alias),
    row.maskedPhone,
    words.rfm[row.rfm],
    words.stages[row.stage],
    plainYuan(row.netFen),
    row.orders,
    row.lastDay < 0 ? '' : isoFromDay(row.lastDay),
    row.orders === 0 ? '' : row.churn60,
    next?.product ?? '',
    next ? day(next.p10) : '',
    next ? day(next.p50) : '',
    next ? day(next.p90) : '',
    next && next.evidence !== 'insufficient-evidence' ? next.within14 : '',
    next ? words.evidence[next.evidence] : '',
  ];
};

/** In the order of `numberHeads`; several of a kind with blanks between. */
export const numberCells = (numbers: PlatformNumbers): string[] =>
  platformNumberKinds.map((kind) => numbers[kind].join(' '));
