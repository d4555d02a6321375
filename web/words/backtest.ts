/** Trying the beliefs on the shop's own past: verdicts in plain words, each with its numbers. */
import type { BaselineCode, BeliefTest, TestFigure, Verdict } from '#core/insight/backtest/back-test.ts';
import { leastGainPercent } from '#core/insight/backtest/judge-belief.ts';
import { count, day, decimal, fixedPercent, percent, plural } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

const baselinesZh: Readonly<Record<BaselineCode, string>> = {
  average: '只用平均',
  'own-gap': '自己的间隔中位数',
  favourites: '常买加热门',
  'last-week': '照上周卖多少',
  'median-of-five': '近五周的中间数',
};
const baselinesEn: Readonly<Record<BaselineCode, string>> = {
  average: 'the average alone',
  'own-gap': 'their own middle gap',
  favourites: 'favourites and best sellers',
  'last-week': "last week's units",
  'median-of-five': 'the middle of five weeks',
};
const missingZh = { days: '天历史', cases: '次预测', 'came-true': '次发生', 'came-false': '次没发生' } as const;
const missingEn = {
  days: 'days of history',
  cases: 'forecasts',
  'came-true': 'that came true',
  'came-false': 'that did not come true',
} as const;

const errorOf = (measure: BeliefTest['measure'], error: number): string =>
  measure === 'brier' ? error.toFixed(3) : fixedPercent(error);

