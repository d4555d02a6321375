/** Beliefs and their reasons as sentences, for every screen that shows a customer. Codes and numbers come from core. */
import type { BehaviourName } from '#core/datasets/fact.ts';
import type { Evidence, RfmName, Stage } from '#core/insight/profile/belief-columns.ts';
import type { StageReason } from '#core/insight/lifecycle/derive-stage.ts';
import { count, day, decimal, percent, plural } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export interface BeliefWords {
  readonly rfm: Readonly<Record<RfmName, string>>;
  readonly stages: Readonly<Record<Stage, string>>;
  stageReason(reason: StageReason): string;
  readonly evidence: Readonly<Record<Evidence, string>>;
  /** The window as a sentence, for screen readers and hover. */
  window(p10: number, p50: number, p90: number, within14: number): string;
  around(p50: number): string;
  /** The likeliest day is behind; the window is still open. */
  awaited(p50: number): string;
  /** The window is behind. */
  pastSince(p90: number): string;
  missing(purchases: number): string;
  channel(code: string): string;
  contact(code: string): string;
  behaviour(name: BehaviourName): string;
  daysAgo(days: number): string;
  readonly consent: Readonly<Record<'granted' | 'refused' | 'unknown', string>>;
  /** Where a consent comes from. */
  consentSource(source: string): string;
  people(n: number): string;
  orders(n: number): string;
}

const channelsZh: Readonly<Record<string, string>> = {
  live: '直播',
  'mini-program': '小程序',
  community: '社群',
  wecom: '企微',
  pos: '门店',
};
const channelsEn: Readonly<Record<string, string>> = {
  live: 'Live',
  'mini-program': 'Mini-program',
  community: 'Community',
  wecom: 'WeCom',
  pos: 'In store',
};
const contactZh: Readonly<Record<string, string>> = {
  'wecom-1v1': '企微',
  community: '社群',
  sms: '短信',
  'service-account': '公众号',
  manual: '人工',
};
const contactEn: Readonly<Record<string, string>> = {
  'wecom-1v1': 'WeCom',
  community: 'Community',
  sms: 'SMS',
  'service-account': 'Service account',
  manual: 'By hand',
};

const behavioursZh: Partial<Record<BehaviourName, string>> = {
  'viewer-joined': '进了直播间',
  'product-viewed': '看了',
  'product-clicked': '点开了',
  'product-added': '加购了',
  'comment-posted': '说了话',
  'clip-watched': '看了片段',
  'promotion-opened': '打开了优惠内容',
  'knowledge-opened': '打开了科普内容',
  'story-opened': '打开了故事内容',
  'link-clicked': '点了链接',
  'promise-made': '我们答应过',
  'promise-kept': '已经兑现',
  'complaint-opened': '提了意见',
  'complaint-closed': '意见已处理',
  'opted-out': '说了不要再发',
};
const behavioursEn: Partial<Record<BehaviourName, string>> = {
  'viewer-joined': 'Joined a broadcast',
  'product-viewed': 'Viewed',
  'product-clicked': 'Clicked',
  'product-added': 'Added to cart',
  'comment-posted': 'Wrote a comment',
  'clip-watched': 'Watched a clip',
  'promotion-opened': 'Opened a promotion',
  'knowledge-opened': 'Opened something to learn',
  'story-opened': 'Opened a story',
  'link-clicked': 'Followed a link',
  'promise-made': 'We promised',
  'promise-kept': 'Promise kept',
  'complaint-opened': 'Complained',
  'complaint-closed': 'Complaint closed',
  'opted-out': 'Asked for no more messages',
};

