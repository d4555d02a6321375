/**
 * The words of the rule grammar in Chinese and English. In each list the first Chinese and the first English spelling
 * are the ones a rule is printed with. Source: the brief's rule `用户标签=烘焙爱好者 AND 最近7天未购买` and the pictures of
 * the segments screen; other spellings collected by hand, November 2026.
 */
import type { RfmName, Stage } from '#core/insight/profile/belief-columns.ts';
import type { Comparison, NumberField } from './rule.ts';

export interface Spelling {
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

export const joinWords: Readonly<Record<'all' | 'any' | 'not', Spelling>> = {
  all: { zh: ['并且', '而且', '同时', '且', '和'], en: ['and', '&&', '&'] },
  any: { zh: ['或', '或者'], en: ['or', '||'] },
  not: { zh: ['非', '排除'], en: ['not', 'except', '!'] },
};

export const listFields: Readonly<Record<'tag' | 'rfm' | 'stage' | 'channel' | 'consent', Spelling>> = {
  tag: { zh: ['标签', '用户标签', '兴趣标签'], en: ['tag', 'tags', 'interest'] },
  rfm: { zh: ['分层', '客户分层'], en: ['group', 'rfm'] },
  stage: { zh: ['阶段', '生命周期', '生命周期阶段'], en: ['stage', 'lifecycle', 'lifecycle stage'] },
  channel: { zh: ['渠道', '下单渠道'], en: ['channel', 'ordered via'] },
  consent: { zh: ['可联系', '能联系', '授权'], en: ['reachable by', 'reachable', 'consent'] },
};

export const numberFieldWords: Readonly<Record<NumberField, Spelling>> = {
  spent: { zh: ['累计实付', '实付', '累计消费', '消费'], en: ['spent', 'total spent'] },
  orders: { zh: ['单数', '订单数', '下单次数'], en: ['orders', 'number of orders'] },
  'days-since': {
    zh: ['离上次购买', '上次购买', '最近购买', '最近一次购买'],
    en: ['last purchase', 'days since last purchase', 'days since purchase'],
  },
  churn: { zh: ['流失风险'], en: ['churn risk', 'churn'] },
  'recency-score': { zh: ['最近档', '最近分', 'R分'], en: ['recency score', 'r score'] },
  'money-score': { zh: ['消费档', '金额分', 'M分'], en: ['money score', 'm score'] },
};

export const comparisonWords: Readonly<Record<Comparison, Spelling>> = {
  '>=': { zh: ['>=', '≥', '不少于', '不低于', '至少', '大于等于'], en: ['at least'] },
  '<=': { zh: ['<=', '≤', '不超过', '不高于', '最多', '小于等于'], en: ['at most'] },
  '>': { zh: ['>', '大于', '超过', '高于', '多于'], en: ['more than', 'over', 'above'] },
  '<': { zh: ['<', '小于', '少于', '低于', '不到'], en: ['less than', 'under', 'below'] },
  '=': { zh: ['=', '==', '等于', '是', '为'], en: ['is', 'equals'] },
};

export const isWords: Spelling = {
  zh: ['=', '==', '是', '为', '等于', '属于', '包含', ':'],
  en: ['is one of', 'is in', 'is', 'in', 'equals'],
};
export const isNotWords: Spelling = {
  zh: ['!=', '≠', '<>', '不是', '不为', '不等于', '不属于', '不包含'],
  en: ['is not in', 'is not', 'not in'],
};

export const boughtWords: Spelling = {
  zh: ['买过', '购买过', '下过单', '购买', '下单', '买了'],
  en: ['bought', 'has bought', 'purchased', 'a purchase of', 'purchase of', 'purchase'],
};
export const notBoughtWords: Spelling = {
  zh: [
    '没有购买',
    '未购买',
    '没有买过',
    '没有购买过',
    '未购买过',
    '没买过',
    '没购买',
    '没有下单',
    '未下单',
    '没下单',
    '没买',
    '未买',
  ],
  en: ['no purchase', 'no purchase of', 'not bought', 'has not bought', 'did not buy', 'no order', 'no orders'],
};
/** English says "no purchase of butter". */
export const ofWord = 'of';

export const withinPrefixes: Spelling = {
  zh: ['最近', '近', '过去'],
  en: ['in the last', 'in the past', 'within the last', 'in last', 'within', 'in', 'the last', 'last'],
};
export const units: readonly { readonly days: number; readonly words: Spelling }[] = [
  { days: 1, words: { zh: ['天内', '天之内', '天以内', '日内', '天', '日'], en: ['days', 'day', 'd'] } },
  { days: 7, words: { zh: ['周内', '个星期内', '周', '个星期'], en: ['weeks', 'week', 'w'] } },
  { days: 30, words: { zh: ['个月内', '月内', '个月'], en: ['months', 'month'] } },
];
export const yuanWords: Spelling = { zh: ['元', '块', '¥', '￥'], en: ['yuan', 'cny', 'rmb'] };
export const orderWords: Spelling = { zh: ['单', '笔', '次'], en: ['orders', 'order', 'times'] };

/** What an error offers where the rest of a condition is missing. */
export const offered = {
  afterDays: { zh: ['没有购买', '买过'], en: ['no purchase', 'bought'] },
  afterField: { zh: ['=', '属于'], en: ['=', 'in'] },
  afterName: { zh: ['的复购期包含今天'], en: ['is due'] },
  afterNumberField: { zh: ['>', '>=', '<', '<=', '='], en: ['>', '>=', '<', '<=', '='] },
} as const satisfies Readonly<Record<string, Spelling>>;

/** The window of a named product: what stands behind its name in Chinese, before it in English. */
export const windowSuffixes: Spelling = {
  zh: ['的复购期包含今天', '的复购期含今天', '的复购期内', '的复购期', '复购期包含今天', '复购期内', '复购期'],
  en: ['is due', 'window includes today'],
};
export const windowPrefixes: Spelling = {
  zh: ['今天在复购期', '处于复购期', '在复购期内', '在复购期', '今天该补货', '该补货', '今天到期', '到期'],
  en: [
    'in repurchase window',
    'in the repurchase window',
    'due to reorder today',
    'due to reorder',
    'due today',
    'due for',
    'due',
  ],
};
export const standsInWords: Spelling = { zh: ['今天在', '处于', '在'], en: ['in'] };
export const categoryWords: Spelling = { zh: ['品类', '类目'], en: ['category'] };

export const rfmWords: Readonly<Record<RfmName, Spelling>> = {
  vip: { zh: ['VIP'], en: ['VIP'] },
  active: { zh: ['活跃客', '活跃'], en: ['active'] },
  new: { zh: ['新客'], en: ['new'] },
  sleeping: { zh: ['沉睡客', '沉睡'], en: ['sleeping'] },
  lost: { zh: ['流失客', '流失'], en: ['lost'] },
  none: { zh: ['未下单'], en: ['no order yet', 'none'] },
};

export const stageWords: Readonly<Record<Stage, Spelling>> = {
  aware: { zh: ['认知', '认知期'], en: ['aware', 'awareness'] },
  considering: { zh: ['考虑', '考虑期'], en: ['considering', 'consideration'] },
  'first-purchase': { zh: ['首购', '首购期'], en: ['first purchase', 'first-purchase'] },
  repurchasing: { zh: ['复购', '复购客'], en: ['repurchasing', 'repurchase'] },
  loyal: { zh: ['忠诚', '忠诚期'], en: ['loyal'] },
  'churn-warning': { zh: ['流失预警'], en: ['churn warning', 'churn-warning'] },
};

/** Channels of order lines and what people call them; a platform's own word is understood as it stands. */
export const channelWords: Readonly<Record<string, Spelling>> = {
  live: { zh: ['直播', '直播间'], en: ['live', 'broadcast'] },
  'mini-program': { zh: ['小程序'], en: ['mini-program', 'mini program'] },
  community: { zh: ['社群'], en: ['community'] },
  wecom: { zh: ['企微', '企业微信'], en: ['wecom'] },
  pos: { zh: ['门店'], en: ['in store', 'store'] },
};

/** Channels of contact, by the codes consents carry. */
export const contactWords: Readonly<Record<string, Spelling>> = {
  'wecom-1v1': { zh: ['企微', '企业微信', '企微1v1'], en: ['wecom'] },
  community: { zh: ['社群'], en: ['community'] },
  sms: { zh: ['短信'], en: ['sms', 'text message'] },
  'service-account': { zh: ['公众号', '服务号'], en: ['service account'] },
  manual: { zh: ['人工'], en: ['by hand'] },
};

/** Full-width and other forms of punctuation, each replaced by one character so that places stay true. */
export const sameCharacters: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '＝': '=',
  '，': ',',
  '、': ',',
  '；': ',',
  '：': ':',
  '！': '!',
  '＞': '>',
  '＜': '<',
  '｜': '|',
  '＆': '&',
  '“': '"',
  '”': '"',
  '「': '"',
  '」': '"',
  '《': '"',
  '》': '"',
  '\u3000': ' ',
  '\u00a0': ' ',
  '。': ' ',
  '％': '%',
  '．': '.',
  '０': '0',
  '１': '1',
  '２': '2',
  '３': '3',
  '４': '4',
  '５': '5',
  '６': '6',
  '７': '7',
  '８': '8',
  '９': '9',
};
