/** The 72 hours after a broadcast: its groups, the list of people, what was sent; a message and the results stand in `journeys-<topic>.ts`. */
import type { FollowUpRule } from '#core/journeys/decision-id.ts';
import type { FollowUpStep, LeftOutReason } from '#core/journeys/follow-up.ts';
import { dayFromMs, dayMs } from '#core/units/business-day.ts';
import { clock, count, dayOfMs, span } from './format.svelte.ts';
import { numberHeads } from './customer-cells.ts';
import { phrases } from './phrases.svelte.ts';

type Rules = Readonly<Record<FollowUpRule, string>>;
type Steps = Readonly<Record<FollowUpStep, string>>;
type Reasons = Readonly<Record<LeftOutReason, string>>;

const rulesZh: Rules = {
  'follow-up/watched': '看了没下单',
  'follow-up/ordered': '下了单',
  'follow-up/missed': '没看但很可能买',
};
const rulesEn: Rules = {
  'follow-up/watched': 'Watched, no order',
  'follow-up/ordered': 'Ordered',
  'follow-up/missed': 'Missed it, likely to buy',
};
const stepsZh: Steps = {
  coupon: '专属85折券',
  confirm: '订单确认',
  guide: '储存和吃法',
  'before-cycle': '快吃完了，95折券',
  clip: '片段和商品',
};
const stepsEn: Steps = {
  coupon: 'Own coupon, 15% off',
  confirm: 'Order confirmation',
  guide: 'How to keep and cook it',
  'before-cycle': 'Nearly used up, 5% off',
  clip: 'Clip and product',
};
const stepNotesZh: Steps = {
  coupon: '收到后24小时内有效，内容用停得最久的那个商品',
  confirm: '通知类，不含促销',
  guide: '24小时内，通知类',
  'before-cycle': '每人按自己的周期，提前3天',
  clip: '24小时内，按可能性从高到低',
};
const stepNotesEn: Steps = {
  coupon: 'valid 24 h from delivery, about the product looked at longest',
  confirm: 'a service message, no promotion',
  guide: 'within 24 h, a service message',
  'before-cycle': 'each at their own cycle, 3 days ahead',
  clip: 'within 24 h, most likely first',
};
const leftOutZh: Reasons = {
  refused: '退出了营销',
  'no-consent': '没授权',
  'weekly-cap': '本周已收满2条',
  'open-complaint': '投诉没处理完',
  'bought-meanwhile': '已经买了',
  'no-evidence': '数据还不够',
  'hold-out': '对照组，有意不发',
  'only-gifts': '只有赠品',
  excluded: '不算顾客',
};
const leftOutEn: Reasons = {
  refused: 'opted out',
  'no-consent': 'no consent',
  'weekly-cap': 'had 2 this week',
  'open-complaint': 'open complaint',
  'bought-meanwhile': 'bought already',
  'no-evidence': 'not enough data yet',
  'hold-out': 'held out on purpose',
  'only-gifts': 'with gifts only',
  excluded: 'not customers',
};

/** `20:00`, `明天10:00`, `11月29日10:00`. */
const whenZh = (ms: number, nowMs: number): string => {
  const days = dayFromMs(ms) - dayFromMs(nowMs);
  return days === 0 ? clock(ms) : `${days === 1 ? '明天' : days === -1 ? '昨天' : dayOfMs(ms)}${clock(ms)}`;
};
const whenEn = (ms: number, nowMs: number): string => {
  const days = dayFromMs(ms) - dayFromMs(nowMs);
  return days === 0 ? clock(ms) : `${days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : dayOfMs(ms)} ${clock(ms)}`;
};

/** Above two days the hours stop mattering. */
const leftZh = (ms: number): string => (Math.abs(ms) > 3 * dayMs ? `${Math.round(Math.abs(ms) / dayMs)}天` : span(ms));
const leftEn = (ms: number): string =>
  Math.abs(ms) > 3 * dayMs ? `${Math.round(Math.abs(ms) / dayMs)}\u00a0days` : span(ms);