const agoZh = (days: number): string => (days === 0 ? '今天' : days === 1 ? '昨天' : `${days}天前`);
const ago = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`);
const range = (from: number, to: number): string => `${day(Math.round(from))}–${day(Math.round(to))}`;

const zh: BeliefWords = {
  rfm: { vip: 'VIP', active: '活跃客', new: '新客', sleeping: '沉睡客', lost: '流失客', none: '未下单' },
  stages: {
    aware: '认知期',
    considering: '考虑期',
    'first-purchase': '首购期',
    repurchasing: '复购期',
    loyal: '忠诚期',
    'churn-warning': '流失预警',
  },
  stageReason: (reason) => {
    switch (reason.kind) {
      case 'never-engaged':
        return '还没买过，也没有看过、点过什么';
      case 'engaged':
        return `还没买过，${agoZh(reason.daysAgo)}还在看`;
      case 'engaged-long-ago':
        return `还没买过，上次来看是${agoZh(reason.daysAgo)}`;
      case 'one-order':
        return `只买过1单，${agoZh(reason.daysSince)}`;
      case 'some-orders':
        return `买过${reason.orders}单，最近一单${agoZh(reason.daysSince)}`;
      case 'many-orders':
        return `买过${reason.orders}单，节奏没断，最近一单${agoZh(reason.daysSince)}`;
      case 'overdue':
        return `${reason.interval === 'own' ? '自己的节奏是' : '店里一般'}${decimal(reason.intervalDays)}天一买，现在${reason.daysSince}天没来，是${decimal(reason.ratio)}倍`;
    }
  },
  evidence: { own: '自身历史', blend: '混合', prior: '品类先验', 'insufficient-evidence': '还不够' },
  window: (p10, p50, p90, within14) =>
    `${range(p10, p90)}，多半在${day(Math.round(p50))}前后；14天内${percent(within14)}`,
  around: (p50) => `${day(Math.round(p50))}前后`,
  awaited: (p50) => `原估${day(Math.round(p50))}，还没买`,
  pastSince: (p90) => `${day(Math.round(p90))}起过了复购期`,
  missing: (purchases) => `买过${purchases}次，还差${Math.max(0, 3 - purchases)}次`,
  channel: (code) => channelsZh[code] ?? code,
  contact: (code) => contactZh[code] ?? code,
  behaviour: (name) => behavioursZh[name] ?? name,
  daysAgo: (days) => (days <= 0 ? '今天' : days === 1 ? '昨天' : `${days}天`),
  consent: { granted: '可用', refused: '不要再发', unknown: '没有授权' },
  consentSource: (source) =>
    source.startsWith('import:')
      ? '导入的名单里写明'
      : source.startsWith('basis:')
        ? source.slice(6)
        : source.startsWith('member:')
          ? '同事记下的'
          : source === 'message'
            ? '本人说的'
            : source,
  people: (n) => `${count(n)}人`,
  orders: (n) => `${count(n)}单`,
};

const en: BeliefWords = {
  rfm: { vip: 'VIP', active: 'Active', new: 'New', sleeping: 'Sleeping', lost: 'Lost', none: 'No order yet' },
  stages: {
    aware: 'Aware',
    considering: 'Considering',
    'first-purchase': 'First purchase',
    repurchasing: 'Repurchasing',
    loyal: 'Loyal',
    'churn-warning': 'Churn warning',
  },
  stageReason: (reason) => {
    switch (reason.kind) {
      case 'never-engaged':
        return 'No order, and nothing viewed or clicked yet';
      case 'engaged':
        return `No order yet; was looking ${ago(reason.daysAgo)}`;
      case 'engaged-long-ago':
        return `No order yet; last looked ${ago(reason.daysAgo)}`;
      case 'one-order':
        return `1 order, ${ago(reason.daysSince)}`;
      case 'some-orders':
        return `${plural(reason.orders, 'order')}, the last ${ago(reason.daysSince)}`;
      case 'many-orders':
        return `${plural(reason.orders, 'order')} and still in rhythm, the last ${ago(reason.daysSince)}`;
      case 'overdue':
        return `${reason.interval === 'own' ? 'Own cycle' : 'The shop’s usual cycle'} is ${decimal(reason.intervalDays)} days; ${reason.daysSince} days without a purchase is ${decimal(reason.ratio)} times that`;
    }
  },
  evidence: { own: 'Own history', blend: 'Blend', prior: 'Category prior', 'insufficient-evidence': 'Not enough yet' },
  window: (p10, p50, p90, within14) =>
    `${range(p10, p90)}, most likely around ${day(Math.round(p50))}; within 14 days ${percent(within14)}`,
  around: (p50) => `around ${day(Math.round(p50))}`,
  awaited: (p50) => `expected since ${day(Math.round(p50))}`,
  pastSince: (p90) => `past since ${day(Math.round(p90))}`,
  missing: (purchases) => `not enough data yet: ${purchases} of 3 purchases`,
  channel: (code) => channelsEn[code] ?? code,
  contact: (code) => contactEn[code] ?? code,
  behaviour: (name) => behavioursEn[name] ?? name,
  daysAgo: (days) => (days <= 0 ? 'today' : `${days}\u00a0${days === 1 ? 'day' : 'days'}`),
  consent: { granted: 'allowed', refused: 'said no', unknown: 'not granted' },
  consentSource: (source) =>
    source.startsWith('import:')
      ? 'said in an imported list'
      : source.startsWith('basis:')
        ? source.slice(6)
        : source.startsWith('member:')
          ? 'noted by a colleague'
          : source === 'message'
            ? 'said so themselves'
            : source,
  people: (n) => `${count(n)}\u00a0${n === 1 ? 'person' : 'people'}`,
  orders: (n) => `${count(n)}\u00a0${n === 1 ? 'order' : 'orders'}`,
};

export const beliefsWords = phrases<BeliefWords>(zh, en);
