/** What a customer will still spend, and why they may stay away: on the customer's card. */
import { count, day, decimal, plural, roundedMoney } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const valueWords = phrases(
  {
    title: '预计价值',
    expected: (days: number, purchases: number, fen: number, low: number, high: number): string =>
      `未来${days}天预计再买${decimal(purchases)}次，约${roundedMoney(fen)}；八成会在${roundedMoney(low)}到${roundedMoney(high)}之间`,
    hardly: (days: number): string => `未来${days}天多半不会再买`,
    purchasesOnly: (days: number, purchases: number): string =>
      `未来${days}天预计再买${decimal(purchases)}次；知道的金额太少，先不估钱`,
    why: (repeats: number, silentDays: number, dayFen: number, customers: number): string =>
      `依据：首单后又买${count(repeats)}次，最近一次在${count(silentDays)}天前，每次约${roundedMoney(dayFen)}；规律从${count(customers)}位顾客学来`,
    missing: (returners: number, needed: number): string =>
      `全店回头客才${count(returners)}位，满${count(needed)}位才能估计`,
    notLearnt: '规律还没学好，后台正从昨天为止的订单里学',
    overdueSince: (on: number): string => `${day(on)}起，超出自己的节奏太久`,
    lessEngagedSince: (on: number): string => `${day(on)}起，互动不到平时的一半`,
    riskSince: (on: number): string => `${day(on)}起，流失风险过半`,
    atRisk: (fen: number): string => `涉及金额约${roundedMoney(fen)}`,
  },
  {
    title: 'Expected value',
    expected: (days, purchases, fen, low, high) =>
      `${decimal(purchases)} more purchases in ${days} days, about ${roundedMoney(fen)}; four times in five between ${roundedMoney(low)} and ${roundedMoney(high)}`,
    hardly: (days) => `hardly another purchase in ${days} days`,
    purchasesOnly: (days, purchases) =>
      `${decimal(purchases)} more purchases in ${days} days; too few amounts are known to speak of money`,
    why: (repeats, silentDays, dayFen, customers) =>
      `Rests on ${plural(repeats, 'purchase')} after the first, the last ${plural(silentDays, 'day')} ago, about ${roundedMoney(dayFen)} each; learnt from ${plural(customers, 'customer')}`,
    missing: (returners, needed) =>
      `The shop has ${count(returners)} returning customers; ${count(needed)} are needed to estimate`,
    notLearnt: 'not learnt yet; this happens in the background, from the orders up to yesterday',
    overdueSince: (on) => `Silent for too long by their own rhythm since ${day(on)}`,
    lessEngagedSince: (on) => `Less than half as engaged as usual since ${day(on)}`,
    riskSince: (on) => `More likely to leave than to stay since ${day(on)}`,
    atRisk: (fen) => `About ${roundedMoney(fen)} at stake`,
  },
);
