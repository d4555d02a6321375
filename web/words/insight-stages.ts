/** Where customers stand on two days, and how they went from one to the other. */
import { count } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const stageFlowWords = phrases(
  {
    kind: '按什么看',
    byStage: '生命周期阶段',
    byRfm: 'RFM分层',
    since: '和哪天比',
    span: (days: number): string => `和${days}天前比`,
    dates: '自己选两天',
    fromDay: '从哪天',
    toDay: '到哪天',
    today: '今天',
    absent: '当时还不认识',
    flows: '谁走到了哪一步',
    flowsNote: (from: string, to: string): string => `左边是${from}，上面是${to}；点数字看名单`,
    corner: '从 \\ 到',
    sum: '合计',
    cell: (from: string, to: string, n: number, on: string): string =>
      from === '' ? `${on}在${to}：${count(n)}人` : `从${from}到${to}：${count(n)}人`,
    peopleTitle: (from: string, to: string, on: string): string => (from === '' ? `${on}在${to}` : `${from} → ${to}`),
    howStage:
      '阶段按每个人自己的节奏定：平时隔几天买一次，超过1.5倍还没来就算流失预警；买过4单以上是忠诚。用同一套规则算两天的状态，再数每一格有多少人。对角线是没动的人。',
    howRfm: '分层按店里设的界线（最近、次数、金额）算两天的状态，再数每一格有多少人。对角线是没动的人。',
  },
  {
    kind: 'Seen by',
    byStage: 'Life stage',
    byRfm: 'RFM group',
    since: 'Compared with',
    span: (days: number): string => `Against ${days} days ago`,
    dates: 'Any two days',
    fromDay: 'From',
    toDay: 'To',
    today: 'today',
    absent: 'Not known then',
    flows: 'Who moved where',
    flowsNote: (from: string, to: string): string => `Left: ${from}. Top: ${to}. Open a number for its people.`,
    corner: 'From \\ to',
    sum: 'Sum',
    cell: (from: string, to: string, n: number, on: string): string =>
      from === '' ? `${to}, ${on}: ${count(n)}` : `From ${from} to ${to}: ${count(n)}`,
    peopleTitle: (from: string, to: string, on: string): string => (from === '' ? `${to}, ${on}` : `${from} → ${to}`),
    howStage:
      "A stage goes by each person's own rhythm: later than 1.5 times their usual interval is a churn warning, four orders and more are loyal. Both days are read by the same rules and each cell counts people. The diagonal are those who stayed.",
    howRfm:
      "Groups go by the shop's own boundaries for recency, frequency and spending, on both days. Each cell counts people. The diagonal are those who stayed.",
  },
);
