import type { ParameterFigure } from '#core/insight/profile/compare-parameters.ts';
import { count, decimal, plural } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

const days = (value: number): string => decimal(value);

type Figures = Readonly<Record<ParameterFigure, (value: number) => string>>;
const figuresZh: Figures = {
  'shop-interval-days': (value) => `全店多久再买：${days(value)}天`,
  'usual-gap-days': (value) => `同一商品的常见间隔：${days(value)}天`,
  gaps: (value) => `学过的复购间隔：${count(value)}次`,
  'products-with-own-gap': (value) => `有自己节奏的商品：${count(value)}种`,
  'churn-customers': (value) => `学流失的顾客：${count(value)}位`,
  'value-customers': (value) => `学价值的顾客：${count(value)}位`,
  'basket-rules': (value) => `搭着买的规律：${count(value)}条`,
  'next-customers': (value) => `学下一单的顾客：${count(value)}位`,
  'demand-weeks': (value) => `学销量的周数：${count(value)}`,
};
const figuresEn: Figures = {
  'shop-interval-days': (value) => `Back in the shop after: ${days(value)} days`,
  'usual-gap-days': (value) => `Same product again after: ${days(value)} days`,
  gaps: (value) => `Repurchases learnt from: ${count(value)}`,
  'products-with-own-gap': (value) => `Products with a rhythm of their own: ${count(value)}`,
  'churn-customers': (value) => `Customers churn was learnt from: ${count(value)}`,
  'value-customers': (value) => `Customers value was learnt from: ${count(value)}`,
  'basket-rules': (value) => `Products bought together: ${count(value)} rules`,
  'next-customers': (value) => `Customers the next order was learnt from: ${count(value)}`,
  'demand-weeks': (value) => `Weeks of sales learnt from: ${count(value)}`,
};

export const parametersWords = phrases(
  {
    title: '预测用的参数',
    note: '全部设备用同一份',
    none: '还没有学到本店的规律，先用内置的。导入订单后会在后台学。',
    allRefused: '每一份都不用，现在用内置的。',
    inUse: (day: string) => `在用：学到${day}为止`,
    from: (lines: number, customers: number) => `从${count(lines)}行订单、${count(customers)}位顾客学来`,
    madeByServer: (when: string) => `服务器在${when}算出`,
    madeByDevice: (name: string, when: string) => `${name}的设备在${when}算出`,
    someone: '同事',
    changed: '比上一份变了什么',
    putAside: {
      builtIn: '学到的都在设置里停用了；这里按买过的次数和大家的选择估。',
      instead: '学到的都在设置里停用了，没有可估的；要用，先用回一份。',
      counted: '学到的都在设置里停用了；这些搭配是现在从订单里直接数的。',
    },
    learntFirst: '学到了什么，代替内置的',
    unchanged: '和上一份一样',
    unchangedFirst: '和内置的一样',
    figures: figuresZh,
    before: (before: number) => `原来${decimal(before)}`,
    builtIn: (before: number) => (before === 0 ? '没有内置的' : `内置${decimal(before)}`),
    history: '以前的',
    record: (day: string, lines: number) => `${day}，${count(lines)}行`,
    refused: '不用',
    refuse: '不用这一份',
    previous: '用上一份',
    accept: '改用这一份',
    refusedDone: (day: string) => `不再用${day}那一份`,
    acceptedDone: (day: string) => `又用${day}那一份了`,
    readOnly: '店主和运营可以换。',
    tryIt: '用自己的数据试一试',
  },
  {
    title: 'What predictions are made with',
    note: 'The same on every device',
    none: 'Nothing learnt from this shop yet; the built-in numbers answer. Learning starts after an import.',
    allRefused: 'Every record was put aside; the built-in numbers answer.',
    inUse: (day) => `In use: learnt up to ${day}`,
    from: (lines, customers) => `From ${plural(lines, 'order line')} of ${plural(customers, 'customer')}`,
    madeByServer: (when) => `Learnt by the server, ${when}`,
    madeByDevice: (name, when) => `Learnt on a device of ${name}, ${when}`,
    someone: 'a colleague',
    changed: 'What changed since the one before',
    putAside: {
      builtIn:
        'Everything learnt is put aside in the settings; judged by how often they bought and what people choose.',
      instead:
        'Everything learnt is put aside in the settings, so nothing can be told here until a record is used again.',
      counted: 'Everything learnt is put aside in the settings; these pairings are counted from the orders just now.',
    },
    learntFirst: 'What was learnt, instead of the built-in numbers',
    unchanged: 'The same as the one before',
    unchangedFirst: 'The same as the built-in numbers',
    figures: figuresEn,
    before: (before) => `was ${decimal(before)}`,
    builtIn: (before) => (before === 0 ? 'nothing built in' : `built in: ${decimal(before)}`),
    history: 'Before',
    record: (day, lines) => `${day}, ${plural(lines, 'line')}`,
    refused: 'Put aside',
    refuse: 'Do not use it',
    previous: 'Use the one before',
    accept: 'Use this one',
    refusedDone: (day) => `The record of ${day} is put aside`,
    acceptedDone: (day) => `The record of ${day} is used again`,
    readOnly: 'Owners and operators can change this.',
    tryIt: 'Try it on my data',
  },
);