export const backTestWords = phrases(
  {
    title: '用自己的数据试一试',
    note: '回到过去，只用当时的订单预测，再和后来真发生的对照',
    start: '开始试',
    again: '再试一次',
    cancel: '停下',
    cancelled: '停下了，之前的结论没变',
    running: '正在试',
    progress: (done: number, seconds: number): string => `${percent(done)} · 用了${count(seconds)}秒`,
    runningNote: '可以去看别的页，算好了结论会留下；关掉或重新载入最后一个页面，这次就停了。',
    intro: '假装今天是90、60、30天前，各学一遍、预测一遍。比不过简单做法的，不用。',
    took: (on: number, seconds: number): string => `试到${day(on)}，用了${count(Math.max(1, seconds))}秒`,
    stale: '之后订单有增减，可以再试一次。',
    otherShop: '之后四分之一以上的订单变了，这些结论说的是别的订单，请再试一次。',
    readOnly: '你可以试，结论由店主或运营的试算决定是否采用。',
    csv: '导出CSV',
    json: '导出JSON',
    failedTitle: '没试完',
    failedSentence: '订单和之前的结论都还在。再试一次；还不行就重新打开这一页。',
    loading: '正在打开顾客数据',
    emptyTitle: '还没有订单可试',
    emptySentence: '导入三个月以上的订单，就能知道这些预测在你店里准不准。',
    emptyAct: '导入订单',
    beliefs: {
      cycle: '复购周期',
      churn: '流失风险',
      'next-products': '下一单买什么',
      demand: '下周销量',
    },
    questions: {
      cycle: '买过两次以上的商品，30天内会不会再买',
      churn: '半年内买过的人，接下来60天会不会不来',
      'next-products': '推10样，能说中下一单的多少',
      demand: '最近四周，每周提前一周估卖多少件',
    },
    badges: {
      better: '在用',
      'not-better': '不用',
      anyway: '照用',
      'insufficient-evidence': '数据不够',
      none: '还没试',
    },
    verdict: (verdict: Verdict, isAnyway = false): string => {
      if (verdict.kind === 'insufficient-evidence')
        return `数据还不够：${count(verdict.have)}${missingZh[verdict.missing]}，要${count(verdict.needed)}${missingZh[verdict.missing]}。`;
      const than = baselinesZh[verdict.than];
      if (verdict.kind === 'better') return `比“${than}”少错${decimal(verdict.percent)}%，继续用。`;
      const told =
        verdict.percent < 0
          ? `比“${than}”还多错${decimal(-verdict.percent)}%`
          : `比“${than}”只少错${decimal(verdict.percent)}%，不算明显更准（要${decimal(leastGainPercent)}%）`;
      return isAnyway ? `${told}；店里选择照样用。` : `${told}：不用，改用${than}。`;
    },
    tried: (on: number): string => `${day(on)}试的`,
    keptInsufficient: '试的时候数据不够，按现有的用。',
    untested: '还没在你的数据上试过。',
    notUsed: (names: readonly string[]): string => `试算没有更准，这里用的是简单做法：${names.join('、')}`,
    useAnyway: '还是要用',
    used: (belief: string): string => `${belief}又在用了`,
    heed: '还是按试算的，不用',
    unused: (belief: string): string => `${belief}不用了，按简单做法来`,
    measures: { brier: '概率误差', 'missed-basket': '没说中的', 'missed-units': '估错的件数占比' },
    measureNotes: {
      brier: '（预测概率−发生与否）²的平均，0最好，越小越准',
      'missed-basket': '下一单里没出现在10样中的占比，越小越准',
      'missed-units': '各商品估错的件数之和÷卖出的件数，越小越准',
    },
    ours: '我们的预测',
    baselines: baselinesZh,
    error: errorOf,
    cases: ({ belief, cases, cameTrue, origins }: BeliefTest): string =>
      ({
        cycle: `${count(cases)}次预测，其中${count(cameTrue)}次真买了`,
        churn: `${count(cases)}次预测，其中${count(cameTrue)}次真没来`,
        'next-products': `${count(cases)}单，说中${count(cameTrue)}件`,
        demand: `${count(cases)}次预测，共卖出${count(cameTrue)}件`,
      })[belief] + (origins.length > 0 ? `；站在${origins.map((at) => day(at)).join('、')}看` : ''),
    figure: ({ code, value, baseline }: TestFigure): string =>
      ({
        'days-off': `来了的人，日子一半差在${decimal(value)}天以内${baseline === null ? '' : `（用自己的间隔：${decimal(baseline)}天）`}`,
        ranking: `把会走的排在前面：${fixedPercent(value)}${baseline === null ? '' : `（只看多久没来：${fixedPercent(baseline)}）`}，瞎猜是50%`,
        coverage: `${percent(value)}落在给出的区间里，应当是80%`,
      })[code],
    reliability: '说几成，真有几成',
    reliabilityNote: '把预测从低到高分成十份，每份人数一样。两条线越贴近越可信。',
    forecast: '预测的',
    observed: '真发生的',
    bin: '预测概率',
    share: '占比',
    csvHead: ['预测', '项目', '名称', '数值', '实际', '数量'],
    fileName: '试算',
  },
  {
    title: 'Try it on my data',
    note: 'Back to the past: forecast with the orders known then, compared with what really came',
    start: 'Start',
    again: 'Try again',
    cancel: 'Stop',
    cancelled: 'Stopped. Earlier verdicts stand',
    running: 'Trying',
    progress: (done, seconds) => `${percent(done)} · ${count(seconds)} s so far`,
    runningNote:
      'You may go to other pages: the verdicts stay. Closing or reloading the last open page stops this test.',
    intro:
      'Pretends that today was 90, 60 and 30 days ago, learns and forecasts each time. What does not beat a simple rule is not used.',
    took: (on, seconds) => `tried up to ${day(on)}, took ${count(Math.max(1, seconds))} s`,
    stale: 'Orders came or went since: you may try again.',
    otherShop: 'More than a quarter of the orders came or went since: these verdicts are of other orders. Try again.',
    readOnly: 'You may try; the verdict of an owner or operator decides what is used.',
    csv: 'Export CSV',
    json: 'Export JSON',
    failedTitle: 'The test did not finish',
    failedSentence: 'Orders and earlier verdicts are safe. Try again, or reopen this page.',
    loading: 'Opening customer data',
    emptyTitle: 'No orders to try on yet',
    emptySentence: 'Import three months of orders or more to see how well these forecasts do in your shop.',
    emptyAct: 'Import orders',
    beliefs: {
      cycle: 'Reorder cycle',
      churn: 'Churn risk',
      'next-products': 'Next order',
      demand: 'Next week’s sales',
    },
    questions: {
      cycle: 'Products bought twice or more: bought again within 30 days?',
      churn: 'People who bought within half a year: silent for the next 60 days?',
      'next-products': 'Ten products each: how much of the next order is among them?',
      demand: 'The last four weeks, each forecast a week ahead in units',
    },
    badges: {
      better: 'in use',
      'not-better': 'not used',
      anyway: 'used anyway',
      'insufficient-evidence': 'too little data',
      none: 'not tried',
    },
    verdict: (verdict, isAnyway) => {
      if (verdict.kind === 'insufficient-evidence')
        return `Not enough data yet: ${count(verdict.have)} of ${count(verdict.needed)} ${missingEn[verdict.missing]}.`;
      const than = baselinesEn[verdict.than];
      if (verdict.kind === 'better') return `${decimal(verdict.percent)}% less error than ${than}: in use.`;
      const told =
        verdict.percent < 0
          ? `${decimal(-verdict.percent)}% more error than ${than}`
          : `${decimal(verdict.percent)}% less error than ${than}, not clearly better (needs ${decimal(leastGainPercent)}%)`;
      return isAnyway
        ? `${told}; used all the same, because somebody chose so.`
        : `${told}: answered by ${than} instead.`;
    },
    tried: (on) => `tried on ${day(on)}`,
    keptInsufficient: 'Not enough data when it was tried; used as it is.',
    untested: 'Not tried on your data yet.',
    notUsed: (names) => `No better when tried, so a simple rule answers: ${names.join(', ')}`,
    useAnyway: 'Use it anyway',
    used: (belief) => `${belief} is in use again`,
    heed: 'Go by the test: do not use it',
    unused: (belief) => `${belief}: the simple rule answers`,
    measures: { brier: 'Error of the chance', 'missed-basket': 'Not found', 'missed-units': 'Units missed' },
    measureNotes: {
      brier: 'mean of (forecast chance − what happened)²; 0 is best',
      'missed-basket': 'share of the next order that was not among ten; less is better',
      'missed-units': 'units missed over all products ÷ units sold; less is better',
    },
    ours: 'Our forecast',
    baselines: baselinesEn,
    error: errorOf,
    cases: ({ belief, cases, cameTrue, origins }) =>
      ({
        cycle: `${count(cases)} forecasts, ${count(cameTrue)} bought`,
        churn: `${count(cases)} forecasts, ${count(cameTrue)} stayed silent`,
        'next-products': `${plural(cases, 'order')}, ${plural(cameTrue, 'product')} found`,
        demand: `${count(cases)} forecasts, ${count(cameTrue)} units sold`,
      })[belief] + (origins.length > 0 ? `; seen from ${origins.map((at) => day(at)).join(', ')}` : ''),
    figure: ({ code, value, baseline }) =>
      ({
        'days-off': `of those who came, half are within ${decimal(value)} days${baseline === null ? '' : ` (own gap: ${decimal(baseline)} days)`}`,
        ranking: `puts those who leave first: ${fixedPercent(value)}${baseline === null ? '' : ` (days since the last order alone: ${fixedPercent(baseline)})`}; guessing is 50%`,
        coverage: `${percent(value)} lie within the range given; it should be 80%`,
      })[code],
    reliability: 'Said and seen',
    reliabilityNote:
      'Forecasts from low to high in ten equal parts. The closer the lines, the more they can be trusted.',
    forecast: 'Forecast',
    observed: 'Came true',
    bin: 'Forecast chance',
    share: 'share',
    csvHead: ['Belief', 'Item', 'Name', 'Value', 'Observed', 'Cases'],
    fileName: 'back-test',
  },
);
