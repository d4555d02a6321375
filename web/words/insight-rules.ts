/** What is bought with what, at once or next time. */
import type { BasketKind } from '#core/insight/basket/basket-parameters.ts';
import { count, percent } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const pairingWords = phrases(
  {
    kind: '哪种搭配',
    drawn: (kind: string): string => `${kind}：前12条的把握`,
    drawnUnit: '%',
    pairing: '搭配',
    kinds: { together: '同一单里', then: '下一单里' },
    product: '哪件商品',
    anyProduct: '所有商品',
    sort: '怎么排',
    sorts: { gain: '最有用的在前', confidence: '最常一起的在前', lift: '最不寻常的在前', orders: '单数最多的在前' },
    choices: { thenDays: '下一单最远隔几天', fewestOrders: '最少几单才算' },
    thenDays: (days: number): string => `下一单：${count(days)}天内`,
    fewestOrders: (n: number): string => `至少${count(n)}单`,
    chosen: '全店按新的数法数搭配',
    and: '和',
    learnt: (orders: number, day: string): string => `从到${day}为止的${count(orders)}单里数出`,
    notLearnt: '还没从订单里数过。订单够多时，会在后台自己数。',
    none: (fewest: number): string => `没有站得住的搭配：要至少${count(fewest)}单，而且不像是碰巧。`,
    sentence: (kind: BasketKind, left: string, right: string, of100: number, days: number): string =>
      kind === 'together'
        ? `买${left}的100单里，有${of100}单也买了${right}`
        : `买了${left}的人，${days}天内的下一单，100单里有${of100}单买了${right}`,
    numbers: (both: number, left: number, lift: string, low: string, high: string, support: string): string =>
      `${count(both)}单，共${count(left)}单 · 是平时的${lift}倍 · 大概在${low}到${high} · 占全部的${support}`,
    luck: (luck: number): string => (luck < 0.001 ? '碰巧的可能不到千分之一' : `碰巧的可能${percent(luck, 1)}`),
    why: '看是哪些单',
    whom: '找人',
    peopleTitle: (left: string, right: string): string => `买过${left}，没买过${right}`,
    whyTitle: (left: string, right: string): string => `${left}和${right}`,
    whyNote: (n: number): string => `数进来的${count(n)}次`,
    whyMore: (n: string): string => `另外还有${n}次`,
    order: (name: string, day: string): string => `${day} ${name}`,
    thenMark: ' → ',
    gone: '这条搭配已经不成立了。',
    more: (n: number): string => `还有${count(n)}条`,
    how: (tested: number, fewest: number, days: number): string =>
      `一共试了${count(tested)}种搭配，至少${count(fewest)}单才算。试得多就容易碰巧，所以“碰巧的可能”已经按试过的总数放大。“下一单”指${days}天以内的下一次购买。“平时”是所有单里右边那件的比例。`,
    csvHead: [
      '买了',
      '也买',
      '一起的单数',
      '左边的单数',
      '人数',
      '占全部',
      '比例',
      '比例下限',
      '比例上限',
      '提升倍数',
      '碰巧的可能',
    ],
  },
  {
    kind: 'Which pairings',
    drawn: (kind) => `${kind}: how often it holds, first 12`,
    drawnUnit: '%',
    pairing: 'Pairing',
    kinds: { together: 'In one order', then: 'In the next order' },
    product: 'Product',
    anyProduct: 'All products',
    sort: 'Order',
    sorts: {
      gain: 'Most useful first',
      confidence: 'Most often together first',
      lift: 'Most unusual first',
      orders: 'Most orders first',
    },
    choices: { thenDays: 'How far the next order may be', fewestOrders: 'Fewest orders of a pairing' },
    thenDays: (days: number): string => `Next: within ${count(days)} days`,
    fewestOrders: (n: number): string => `${count(n)} orders or more`,
    chosen: 'Pairings are counted this way for the whole shop',
    and: ' and ',
    learnt: (orders: number, day: string): string => `from ${count(orders)} orders up to ${day}`,
    notLearnt: 'Not counted yet. This happens by itself once there are enough orders.',
    none: (fewest: number): string => `No pairing holds: it takes ${count(fewest)} orders and more than luck.`,
    sentence: (kind: BasketKind, left: string, right: string, of100: number, days: number): string =>
      kind === 'together'
        ? `Of 100 orders with ${left}, ${of100} also have ${right}`
        : `After ${left}, ${of100} of 100 next orders within ${days} days have ${right}`,
    numbers: (both: number, left: number, lift: string, low: string, high: string, support: string): string =>
      `${count(both)} of ${count(left)} orders · ${lift} times the usual · likely ${low} to ${high} · ${support} of all`,
    luck: (luck: number): string => (luck < 0.001 ? 'luck: under 1 in 1,000' : `luck: ${percent(luck, 1)}`),
    why: 'Which orders',
    whom: 'Find people',
    peopleTitle: (left: string, right: string): string => `Bought ${left}, never ${right}`,
    whyTitle: (left: string, right: string): string => `${left} and ${right}`,
    whyNote: (n: number): string => `${count(n)} counted`,
    whyMore: (n: string): string => `And ${n} more`,
    order: (name: string, day: string): string => `${day} ${name}`,
    thenMark: ' → ',
    gone: 'This pairing no longer holds.',
    more: (n: number): string => `${count(n)} more`,
    how: (tested: number, fewest: number, days: number): string =>
      `${count(tested)} pairings were tried, each on ${count(fewest)} orders or more. The more one tries, the more luck finds: the chance of luck is corrected for all of them. “Next order” is the next purchase within ${days} days. “Usual” is the share of all orders with the product on the right.`,
    csvHead: [
      'Bought',
      'Also',
      'Orders with both',
      'Orders with left',
      'People',
      'Support',
      'Confidence',
      'Low',
      'High',
      'Lift',
      'Chance of luck',
    ],
  },
);
