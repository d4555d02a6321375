/** A customer as a row of a file, the same in every list that can be saved; the windows of the next product, the evidence. */
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';
import { isoFromDay } from '#core/units/business-day.ts';
import { beliefsWords } from './beliefs.ts';
import { plainYuan } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const customerHeads = phrases(
  [
    '编号',
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
export const customerCells = (row: CustomerRow): (string | number)[] => {
  const words = beliefsWords();
  const { next } = row;
  const day = (value: number): string => (Number.isFinite(value) ? isoFromDay(Math.round(value)) : '');
  return [
    row.id,
    row.alias,
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
