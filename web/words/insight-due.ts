/** The due calendar: who is due for which product, day by day. */
import { dueChance } from '#core/insight/repurchase/due-chance.ts';
import { count } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const dueWords = phrases(
  {
    title: '每天该补货的人',
    days: '看多少天',
    span: (days: number): string => `往后${days}天`,
    counted: '怎么数',
    likeliest: '最可能的那天',
    open: '在复购期的每天',
    likeliestNote: '每人只数在最可能的那一天；复购期太宽的不算',
    openNote: '复购期里够准的每一天都数',
    everybody: '全部商品',
    product: '商品',
    day: '日期',
    overdue: '过了复购期',
    expected30: '30天内预计',
    none: '还没有谁的日子算得准。一件商品有人按自己的节奏买过几次，这里就会有。',
    cell: (product: string, day: string, n: number): string => `${product || '全部商品'}，${day}：${count(n)}人`,
    peopleTitle: (product: string, day: string, by: 'open' | 'likeliest'): string =>
      `${product || '全部商品'} · ${day}${by === 'open' ? '在复购期' : '最可能买'}`,
    more: (n: number): string => `还有${count(n)}件商品`,
    how: `复购期来自每个人自己买这件商品的间隔；买得少的人，借同品类和全店的规律。中间80%的可能落在复购期里。只有这天起7天内会买的可能有${dueChance * 100}%以上才算到期：几个月宽的复购期说不出日子。“过了复购期”是复购期已经走完的人；“30天内预计”是每个人30天内会买的可能相加。`,
  },
  {
    title: 'Who is due each day',
    days: 'How far',
    span: (days: number): string => `Next ${days} days`,
    counted: 'Counted',
    likeliest: 'On the likeliest day',
    open: 'On every day due',
    likeliestNote: 'each person once, on their likeliest day; windows too wide to name one are left out',
    openNote: 'on each day they are due',
    everybody: 'All products',
    product: 'Product',
    day: 'Day',
    overdue: 'Past the window',
    expected30: 'In 30 days',
    none: 'Nobody’s day can be told yet. It takes a product that people bought a few times in a rhythm.',
    cell: (product: string, day: string, n: number): string => `${product || 'All products'}, ${day}: ${count(n)}`,
    peopleTitle: (product: string, day: string, by: 'open' | 'likeliest'): string =>
      `${product || 'All products'} · ${by === 'open' ? 'due on' : 'likeliest on'} ${day}`,
    more: (n: number): string => (n === 1 ? '1 more product' : `${count(n)} more products`),
    how: `A window comes from a person's own intervals for the product; with few purchases it borrows from the category and the shop. The middle 80% of chances lie inside. Due means inside on a day from which the chance to buy within 7 days is ${dueChance * 100}% or more: a window of months names no day. “Past the window” are people whose window is over; “In 30 days” adds up everyone's chance to buy within 30 days.`,
  },
);
