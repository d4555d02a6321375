import type { Article } from '#core/wording/law-rule.ts';
import type { Finding } from '#core/wording/check-line.ts';
import { phrases } from './phrases.svelte.ts';

interface ArticleWords {
  readonly law: string;
  readonly why: string;
}

const zhArticles: Record<Article, ArticleWords> = {
  'advertising-law-9-1': { law: '《广告法》第九条', why: '不能用国旗、国徽、国歌等' },
  'advertising-law-9-2': { law: '《广告法》第九条', why: '不能借国家机关和国家场合的名义' },
  'advertising-law-9-3': { law: '《广告法》第九条', why: '绝对化用语' },
  'advertising-law-9-8': { law: '《广告法》第九条', why: '不能宣扬迷信' },
  'advertising-law-11': { law: '《广告法》第十一条', why: '数据和排名要写明出处' },
  'advertising-law-12': { law: '《广告法》第十二条', why: '说专利要带专利号和种类' },
  'advertising-law-13': { law: '《广告法》第十三条', why: '不能贬低别家' },
  'advertising-law-17': { law: '《广告法》第十七条', why: '食品不能说治病，也不能用医疗用语' },
  'advertising-law-18': { law: '《广告法》第十八条', why: '不能保证功效和安全' },
  'advertising-law-20': { law: '《广告法》第二十条', why: '不能说代替母乳' },
  'advertising-law-28': { law: '《广告法》第二十八条', why: '说满了又证明不了，就是误导' },
  'trademark-law-14': { law: '《商标法》第十四条', why: '驰名商标不能用来宣传' },
  'food-safety-law-73': { law: '《食品安全法》第七十三条', why: '食品不能说预防疾病' },
  'formula-registration': { law: '婴配奶粉注册管理办法', why: '婴幼儿配方奶粉不能这样声称' },
};

const enArticles: Record<Article, ArticleWords> = {
  'advertising-law-9-1': { law: 'Advertising Law art. 9', why: 'national symbols may not be used' },
  'advertising-law-9-2': { law: 'Advertising Law art. 9', why: 'the name of state bodies may not be used' },
  'advertising-law-9-3': { law: 'Advertising Law art. 9', why: 'absolute wording' },
  'advertising-law-9-8': { law: 'Advertising Law art. 9', why: 'superstition may not be promoted' },
  'advertising-law-11': { law: 'Advertising Law art. 11', why: 'figures and ranks need their source' },
  'advertising-law-12': { law: 'Advertising Law art. 12', why: 'a patent needs its number and kind' },
  'advertising-law-13': { law: 'Advertising Law art. 13', why: 'others may not be belittled' },
  'advertising-law-17': { law: 'Advertising Law art. 17', why: 'food may not claim to treat, nor use medical words' },
  'advertising-law-18': { law: 'Advertising Law art. 18', why: 'effect and safety may not be guaranteed' },
  'advertising-law-20': { law: 'Advertising Law art. 20', why: 'nothing may claim to replace breast milk' },
  'advertising-law-28': { law: 'Advertising Law art. 28', why: 'a claim beyond proof misleads' },
  'trademark-law-14': { law: 'Trademark Law art. 14', why: 'well-known mark status may not be advertised' },
  'food-safety-law-73': { law: 'Food Safety Law art. 73', why: 'food may not claim to prevent illness' },
  'formula-registration': { law: 'infant formula registration rules', why: 'not allowed for infant formula' },
};

/** What the law check says, in people's words. */
export const wordingWords = phrases(
  {
    title: ({ text, verdict }: Finding) => (verdict === 'block' ? `“${text}”不能说` : `“${text}”要有依据`),
    reason: ({ article }: Finding) => `${zhArticles[article].why}，${zhArticles[article].law}。`,
    told: ({ text, verdict, article }: Finding) =>
      `“${text}”${verdict === 'block' ? '不能说' : '要有依据'}：${zhArticles[article].why}`,
    instead: (rewrite: string) => `可换成“${rewrite}”。`,
    reword: '这句要换个说法。',
    replace: '换成这句',
    byHand: '自己改',
    blocked: (n: number) => `${n}处不能说`,
    review: (n: number) => `${n}处要有依据`,
    pass: '没查出问题',
  },
  {
    title: ({ text, verdict }: Finding) =>
      verdict === 'block' ? `“${text}” may not be said` : `“${text}” needs evidence`,
    reason: ({ article }: Finding) => `${capital(enArticles[article].why)}, ${enArticles[article].law}.`,
    told: ({ text, verdict, article }: Finding) =>
      `“${text}” ${verdict === 'block' ? 'may not be said' : 'needs evidence'}: ${enArticles[article].why}`,
    instead: (rewrite: string) => ` Could be “${rewrite}”.`,
    reword: ' Put this another way.',
    replace: 'Use this',
    byHand: 'Edit it myself',
    blocked: (n: number) => `${n} may not be said`,
    review: (n: number) => `${n} need${n === 1 ? 's' : ''} evidence`,
    pass: 'Nothing found',
  },
);

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
