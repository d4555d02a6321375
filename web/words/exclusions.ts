import { count, dayOfMs, money, plural } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const exclusionsWords = phrases(
  {
    title: '不算顾客的人',
    note: '店里的人、测试号、刷单的',
    hint: '他们的订单不进任何分析，也不会收到消息。在顾客卡上选「不算顾客」。',
    none: '现在没有。',
    loading: '正在打开数据',
    part: '算不算顾客',
    partHint: '店里的人、测试号、刷单的不是顾客：订单不进分析，也不发消息，随时能改回来。',
    exclude: '不算顾客…',
    why: '为什么不算',
    reasons: { staff: '店里的人', test: '测试号', brushing: '刷单' },
    countAgain: '重新算顾客',
    since: (reason: string, atMs: number): string => `${reason}，${dayOfMs(atMs)}起`,
    taken: (orders: number, netFen: number): string =>
      orders === 0 ? '没有订单' : `${count(orders)}笔订单、${money(netFen)}不计入`,
    total: (people: number, orders: number, netFen: number): string =>
      `共${count(people)}人，${count(orders)}笔订单、${money(netFen)}不计入`,
    excludedTitle: (name: string): string => `${name}不算顾客`,
    excludedDone: (name: string): string => `${name}不再算顾客`,
    countedDone: (name: string): string => `${name}重新算顾客`,
    readOnly: '店主和运营可以改。',
  },
  {
    title: 'Not customers',
    note: 'own people, test accounts, fake orders',
    hint: 'Their orders count in no analysis and they get no messages. Choose “Not a customer” on a customer’s card.',
    none: 'Nobody at the moment.',
    loading: 'Opening the data',
    part: 'A customer or not',
    partHint:
      'Your own people, test accounts and orders placed for show are no customers: their orders count nowhere and they get no messages. It can be taken back any time.',
    exclude: 'Not a customer…',
    why: 'Why not',
    reasons: { staff: 'Own staff', test: 'Test account', brushing: 'Fake orders' },
    countAgain: 'Count as a customer again',
    since: (reason, atMs) => `${reason}, since ${dayOfMs(atMs)}`,
    taken: (orders, netFen) =>
      orders === 0 ? 'no orders' : `${plural(orders, 'order')}, ${money(netFen)} not counted`,
    total: (people, orders, netFen) =>
      `${people === 1 ? '1 person' : `${count(people)} people`}, ${plural(orders, 'order')}, ${money(netFen)} not counted`,
    excludedTitle: (name) => `${name} is not a customer`,
    excludedDone: (name) => `${name} no longer counts as a customer`,
    countedDone: (name) => `${name} counts as a customer again`,
    readOnly: 'Owner and operator may change this.',
  },
);
