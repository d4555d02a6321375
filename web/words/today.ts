import { dueChance } from '#core/insight/repurchase/due-chance.ts';
import type { FollowUpRule } from '#core/journeys/decision-id.ts';
import { count, plural, roundedMoney, signed, span } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

const zhGroups: Record<FollowUpRule, string> = {
  'follow-up/watched': '看了没下单的',
  'follow-up/ordered': '下了单的',
  'follow-up/missed': '没看但很可能买的',
};
const enGroups: Record<FollowUpRule, string> = {
  'follow-up/watched': 'watched without ordering',
  'follow-up/ordered': 'ordered',
  'follow-up/missed': 'missed it and are likely to buy',
};

/** Days from today. */
interface Window {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}
const fromToday = (days: number): string => {
  const whole = Math.round(days);
  return whole === 0 ? '今天' : whole < 0 ? `${count(-whole)}天前` : `${count(whole)}天后`;
};
const enFromToday = (days: number): string => {
  const whole = Math.round(days);
  const unit = Math.abs(whole) === 1 ? 'day' : 'days';
  return whole === 0 ? 'today' : whole < 0 ? `${count(-whole)} ${unit} ago` : `in ${count(whole)} ${unit}`;
};

export const todayWords = phrases(
  {
    title: '今天',
    loading: '正在打开',
    computing: '正在算',
    failed: '数字算不出来',
    failedSentence: '事实都还在。换个标签页或重开这一页再试；清单和流程表照常能用。',
    toDo: '要你动手的',
    yours: '你的事',
    byDeadline: '按截止时间排',
    left: (ms: number) => `还剩${span(ms)}`,
    late: (ms: number) => `晚了${span(ms)}`,
    noDeadline: '不赶时间',
    open: '去看',
    fix: '去改',
    send: '去发',
    confirm: '去确认',
    untitled: '没起名字',
    cardNote: (campaign: string, note: string) => (note ? `${note} · ${campaign}` : campaign),
    lawTitle: (title: string, n: number) => `${title}：${n}处没过广告法检查`,
    lawNote: (words: string, campaign: string) => `“${words}” · ${campaign}`,
    scriptTitle: (n: number) => `${n}段还没有话术`,
    scriptNote: (names: string, campaign: string) => `${names} · ${campaign}`,
    groupTitle: (rule: FollowUpRule, n: number) => `${zhGroups[rule]}${count(n)}人还没发`,
    groupNote: (campaign: string, leftOut: number) =>
      leftOut > 0 ? `${campaign} · 另有${count(leftOut)}人这次不打扰` : campaign,
    tagsTitle: (n: number) => `${count(n)}个商品的标签等你点头`,
    tagsNote: '点了头，顾客的兴趣才会跟着算',
    more: (n: number) => `还有${n}件`,
    fewer: '收起',
    nothing: '手上没有要赶的事',
    nothingNote: '有截止的清单、没发完的跟进、没过检查的话术，都会排到这里。',
    doneToday: (n: number) => `清单里已经办好${n}件`,
    // Due
    due: '今天该补货的顾客',
    people: (n: number) => `${count(n)}人`,
    overdueNote: (n: number) => (n > 0 ? `另有${count(n)}人过了复购期` : ''),
    product: '商品',
    peopleHead: '人数',
    soonHead: '7天内再有',
    reasonHead: '依据',
    windowHead: '补货窗口，按离今天几天',
    tick: (days: number) => (days === 0 ? '今天' : days < 0 ? `${signed(days)}天` : signed(days)),
    window: ({ p10, p50, p90 }: Window, orders: number) =>
      `窗口中位：${fromToday(p10)}到${fromToday(p90)}，中间${fromToday(p50)}；14天内预计${count(Math.round(orders))}单`,
    reason: (own: number, blend: number, prior: number) =>
      [
        own > 0 ? `自身周期${count(own)}人` : '',
        blend > 0 ? `混合${count(blend)}人` : '',
        prior > 0 ? `品类先验${count(prior)}人` : '',
      ]
        .filter(Boolean)
        .join('，'),
    mostlyPast: (days: number) => `多数已过中位日${count(days)}天`,
    barFoot: '条形是这些人窗口的中位，粗线是中位日，细线是今天',
    dueFoot: `人数：补货窗口（第10到第90百分位）含今天，7天内会买的可能有${dueChance * 100}%以上`,
    computedAt: (time: string, orders: string) => `算于${time}${orders ? ` · ${orders}` : ''}`,
    noneDue: '今天没有人正好到补货的时候',
    noneDueToday: '周期已经算出来了，只是没有谁的窗口正落在今天、又在 7 天内够可能下单。补货日历里看得到接下来的日子。',
    noneDueNote: '买过两次以上的商品才算得出周期。订单越全，这里越准。',
    seeAll: '看全部',
    // Next broadcast
    onAirNow: '正在播',
    tonight: (time: string) => `今晚${time}`,
    todayAt: (time: string) => `今天${time}`,
    tomorrowAt: (time: string) => `明天${time}`,
    inMs: (ms: number) => `还有${span(ms)}`,
    hosts: (names: string) => `主播${names}`,
    products: (n: number) => `${n}个商品`,
    about: (ms: number) => `约${span(ms)}`,
    ready: '清单已好',
    scripts: '话术能播',
    checklist: '小项已勾',
    of: (done: number, all: number) => `${count(done)} / ${count(all)}`,
    openShow: '打开流程表',
    openLive: '去直播间',
    openHost: '进主播视图',
    noNext: '还没排下一场',
    noNextNote: '先定时间，再把商品排进流程表。',
    noNextReader: '运营排好下一场，这里就能看到。',
    plan: '排一场',
    yourItems: '你讲的',
    // Week
    week: '这周的变化',
    weekNote: '比7天前',
    risk: (all: number, fresh: number, fen: number) =>
      `这周新进流失预警${count(fresh)}人，涉及${roundedMoney(fen)}；预警里一共${count(all)}人`,
    noRisk: '没有人在流失预警里',
    list: '看名单',
    // After
    after: (title: string) => `${title} · 72小时`,
    afterNote: (sent: number, all: number) =>
      all > 0 ? `已发${count(sent)} / ${count(all)}人` : '这一场没有要跟进的人',
    afterReader: '下播后的72小时',
    // Fresh
    freshTitle: '从一份订单开始',
    freshSentence: '导入最近几个月的订单，马上能看到谁该补货、谁快要走。或者先排一场直播。',
    freshReaderTitle: '今天还没有要看的',
    freshReader: '运营导入订单、排好场次，就能看到。',
    freshPlanReader: '排好场次，就能看到。',
    freshReaderAct: '先看场次',
    importOrders: '导入订单',
    planFirst: '先排一场直播',
  },
  {
    title: 'Today',
    loading: 'Opening',
    computing: 'Working it out',
    failed: 'The figures cannot be worked out',
    failedSentence: 'No fact is lost. Open this page again or in another tab; tasks and run of show work as ever.',
    toDo: 'For you to do',
    yours: 'Yours',
    byDeadline: 'by deadline',
    left: (ms: number) => `${span(ms)} left`,
    late: (ms: number) => `${span(ms)} late`,
    noDeadline: 'no hurry',
    open: 'Open',
    fix: 'Fix',
    send: 'Send',
    confirm: 'Confirm',
    untitled: 'No name yet',
    cardNote: (campaign: string, note: string) => (note ? `${note} · ${campaign}` : campaign),
    lawTitle: (title: string, n: number) => `${title}: ${n} ${n === 1 ? 'claim fails' : 'claims fail'} the law check`,
    lawNote: (words: string, campaign: string) => `“${words}” · ${campaign}`,
    scriptTitle: (n: number) => `${n} ${n === 1 ? 'part has' : 'parts have'} no script`,
    scriptNote: (names: string, campaign: string) => `${names} · ${campaign}`,
    groupTitle: (rule: FollowUpRule, n: number) => `${count(n)} who ${enGroups[rule]}, not sent yet`,
    groupNote: (campaign: string, leftOut: number) =>
      leftOut > 0 ? `${campaign} · ${count(leftOut)} others left alone this time` : campaign,
    tagsTitle: (n: number) => `Tags of ${count(n)} ${n === 1 ? 'product wait' : 'products wait'} for your word`,
    tagsNote: 'Only confirmed tags reach customers’ interests',
    more: (n: number) => `${n} more`,
    fewer: 'Show fewer',
    nothing: 'Nothing presses',
    nothingNote: 'Tasks with a deadline, unsent follow-up and scripts that fail the check appear here.',
    doneToday: (n: number) => `${n} ${n === 1 ? 'task' : 'tasks'} already done`,
    due: 'Due to reorder today',
    people: (n: number) => count(n),
    overdueNote: (n: number) => (n > 0 ? `${count(n)} more are past the window` : ''),
    product: 'Product',
    peopleHead: 'People',
    soonHead: 'More in 7 days',
    reasonHead: 'Based on',
    windowHead: 'Window, in days from today',
    tick: (days: number) => (days === 0 ? 'today' : days < 0 ? `${signed(days)}\u00a0d` : signed(days)),
    window: ({ p10, p50, p90 }: Window, orders: number) =>
      `Middle window: ${enFromToday(p10)} to ${enFromToday(p90)}, median ${enFromToday(p50)}; ${count(Math.round(orders))} orders expected in 14 days`,
    reason: (own: number, blend: number, prior: number) =>
      [
        own > 0 ? `own cycle ${count(own)}` : '',
        blend > 0 ? `blend ${count(blend)}` : '',
        prior > 0 ? `category ${count(prior)}` : '',
      ]
        .filter(Boolean)
        .join(', '),
    mostlyPast: (days: number) => `most are ${count(days)}\u00a0days past their median`,
    barFoot: 'Bar: their middle window; thick line: its median; thin line: today',
    dueFoot: `People whose window (10th to 90th percentile) holds today and who buy within 7 days at ${dueChance * 100}% or more`,
    computedAt: (time: string, orders: string) => `worked out ${time}${orders ? ` · ${orders}` : ''}`,
    noneDue: 'Nobody is due today',
    noneDueToday:
      'Cycles are known; nobody’s window holds today with a good enough chance within 7 days. The due calendar shows the days ahead.',
    noneDueNote: 'A cycle takes two purchases of a product. The more complete the orders, the better this list.',
    seeAll: 'See all',
    onAirNow: 'On air',
    tonight: (time: string) => `Tonight ${time}`,
    todayAt: (time: string) => `Today ${time}`,
    tomorrowAt: (time: string) => `Tomorrow ${time}`,
    inMs: (ms: number) => `in ${span(ms)}`,
    hosts: (names: string) => `Host ${names}`,
    products: (n: number) => plural(n, 'product'),
    about: (ms: number) => `about ${span(ms)}`,
    ready: 'Tasks done',
    scripts: 'Scripts ready to say',
    checklist: 'Lines ticked',
    of: (done: number, all: number) => `${count(done)} / ${count(all)}`,
    openShow: 'Open run of show',
    openLive: 'Live room',
    openHost: 'Host view',
    noNext: 'No broadcast planned',
    noNextNote: 'Set a time, then line up the products.',
    noNextReader: 'The next one appears here once an operator has planned it.',
    plan: 'Plan one',
    yourItems: 'What you present',
    week: 'This week',
    weekNote: 'against 7 days ago',
    risk: (all: number, fresh: number, fen: number) =>
      `${count(fresh)} new in churn warning this week, ${roundedMoney(fen)} at stake; ${count(all)} in it altogether`,
    noRisk: 'Nobody is in churn warning',
    list: 'See the list',
    after: (title: string) => `${title} · 72 hours`,
    afterNote: (sent: number, all: number) => (all > 0 ? `${count(sent)} / ${count(all)} sent` : 'nobody to follow up'),
    afterReader: 'The 72 hours after the broadcast',
    freshTitle: 'Start with an order file',
    freshSentence:
      'Import the last months’ orders and see who is due and who is drifting away. Or plan a broadcast first.',
    freshReaderTitle: 'Nothing to see yet today',
    freshReader: 'It appears once an operator has imported orders or planned a broadcast.',
    freshPlanReader: 'It appears once an operator has planned a broadcast.',
    freshReaderAct: 'See the broadcasts',
    importOrders: 'Import orders',
    planFirst: 'Plan a broadcast',
  },
);
