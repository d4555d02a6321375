/** Who would buy one product: everybody by the chance that their next order holds it. */
import type { BuyerFacts } from '#core/insight/next-products/next-products-ranker.ts';
import { count, decimal } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';

export const buyersWords = phrases(
  {
    product: '哪件商品',
    kind: '买过没有',
    kinds: { all: '全部', new: '没买过的', again: '买过的' },
    least: '多大可能',
    leastAny: '多小都列',
    leastOf: (share: string): string => `${share}以上`,
    title: (product: string): string => `谁会买${product}`,
    note: '下一单里有它的可能，不管下一单哪天来',
    expected: (n: number, of: number): string => `${count(of)}人里，预计${decimal(n, 0)}人的下一单会有它`,
    none: '没有这么可能的人。把“多大可能”放低一点再看。',
    noProducts: '还没有卖出过的商品。',
    gone: '这件商品已经不在了，换一件看。',
    how: '和顾客卡上的“下一单可能有什么”是同一个数：买过的人，看买的次数、多久没买、从哪一单开始买、东西爱不爱再买、每单多大、和篮子里别的东西；没买过的人，看和他买过一样东西的人里有多少也买了它、这样的东西有几样、他下过几单。理由一样的两个人，差别就在第二句里。预计人数是所有人的可能加在一起。',
    says: (reason: string, facts: string): string => `${reason}；${facts}`,
    facts: ({ baskets, lines, again, later, sinceFirst, companions }: BuyerFacts, isAlways: boolean): string => {
      const each = `每单约${decimal(lines / baskets)}样`;
      if (sinceFirst === 0)
        return `${companions === 0 ? '没有买过和它同路的东西' : `和它同路的买过${count(companions)}样`}，一共${count(baskets)}单，${each}`;
      const from = sinceFirst === baskets ? '从第一单就买它' : `${count(sinceFirst)}单前开始买它`;
      const repeats = `后来买的${count(later)}样里${count(again)}样是再买`;
      return [...(isAlways ? [] : [from]), ...(later === 0 ? [] : [repeats]), each].join('，');
    },
    fileHead: ['可能', '买过', '为什么'],
    bought: { yes: '是', no: '否' },
    tagAct: '给他们标上标签',
    tagTitle: '标上标签',
    tagNote: (n: number): string => `${count(n)}人会有这个标签，可以按它存成人群、做邀约。以后再算，名单不会跟着变。`,
    tagName: '标签',
    tagOf: (product: string): string => `可能买${product}`,
    tagDo: (n: number): string => `标上${count(n)}人`,
    tagged: (n: number, tag: string): string => `${count(n)}人已标上“${tag}”`,
    tooMany: (most: number): string => `一次最多标${count(most)}人，把“多大可能”调高一点。`,
    tagFailedTitle: '没标上',
    tagFailedSentence: '名单还在。等一下再标一次。',
  },
  {
    product: 'Product',
    kind: 'Bought before',
    kinds: { all: 'Everybody', new: 'Never bought it', again: 'Bought it before' },
    least: 'How likely',
    leastAny: 'However unlikely',
    leastOf: (share: string): string => `${share} or more`,
    title: (product: string): string => `Who would buy ${product}`,
    note: 'chance that it is in the next order, whenever that comes',
    expected: (n: number, of: number): string =>
      `Of ${count(of)} people, about ${decimal(n, 0)} will have it in their next order`,
    none: 'Nobody is that likely. Lower “How likely” and look again.',
    noProducts: 'No product has been sold yet.',
    gone: 'This product is no longer there. Choose another.',
    how: "The same number as “In the next order” on a customer's card. For those who bought it: how often, how long ago, since which order, how much they buy again at all, how large their orders are, and what else was in the basket. For those who never did: how many of the people who share their other products have it, how many such products there are, and how many orders. Where two people have the same reason, the second sentence tells them apart. The expected number adds everybody's chance.",
    says: (reason: string, facts: string): string => `${reason}; ${facts}`,
    facts: ({ baskets, lines, again, later, sinceFirst, companions }: BuyerFacts, isAlways: boolean): string => {
      const things = decimal(lines / baskets);
      const each = `${things} ${things === '1' ? 'thing' : 'things'} an order`;
      if (sinceFirst === 0) {
        const company =
          companions === 0
            ? 'bought nothing that its buyers buy'
            : `${companions === 1 ? '1 thing' : `${count(companions)} things`} in common with its buyers`;
        return `${company}, ${baskets === 1 ? '1 order' : `${count(baskets)} orders`}, ${each}`;
      }
      const from =
        sinceFirst === baskets
          ? 'bought it from the first order'
          : `first bought it ${sinceFirst === 1 ? '1 order' : `${count(sinceFirst)} orders`} ago`;
      const repeats = `${count(again)} of ${count(later)} later purchases were repeats`;
      return [...(isAlways ? [] : [from]), ...(later === 0 ? [] : [repeats]), each].join(', ');
    },
    fileHead: ['Chance', 'Bought before', 'Why'],
    bought: { yes: 'yes', no: 'no' },
    tagAct: 'Tag these people',
    tagTitle: 'Tag these people',
    tagNote: (n: number): string =>
      `${n === 1 ? '1 person gets' : `${count(n)} people get`} this tag, to keep as a segment and to invite. Later counts do not change who has it.`,
    tagName: 'Tag',
    tagOf: (product: string): string => `may buy ${product}`,
    tagDo: (n: number): string => `Tag ${n === 1 ? '1 person' : `${count(n)} people`}`,
    tagged: (n: number, tag: string): string => `${n === 1 ? '1 person' : `${count(n)} people`} tagged “${tag}”`,
    tooMany: (most: number): string => `At most ${count(most)} people at a time: raise “How likely”.`,
    tagFailedTitle: 'Not tagged',
    tagFailedSentence: 'The list is still here. Try again in a moment.',
  },
);
