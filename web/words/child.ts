import type { RunOut } from '#core/insight/repurchase/predict-run-out.ts';
import { count, day, percent } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const isOneDay = ({ p10, p90 }: Pick<RunOut, 'p10' | 'p90'>): boolean => Math.round(p10) === Math.round(p90);

/** When a family's formula runs out, and the child it is for. */
export const childWords = phrases(
  {
    title: '奶粉还能吃多久',
    note: '中间80%可能',
    window: (found: RunOut) =>
      `多半在${day(Math.round(found.p50))}前后吃完${isOneDay(found) ? '' : `，${day(Math.round(found.p10))}到${day(Math.round(found.p90))}之间`}`,
    remind: (at: number) => `${day(at)}提醒，提前3天`,
    remindNow: '已经到提醒的时候',
    left: (grams: number) => `（之前买的约剩${count(grams)}克，算在内）`,
    rate: (grams: number, table: number) => `每天约${count(grams)}克；同月龄一般${count(table)}克`,
    reorders: (n: number, weight: number) =>
      n === 0 ? '还没有复购，先按月龄估' : `按${count(n)}次复购修正，占${percent(weight)}`,
    needs: '还缺：',
    missing: {
      'birth-day': '宝宝的出生年月',
      'fed-age': '月龄不在吃奶粉的范围',
      'tin-size': '商品目录里的罐装克数',
      purchase: '一次奶粉订单',
    },
    told: (month: string, feeding: string) => `${month}出生，${feeding}`,
    feedings: { formula: '全奶粉', mixed: '混合喂养' },
    tell: '记下宝宝资料',
    change: '改',
    month: '出生年月',
    monthHint: '写成2026-03',
    feeding: '喂养方式',
    consent: '家长同意我们记下，用来提醒补货',
    privacy: '只有店主和运营看得到；顾客要求删除时一起删掉。',
    save: '保存',
    monthFirst: '先填出生年月',
    consentFirst: '先问过家长',
    cancel: '不保存',
    takeBack: '家长收回了，去掉',
    saved: '记下了',
    takenBack: '去掉了',
    notSaved: '没有保存',
    tryAgain: '请再试一次。',
    wrongMonth: '写成2026-03这样，不晚于这个月，不早于五年前',
  },
  {
    title: 'How long the formula lasts',
    note: 'The middle 80%',
    window: (found) =>
      `Most likely used up around ${day(Math.round(found.p50))}${isOneDay(found) ? '' : `, between ${day(Math.round(found.p10))} and ${day(Math.round(found.p90))}`}`,
    remind: (at) => `Remind on ${day(at)}, three days before`,
    remindNow: 'It is time to remind them',
    left: (grams) => ` (about ${count(grams)} g left from before are counted in)`,
    rate: (grams, table) => `About ${count(grams)} g a day; ${count(table)} g is usual at this age`,
    reorders: (n, weight) =>
      n === 0
        ? 'No reorder yet: estimated by age alone'
        : `Corrected by ${count(n)} ${n === 1 ? 'reorder, which weighs' : 'reorders, which weigh'} ${percent(weight)}`,
    needs: 'Still missing: ',
    missing: {
      'birth-day': 'the month of birth',
      'fed-age': 'an age at which formula is fed',
      'tin-size': 'the grams of a tin, in the catalogue',
      purchase: 'an order of formula',
    },
    told: (month, feeding) => `Born ${month}, ${feeding}`,
    feedings: { formula: 'formula only', mixed: 'mixed feeding' },
    tell: 'Note the child’s details',
    change: 'Change',
    month: 'Month of birth',
    monthHint: 'As in 2026-03',
    feeding: 'Feeding',
    consent: 'The parents agree that we keep this, to remind them in time',
    privacy: 'Only owners and operators see it; it goes with everything else when the customer asks to be erased.',
    save: 'Save',
    monthFirst: 'Month of birth first',
    consentFirst: 'Ask the parents first',
    cancel: 'Do not save',
    takeBack: 'The parents took it back: remove',
    saved: 'Noted',
    takenBack: 'Removed',
    notSaved: 'Not saved',
    tryAgain: 'Please try again.',
    wrongMonth: 'Write it as in 2026-03, not after this month and not more than five years ago',
  },
);
