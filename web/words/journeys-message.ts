/** One message of the follow-up: why this person gets it, what that rests on, its text and the check of it. */
import type { Coupon, PlannedMessage, Reason } from '#core/journeys/follow-up.ts';
import { clock, count, day, dayOfMs, money, percent, span } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

const seconds = (value: number | undefined): string => span((value ?? 0) * 1000);
function becauseZh({ step, product, productName: name, reason }: PlannedMessage): string {
  const productName = name || product;
  const r: Reason = reason;
  if (step === 'coupon') {
    const times = (r['visits'] ?? 0) > 1 ? `，来回${count(r['visits'] ?? 0)}次` : '';
    return (r['productSeconds'] ?? 0) >= 30
      ? `看了${seconds(r['seconds'])}，${productName}停了${seconds(r['productSeconds'])}${times}`
      : `看了${seconds(r['seconds'])}，没在哪个商品久停`;
  }
  if (step === 'before-cycle') return `买过${count(r['purchases'] ?? 0)}次，${day(r['medianDay'] ?? 0)}前后吃完`;
  if (step === 'clip')
    return `7天内${percent(r['within7'] ?? 0)}会买${productName}，买过${count(r['purchases'] ?? 0)}次`;
  if (r['byTime'] === 1) return `直播时段下了${count(r['orders'] ?? 1)}单，文件没写渠道`;
  return (r['seconds'] ?? 0) > 0
    ? `直播里下了${count(r['orders'] ?? 1)}单，看了${seconds(r['seconds'])}`
    : `直播里下了${count(r['orders'] ?? 1)}单`;
}
const ordersEn = (n: number): string => `${count(n)}\u00a0${n === 1 ? 'order' : 'orders'}`;
function becauseEn({ step, product, productName: name, reason }: PlannedMessage): string {
  const productName = name || product;
  const r: Reason = reason;
  if (step === 'coupon') {
    const times = (r['visits'] ?? 0) > 1 ? `, came back ${count(r['visits'] ?? 0)}×` : '';
    return (r['productSeconds'] ?? 0) >= 30
      ? `watched ${seconds(r['seconds'])}, ${seconds(r['productSeconds'])} at ${productName}${times}`
      : `watched ${seconds(r['seconds'])}, no product for long`;
  }
  if (step === 'before-cycle')
    return `bought ${count(r['purchases'] ?? 0)}×, used up around ${day(r['medianDay'] ?? 0)}`;
  if (step === 'clip')
    return `${percent(r['within7'] ?? 0)} to buy ${productName} within 7 days, bought ${count(r['purchases'] ?? 0)}×`;
  if (r['byTime'] === 1) return `${ordersEn(r['orders'] ?? 1)} in the broadcast’s time, no channel in the file`;
  return (r['seconds'] ?? 0) > 0
    ? `${ordersEn(r['orders'] ?? 1)} in the broadcast, watched ${seconds(r['seconds'])}`
    : `${ordersEn(r['orders'] ?? 1)} in the broadcast`;
}

export const journeysMessageWords = phrases(
  {
    because: becauseZh,
    couponNames: { '': '不带券', '85': '85折券', '95': '95折券' } as Readonly<Record<Coupon, string>>,
    byHand: '手动发，复制后自己去发',
    evidence: {
      presence: (fromMs: number, untilMs: number, value: number) =>
        `在场${seconds(value)}，${clock(fromMs)}–${clock(untilMs)}`,
      absent: '这场没来',
      product: (name: string, value: number, clicks: number) =>
        `${name}停了${seconds(value)}${clicks > 0 ? `，点了${count(clicks)}次` : ''}`,
      purchase: (name: string, fen: number) => `买过${name}，${money(fen)}`,
      noPurchase: '还没买过',
      granted: (source: string) => (source.startsWith('basis:') ? `导入时记了依据：${source.slice(6)}` : '同意收营销'),
      refused: '退出了营销',
      unknown: '没说过要不要收营销，这条是通知',
      cap: (sent: number, cap: number) => `7天内收过${count(sent)}条，上限${count(cap)}条`,
      window: (p10: number, p90: number) => `复购期${day(Math.floor(p10))}–${day(Math.floor(p90))}`,
      purchases: (n: number) => `买过${count(n)}次`,
      result: (ms: number) => `结果：${dayOfMs(ms)}看买没买，记回这条决定。`,
      resultSoon: '发出7天后看买没买，记回这条决定。',
    },
    missingField: (field: string) => `商品卡里没有“${field}”，这条不能复制。补上商品卡，或改文案。`,
    check: {
      pass: '检查过，没有不能说的',
      block: (words: string) => `“${words}”不能说`,
      review: (words: string) => `“${words}”要有依据才能说`,
      blocked: '先改掉不能说的，再复制',
    },
    editing: (step: string) => `改“${step}”的文案`,
    editNote: '这场这一步的人都用它，两个人可以一起改。花括号里的会换成每个人自己的。',
    places: '可以放',
    drop: '用回原来的',
    done: '好了',
  },
  {
    because: becauseEn,
    couponNames: { '': 'no coupon', '85': '15% off', '95': '5% off' } as Readonly<Record<Coupon, string>>,
    byHand: 'by hand: copy, then send it yourself',
    evidence: {
      presence: (fromMs: number, untilMs: number, value: number) =>
        `present ${seconds(value)}, ${clock(fromMs)}–${clock(untilMs)}`,
      absent: 'did not come to this one',
      product: (name: string, value: number, clicks: number) =>
        `${seconds(value)} at ${name}${clicks > 0 ? `, ${count(clicks)} clicks` : ''}`,
      purchase: (name: string, fen: number) => `bought ${name}, ${money(fen)}`,
      noPurchase: 'nothing bought yet',
      granted: (source: string) =>
        source.startsWith('basis:') ? `basis recorded at import: ${source.slice(6)}` : 'agreed to marketing',
      refused: 'opted out of marketing',
      unknown: 'never said about marketing; this is a service message',
      cap: (sent: number, cap: number) => `${count(sent)} in 7 days, cap ${count(cap)}`,
      window: (p10: number, p90: number) => `due ${day(Math.floor(p10))}–${day(Math.floor(p90))}`,
      purchases: (n: number) => `bought ${count(n)}×`,
      result: (ms: number) => `Result: on ${dayOfMs(ms)} we see whether they bought, kept with this decision.`,
      resultSoon: '7 days after sending we see whether they bought, kept with this decision.',
    },
    missingField: (field: string) =>
      `The product card has no “${field}”, so this cannot be copied. Fill in the card or edit the message.`,
    check: {
      pass: 'checked: nothing that may not be said',
      block: (words: string) => `“${words}” may not be said`,
      review: (words: string) => `“${words}” needs evidence`,
      blocked: 'Change what may not be said, then copy',
    },
    editing: (step: string) => `Edit “${step}”`,
    editNote:
      'Everyone at this step of this broadcast gets it; two people may edit at once. What stands in braces becomes each person’s own.',
    places: 'You may use',
    drop: 'Back to the original',
    done: 'Done',
  },
);
