import { count, percent } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

const weekdaysZh = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const weekdaysEn = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const hour = (at: number): string => `${String(at).padStart(2, '0')}:00`;

/** How somebody is best reached, and whose voice says so. */
export const preferenceWords = phrases(
  {
    channel: '渠道',
    content: '内容',
    time: '时间',
    kinds: { promotion: '优惠', knowledge: '科普', story: '情感故事' },
    rate: (name: string, share: number) => `${name}，${percent(share)}`,
    hours: (weekday: number, from: number, to: number) => `${weekdaysZh[weekday] ?? ''}${hour(from)}–${hour(to)}`,
    opens: (kind: string, opened: number, of: number) => `爱点开${kind}，${count(of)}次里${count(opened)}次`,
    written: {
      wanted: (used: string, says: string) => `按${used}来写：${says}`,
      instead: (used: string, wanted: string, says: string) =>
        `更适合${wanted}（${says}），这一步没有写得成的，按${used}来写`,
      usual: (used: string, there: number, needed: number) =>
        `还不知道爱看哪种（全店才有${count(there)}次，要${count(needed)}次），按通用的${used}来写`,
    },
    noChannel: (isCapReached: boolean): string =>
      isCapReached ? '这周营销消息已发满，先不发' : '没有许可的营销渠道（短信、服务号只能发通知）',
    noHour: '没有合适的时段',
    tooLittle: '数据还不够',
    needs: (there: number, needed: number) => `全店才有${count(there)}次，要${count(needed)}次`,
    voice: {
      own: (own: number) => `看自己的${count(own)}次`,
      segment: (own: number) =>
        own === 0 ? '自己还没有，按同阶段顾客的习惯' : `多半按同阶段顾客的习惯，自己的${count(own)}次也算进去了`,
      shop: (own: number) =>
        own === 0 ? '自己还没有，按全店的习惯' : `多半按全店的习惯，自己的${count(own)}次也算进去了`,
    },
  },
  {
    channel: 'Channel',
    content: 'Content',
    time: 'Time',
    kinds: { promotion: 'Promotions', knowledge: 'Things to learn', story: 'Stories' },
    rate: (name, share) => `${name}, ${percent(share)}`,
    hours: (weekday, from, to) => `${weekdaysEn[weekday] ?? ''} ${hour(from)}–${hour(to)}`,
    opens: (kind, opened, of) => `opens ${kind.toLowerCase()} most, ${count(opened)} of ${count(of)} times`,
    written: {
      wanted: (used, says) => `Written as ${used.toLowerCase()}: ${says}`,
      instead: (used, wanted, says) =>
        `${wanted} would suit better (${says}); none can be written for this step, so ${used.toLowerCase()}`,
      usual: (used, there, needed) =>
        `Which kind they like is not known yet (${count(there)} in the whole shop; ${count(needed)} are needed): the usual, ${used.toLowerCase()}`,
    },
    noChannel: (isCapReached) =>
      isCapReached
        ? 'None now: this week’s marketing messages are used up'
        : 'None for marketing (SMS and service account carry notices only)',
    noHour: 'No suitable hour',
    tooLittle: 'Not enough data',
    needs: (there, needed) => `${count(there)} in the whole shop; ${count(needed)} are needed`,
    voice: {
      own: (own) => `From ${count(own)} of their own`,
      segment: (own) =>
        own === 0
          ? 'None of their own yet: what people at this stage do'
          : `Mostly what people at this stage do; their own ${count(own)} count as well`,
      shop: (own) =>
        own === 0
          ? 'None of their own yet: what the whole shop does'
          : `Mostly what the whole shop does; their own ${count(own)} count as well`,
    },
  },
);
