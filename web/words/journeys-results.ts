/** What came of the messages seven days after they were sent. */
import { count, dayOfMs } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

/** A share as points: `+5.2`, `−8.4`. */
const pointsOf = (ratio: number): string => `${ratio >= 0 ? '+' : '−'}${Math.abs(ratio * 100).toFixed(1)}`;

export const journeysResultsWords = phrases(
  {
    title: '发出后7天',
    note: '分母是窗口已满7天的人；退款的不算',
    group: '谁',
    sent: '发出',
    bought: '7天内又买',
    holdOut: '对照组又买',
    difference: '多出来的',
    net: '净额',
    of: (part: number, whole: number) => `${count(part)} / ${count(whole)}`,
    points: (ratio: number) => `${ratio >= 0 ? '+' : '−'}${Math.abs(ratio * 100).toFixed(1)}个百分点`,
    interval: (low: number, high: number) => `95%区间 ${pointsOf(low)}–${pointsOf(high)}`,
    told: '分得出来',
    notTold: '还分不出，区间含0',
    tooFew: (n: number) => `对照组${count(n)}人，太少，还不能比`,
    noHoldOut: '通知类没有对照组',
    immature: (ms: number) => `${dayOfMs(ms)}出`,
    early: (n: number) => `已有${count(n)}人买`,
    reversed: (n: number) => `${count(n)}人退款，已扣`,
    none: '还没有发出的，所以没有结果',
    noneSentence: '把发出的记为“已发出”，7天后这里看谁又买了。',
  },
  {
    title: '7 days after sending',
    note: 'out of people whose 7 days are over; refunds taken off',
    group: 'Who',
    sent: 'Sent',
    bought: 'Bought again in 7 days',
    holdOut: 'Held out, bought',
    difference: 'Difference',
    net: 'Net',
    of: (part: number, whole: number) => `${count(part)} / ${count(whole)}`,
    points: (ratio: number) => `${ratio >= 0 ? '+' : '−'}${Math.abs(ratio * 100).toFixed(1)}\u00a0points`,
    interval: (low: number, high: number) => `95% interval ${pointsOf(low)} to ${pointsOf(high)}`,
    told: 'a real difference',
    notTold: 'cannot tell yet: the interval holds 0',
    tooFew: (n: number) => `${count(n)} held out: too few to compare`,
    noHoldOut: 'service messages have no hold-out',
    immature: (ms: number) => `on ${dayOfMs(ms)}`,
    early: (n: number) => `${count(n)} bought so far`,
    reversed: (n: number) => `${count(n)} refunded, taken off`,
    none: 'Nothing sent yet, so no results',
    noneSentence: 'Mark messages as sent; 7 days later this shows who bought again.',
  },
);