export const journeysWords = phrases(
  {
    title: '跟进',
    comma: '，',
    golden: '黄金72小时',
    ended: (name: string, ms: number) => `${name}，${clock(ms)}下播`,
    passed: (goneMs: number, leftMs: number, untilMs: number) =>
      leftMs > 0
        ? `过了${span(goneMs)}，还剩${span(leftMs)}，到${dayOfMs(untilMs)}${clock(untilMs)}`
        : `72小时已过，${dayOfMs(untilMs)}${clock(untilMs)}结束`,
    onlySent: '只数真正发出去的',
    export: '导出名单',
    exportName: '跟进名单',
    print: '打印',
    printed: (when: string) => `${when}打印`,
    printRows: (n: number, all: number) => (n < all ? `最急的${count(n)}条，共${count(all)}条` : `${count(all)}条`),
    tabs: { label: '看什么', todo: '跟进', results: '7天结果' },
    rules: rulesZh,
    messages: '跟进消息',
    steps: stepsZh,
    stepNotes: stepNotesZh,
    people: (n: number) => `${count(n)}人`,
    leftBig: (ms: number) => `还剩${leftZh(ms)}`,
    allSent: '都发了',
    nobody: '没有人',
    notDone: (n: number) => `${count(n)}人没赶上`,
    until: (ms: number, nowMs: number) => `到${whenZh(ms, nowMs)}`,
    was: (ms: number, nowMs: number) => `${whenZh(ms, nowMs)}截止`,
    hints: {
      'follow-up/watched': '发晚了券就不值钱了',
      'follow-up/ordered': '每单成交后马上',
      'follow-up/missed': '一天内最管用',
    } as Rules,
    three: { planned: '计划', handedOver: '已交到人手上', confirmed: '已确认发出' },
    later: (n: number, ms: number) => `另有${count(n)}条排在${dayOfMs(ms)}以后`,
    leftOut: (parts: readonly { reason: LeftOutReason; people: number }[]) => {
      const total = parts.reduce((sum, { people }) => sum + people, 0);
      return `${count(total)}人不发：${parts.map(({ reason, people }) => `${count(people)}人${leftOutZh[reason]}`).join('，')}`;
    },
    nobodyLeftOut: '没有人被排除',
    open: '打开名单',
    showing: '正在看',
    list: (group: string) => `${group}的名单`,
    columns: { person: '顾客', message: '发什么', why: '为什么', when: '什么时候', act: '' },
    filters: { label: '看哪些', todo: '还没发', sent: '已发出', all: '全部' },
    stepFilter: '哪一步',
    everyStep: '三步都看',
    quiet: '22:00–08:00是安静时段，到8点再发',
    quietTitle: '现在是安静时段',
    quietSure: '22:00–08:00大家在休息，消息最好到8点再发。现在还要发吗？',
    quietGo: '现在就发',
    quietWait: '等到8点',
    ordersCome: '这一场的订单要等下一次导入订单文件才算进来，只算认得出的顾客。',
    ordersCount:
      '开播到下播后15分钟的订单，直播渠道的、看了这场的人的，都算这一场；文件没写渠道的，商品在流程表里才算。',
    nameless: (n: number) => `${count(n)}人没有称呼也没有号码：再导入一次订单文件，把昵称或手机号那一列用上。`,
    toImport: '去导入',
    notBefore: (ms: number, nowMs: number) => `${whenZh(ms, nowMs)}起`,
    timeLeft: (ms: number) => `还剩${leftZh(ms)}`,
    late: (ms: number) => `过了${leftZh(ms)}`,
    states: {
      planned: '没发',
      'handed-over': '在手上',
      confirmed: '已发出',
      refused: '没收',
      expired: '过期',
      'taken-back': '撤回了',
    },
    at: (ms: number, nowMs: number) => whenZh(ms, nowMs),
    copy: '复制文案',
    copied: (name: string) => `${name}的文案已复制，去发吧`,
    copyFailed: '这里不能自动复制，长按文案自己复制',
    sent: '记为已发出',
    sentOf: (name: string) => `${name}记为已发出`,
    sentMany: (n: number) => `${count(n)}人记为已发出`,
    sendAllHanded: (n: number) => `把手上的${count(n)}人都记为已发出`,
    takeBack: '撤回',
    takenBack: '撤回了，回到名单里',
    why: '为什么发给她',
    none: '没选人',
    choose: '从名单里点一位，看文案和依据',
    edit: '改文案',
    noConsentAccess: {
      title: '这份名单要运营来看',
      sentence: '你的角色看不到顾客的授权，所以算不出该发给谁。已经发出的结果在“7天结果”里。',
    },
    list72: {
      open: '正在跟进',
      closed: '过了72小时',
      none: '还没有播完的场次',
      noneSentence: '播完一场，这里会列出三组人：看了没下单、下了单、没看但很可能买。',
      plan: '去排一场',
      look: '先看场次',
      notYet: (name: string) => `${name}还没播完`,
      notYetSentence: '下播以后，这里马上出三组名单和各自的截止时间。',
      toBroadcast: '打开场次',
      unknown: '没有这场',
      back: '所有场次',
    },
    csv: {
      group: '组',
      step: '步骤',
      person: '称呼',
      phone: '手机',
      id: '顾客编号',
      numbers: numberHeads.zh,
      product: '商品',
      coupon: '券',
      why: '为什么',
      from: '最早',
      deadline: '最晚',
      state: '状态',
      text: '文案',
    },
    failed: { title: '名单没算出来', sentence: '已发出的记录都在，数据没有动。', act: '再算一次' },
    computing: '正在算名单',
  },
  {
    title: 'Follow-up',
    comma: ', ',
    golden: 'The golden 72 hours',
    ended: (name: string, ms: number) => `${name}, off air ${clock(ms)}`,
    passed: (goneMs: number, leftMs: number, untilMs: number) =>
      leftMs > 0
        ? `${span(goneMs)} gone, ${span(leftMs)} left, until ${dayOfMs(untilMs)} ${clock(untilMs)}`
        : `72 hours are over, ended ${dayOfMs(untilMs)} ${clock(untilMs)}`,
    onlySent: 'only what really went out counts',
    export: 'Export list',
    exportName: 'follow-up',
    print: 'Print',
    printed: (when: string) => `printed ${when}`,
    printRows: (n: number, all: number) =>
      n < all
        ? `the ${count(n)} most urgent of ${count(all)} messages`
        : `${count(all)} ${all === 1 ? 'message' : 'messages'}`,
    tabs: { label: 'What to see', todo: 'Follow up', results: '7-day results' },
    rules: rulesEn,
    messages: 'Follow-up messages',
    steps: stepsEn,
    stepNotes: stepNotesEn,
    people: (n: number) => count(n),
    leftBig: (ms: number) => `${leftEn(ms)} left`,
    allSent: 'All sent',
    nobody: 'Nobody',
    notDone: (n: number) => `${count(n)} not reached`,
    until: (ms: number, nowMs: number) => `until ${whenEn(ms, nowMs)}`,
    was: (ms: number, nowMs: number) => `deadline was ${whenEn(ms, nowMs)}`,
    hints: {
      'follow-up/watched': 'a late coupon is worth little',
      'follow-up/ordered': 'right after each order',
      'follow-up/missed': 'works best within a day',
    } as Rules,
    three: { planned: 'Planned', handedOver: 'Handed over', confirmed: 'Confirmed sent' },
    later: (n: number, ms: number) => `${count(n)} more from ${dayOfMs(ms)} on`,
    leftOut: (parts: readonly { reason: LeftOutReason; people: number }[]) => {
      const total = parts.reduce((sum, { people }) => sum + people, 0);
      return `${count(total)} left out: ${parts.map(({ reason, people }) => `${count(people)} ${leftOutEn[reason]}`).join(', ')}`;
    },
    nobodyLeftOut: 'nobody left out',
    open: 'Open list',
    showing: 'Showing',
    list: (group: string) => `List: ${group}`,
    columns: { person: 'Customer', message: 'What to send', why: 'Why', when: 'When', act: '' },
    filters: { label: 'Which', todo: 'To send', sent: 'Sent', all: 'All' },
    stepFilter: 'Which step',
    everyStep: 'All steps',
    quiet: 'Quiet hours 22:00–08:00: goes out from 8',
    quietTitle: 'These are quiet hours',
    quietSure: 'People rest from 22:00 to 08:00; messages are better sent from 8. Send now all the same?',
    quietGo: 'Send now',
    quietWait: 'Wait until 8',
    ordersCome: 'Orders of this broadcast come with the next order file imported, for customers it can recognise.',
    ordersCount:
      'Orders from its start to 15 minutes after its end count when they came through the live channel or from someone who watched; where the file names no channel, when the product is on the run of show.',
    nameless: (n: number) =>
      `${count(n)} without a name or a number: import the order file again and take in its nickname or phone column.`,
    toImport: 'Import',
    notBefore: (ms: number, nowMs: number) => `from ${whenEn(ms, nowMs)}`,
    timeLeft: (ms: number) => `${leftEn(ms)} left`,
    late: (ms: number) => `${leftEn(ms)} over`,
    states: {
      planned: 'to send',
      'handed-over': 'in hand',
      confirmed: 'sent',
      refused: 'refused',
      expired: 'expired',
      'taken-back': 'taken back',
    },
    at: (ms: number, nowMs: number) => whenEn(ms, nowMs),
    copy: 'Copy message',
    copied: (name: string) => `Message for ${name} copied, now send it`,
    copyFailed: 'Copying is not possible here: select the text by hand',
    sent: 'Mark as sent',
    sentOf: (name: string) => `${name} marked as sent`,
    sentMany: (n: number) => `${count(n)} marked as sent`,
    sendAllHanded: (n: number) => `Mark the ${count(n)} in hand as sent`,
    takeBack: 'Take back',
    takenBack: 'Taken back, in the list again',
    why: 'Why this person',
    none: 'Nobody chosen',
    choose: 'Choose someone in the list to see message and evidence',
    edit: 'Edit message',
    noConsentAccess: {
      title: 'An operator must look at this list',
      sentence:
        'Your role does not see customers’ consent, so nobody can be planned here. What was sent is under 7-day results.',
    },
    list72: {
      open: 'Following up',
      closed: '72 hours over',
      none: 'No broadcast has ended yet',
      noneSentence:
        'After a broadcast this shows three groups: watched without ordering, ordered, and missed it but likely to buy.',
      plan: 'Plan a broadcast',
      look: 'See the broadcasts',
      notYet: (name: string) => `${name} has not ended yet`,
      notYetSentence: 'As soon as it is off air, the three lists and their deadlines appear here.',
      toBroadcast: 'Open broadcast',
      unknown: 'No such broadcast',
      back: 'All broadcasts',
    },
    csv: {
      group: 'Group',
      step: 'Step',
      person: 'Name',
      phone: 'Phone',
      id: 'Customer id',
      numbers: numberHeads.en,
      product: 'Product',
      coupon: 'Coupon',
      why: 'Why',
      from: 'Earliest',
      deadline: 'Deadline',
      state: 'State',
      text: 'Message',
    },
    failed: {
      title: 'The list could not be computed',
      sentence: 'What was sent stays recorded; no data was changed.',
      act: 'Compute again',
    },
    computing: 'Computing the list',
  },
);
