/** What customers will still buy and spend. */
import { count, decimal } from './format.svelte.ts';
import { numberHeads } from './customer-cells.ts';
import { phrases } from './phrases.svelte.ts';

export const valueViewWords = phrases(
  {
    horizonLabel: '看多久',
    horizon: (days: number): string => (days === 365 ? '一年' : `${days}天`),
    missing: '还算不出价值',
    missingSentence: (have: number, needed: number): string =>
      `要有${count(needed)}位买过两次以上的顾客，现在有${count(have)}位。再多一些订单就能算。`,
    notLearnt: '规律还没学好：后台正从昨天为止的订单里学，学好了这里会自己出来。',
    total: (days: number): string => (days === 365 ? '往后一年' : `往后${days}天`),
    money: '预计花费',
    noMoney: '金额还不够算',
    between: (low: string, high: string): string => `八成可能在${low}到${high}之间`,
    fromTo: (low: string, high: string): string => `${low}–${high}`,
    from: (low: string): string => `${low}以上`,
    purchases: '预计购买',
    times: (n: number, decimals: number): string =>
      n > 0 && n < 0.05 ? `不到${decimal(0.1)}次` : `${decimal(n, decimals)}次`,
    topTenth: '前一成顾客占',
    everybody: '全部',
    byName: 'RFM分层',
    byStage: '阶段',
    bySegment: '人群',
    unnamed: '没起名的人群',
    peopleCount: '人数',
    range: '八成可能',
    spent: '已经花了',
    distribution: '按预计花费分布',
    people: '顾客',
    sort: '怎么排',
    sorts: { value: '预计最多', risk: '最可能失去' },
    atRisk: (fen: string): string => `可能失去${fen}`,
    how: (customers: number, returners: number, day: string): string =>
      `用${count(customers)}位顾客到${day}为止的购买（其中${count(returners)}位回来过）估出每个人还会来几次（BG/NBD）和每次花多少（Gamma-Gamma）。区间假定各人互不影响，所以全店同涨同跌的季节不在里面。`,
    howRisk: '“可能失去”是90天内预计的花费乘以60天不再来的可能。',
    groupHead: ['分组', '人数', '预计购买次数', '预计花费（元）', '下限（元）', '上限（元）', '累计实付（元）'],
    personHead: [
      '编号',
      ...numberHeads.zh,
      '称呼',
      '分层',
      '预计购买次数',
      '预计花费（元）',
      '下限（元）',
      '上限（元）',
      '可能失去（元）',
      '累计实付（元）',
    ],
  },
  {
    horizonLabel: 'Horizon',
    horizon: (days: number): string => (days === 365 ? 'One year' : `${days} days`),
    missing: 'No value yet',
    missingSentence: (have: number, needed: number): string =>
      `It takes ${count(needed)} customers who bought more than once; there are ${count(have)}. More orders will do.`,
    notLearnt:
      'Nothing has been learnt yet: it happens in the background, from the orders up to yesterday, and appears here by itself.',
    total: (days: number): string => (days === 365 ? 'The next year' : `The next ${days} days`),
    money: 'Expected to spend',
    noMoney: 'Not enough amounts yet',
    between: (low: string, high: string): string => `four times in five ${low} to ${high}`,
    fromTo: (low: string, high: string): string => `${low}–${high}`,
    from: (low: string): string => `${low} and more`,
    purchases: 'Expected purchases',
    times: (n: number, decimals: number): string =>
      n > 0 && n < 0.05
        ? `under ${decimal(0.1)} purchases`
        : `${decimal(n, decimals)} ${decimal(n, decimals) === '1' ? 'purchase' : 'purchases'}`,
    topTenth: 'Share of the best tenth',
    everybody: 'Everybody',
    byName: 'RFM group',
    byStage: 'Stage',
    bySegment: 'Segment',
    unnamed: 'Unnamed segment',
    peopleCount: 'People',
    range: 'Four in five',
    spent: 'Spent so far',
    distribution: 'By expected spending',
    people: 'Customers',
    sort: 'Order',
    sorts: { value: 'Most expected', risk: 'Most at risk' },
    atRisk: (fen: string): string => `${fen} at risk`,
    how: (customers: number, returners: number, day: string): string =>
      `From the purchases of ${count(customers)} customers up to ${day} (${count(returners)} came back): how often each will still come (BG/NBD) and how much a purchase is (Gamma-Gamma). The interval takes people to act independently, so a season that moves everybody lies outside.`,
    howRisk: '“At risk” is the spending expected within 90 days times the chance of not coming back in 60.',
    groupHead: ['Group', 'People', 'Expected purchases', 'Expected (CNY)', 'Low (CNY)', 'High (CNY)', 'Spent (CNY)'],
    personHead: [
      'Id',
      ...numberHeads.en,
      'Name',
      'Group',
      'Expected purchases',
      'Expected (CNY)',
      'Low (CNY)',
      'High (CNY)',
      'At risk (CNY)',
      'Spent (CNY)',
    ],
  },
);
