/** The segments screen: rules, their errors as sentences, why not one person, the RFM map. */
import type { RfmName } from '#core/insight/profile/belief-columns.ts';
import { dueChance } from '#core/insight/repurchase/due-chance.ts';
import { printCondition } from '#core/segments/print-rule.ts';
import type { ConditionCheck } from '#core/segments/explain-miss.ts';
import type { RuleError } from '#core/segments/rule.ts';
import { beliefsWords } from './beliefs.ts';
import { count, day, money, percent, plural } from './format.svelte.ts';
import { phrases } from './phrases.svelte.ts';
import { tagName } from './tag-name.ts';

type RuleFault = Pick<RuleError, 'kind' | 'line' | 'column' | 'near'>;

const faultZh: Readonly<Record<RuleError['kind'], (near: string) => string>> = {
  empty: () => '还没有写条件。',
  'unknown-word': (near) => `看不懂“${near}”。`,
  'unknown-tag': (near) => `没有“${near}”这个标签。`,
  'unknown-rfm': (near) => `没有“${near}”这个分层。`,
  'unknown-stage': (near) => `没有“${near}”这个阶段。`,
  'unknown-channel': (near) => `没有“${near}”这个渠道。`,
  'unknown-product': (near) => `商品和品类里没有“${near}”。`,
  'unknown-category': (near) => `没有“${near}”这个品类。`,
  'missing-value': () => '这里还差一个名字。',
  'missing-number': () => '这里还差一个数。',
  'unusable-days': (near) => `“${near}”不是能用的天数，写成 7天 这样。`,
  'missing-operator': () => '这里还差一个比较，例如 = 或 >。',
  'missing-condition': () => '这里还差半句条件。',
  unclosed: () => '这个括号没有关上。',
  unopened: () => '这个括号没有开头。',
};
const faultEn: Readonly<Record<RuleError['kind'], (near: string) => string>> = {
  empty: () => 'No condition yet.',
  'unknown-word': (near) => `“${near}” is not understood.`,
  'unknown-tag': (near) => `There is no tag “${near}”.`,
  'unknown-rfm': (near) => `There is no group “${near}”.`,
  'unknown-stage': (near) => `There is no stage “${near}”.`,
  'unknown-channel': (near) => `There is no channel “${near}”.`,
  'unknown-product': (near) => `No product or category is called “${near}”.`,
  'unknown-category': (near) => `There is no category “${near}”.`,
  'missing-value': () => 'A name is missing here.',
  'missing-number': () => 'A number is missing here.',
  'unusable-days': (near) => `“${near}” is no usable span. Write it like 7 days.`,
  'missing-operator': () => 'A comparison is missing here, such as = or >.',
  'missing-condition': () => 'Half of the condition is missing here.',
  unclosed: () => 'This bracket is never closed.',
  unopened: () => 'This bracket was never opened.',
};

/** Equal cut values leave nobody between them. */
const bandBetween = (from: number, to: number): string =>
  from < to ? `${from}–${to}` : from === to ? String(to) : '—';

const valueOf = (check: ConditionCheck, none: string, days: (n: number) => string): string => {
  const { condition, detail } = check;
  if (detail.kind !== 'number' || condition.kind !== 'number') return '';
  if (Number.isNaN(detail.value)) return none;
  if (condition.field === 'spent') return money(detail.value);
  if (condition.field === 'churn') return percent(detail.value);
  return condition.field === 'days-since' ? days(detail.value) : count(detail.value);
};

export const segmentsWords = phrases(
  {
    title: '人群',
    untitled: '没起名的人群',
    create: '新人群',
    keep: '把刚才那批人存成人群',
    emptyTitle: '还没有人群',
    emptySentence: '写一句话就能圈人：标签 = 烘焙爱好者 并且 7天内没有购买。',
    emptyReader: '运营写好第一个人群，这里就能看到。',
    emptyAct: '写第一个人群',
    name: '人群名',
    rule: '规则',
    ruleHint: '像写句子一样写，Tab补全',
    ruleLabel: '规则文本，每行一个条件',
    placeholder: '标签 = 烘焙爱好者\n并且 7 天内没有购买',
    tab: (word: string): string => `Tab：${word}`,
    lineCount: (n: number): string => `${count(n)}人`,
    fault: (fault: RuleFault): string => `第${fault.line}行第${fault.column}个字：${faultZh[fault.kind](fault.near)}`,
    didYouMean: '你是不是想写',
    partly: (lines: number): string => (lines === 0 ? '还没有能算的行' : `前${lines}行有效，先按这${lines}行算`),
    meant: '符合的人',
    people: '人',
    took: (ms: number, total: number): string => `${ms < 1 ? '不到1' : count(Math.round(ms))}毫秒 · ${count(total)}人`,
    reach: { granted: '能联系上', refused: '不要再发', unknown: '没有授权' },
    openList: '看名单',
    otherLanguage: '英文写法',
    samples: '样本',
    samplesNote: (n: number): string => `随机${n}人，点人看每一条为何成立`,
    others: '换一批',
    noSamples: '没有人符合。放宽一个条件再看。',
    uncarried: (tag: string, waiting: number, isOwn: boolean): string =>
      waiting > 0
        ? `还没有人带“${tag}”标签：${count(waiting)}个商品建议了它，等${isOwn ? '人' : '店主或运营'}确认。确认后，买过的人就会带上。`
        : `还没有人带“${tag}”标签。${isOwn ? '给商品加上它' : '店主或运营给商品加上它后'}，买过的人就会带上。`,
    toCatalogue: '去商品库确认',
    why: '为什么没有某个人',
    whyPlaceholder: '姓名、拼音首字母、尾号',
    whyNobody: '没有找到这个人。',
    whyMeant: '这个人在里面。',
    whyMissed: '这个人不在里面。',
    check: (check: ConditionCheck): string => {
      const rule = printCondition(check.condition, 'zh', check.isNegated);
      const { detail } = check;
      const b = beliefsWords();
      switch (detail.kind) {
        case 'tag':
          return `${rule}；现有标签：${detail.has.length === 0 ? '没有' : detail.has.join('、')}`;
        case 'rfm':
          return `${rule}；现在是${b.rfm[detail.name]}`;
        case 'stage':
          return `${rule}；现在是${b.stages[detail.name]}`;
        case 'number':
          return `${rule}；现在是${valueOf(check, '没买过', (n) => `${n}天`)}`;
        case 'bought':
          return `${rule}；${detail.lastDay < 0 ? '从没买过' : `上次${day(detail.lastDay)}`}`;
        case 'window':
          return detail.product === ''
            ? `${rule}；没买过`
            : detail.evidence === 'insufficient-evidence'
              ? `${rule}；${detail.product}${b.missing(detail.purchases)}`
              : `${rule}；${detail.product}的复购期是${day(detail.fromDay)}至${day(detail.toDay)}，7天内会买的可能${percent(detail.within7)}，${dueChance * 100}%起算到期`;
        default:
          return `${rule}；${detail.has.length === 0 ? '没有' : detail.has.map((one) => (detail.kind === 'consent' ? b.contact(one) : b.channel(one))).join('、')}`;
      }
    },
    saved: '人群列表',
    savedCount: (n: number): string => `${n}个`,
    keepRule: '保存',
    cannotKeep: { counting: '正在算', wrong: '改好才能保存' },
    kept: (name: string): string => `${name}存好了`,
    draft: (isFirst: boolean): string =>
      isFirst ? '这条规则还没保存。' : '有没保存的改动，人群还按上次保存的规则算。',
    drop: '放弃改动',
    dropped: '改回上次保存的规则了',
    unsaved: '有没保存的改动',
    archive: '收起这个人群',
    archived: (name: string): string => `${name}收起来了`,
    map: '分层地图',
    mapNote: '横：离上次购买多久 · 纵：消费档，5最高 · 颜色越深人越多',
    mapLabel: '分层地图，横是离上次购买的天数，纵是消费档',
    editMap: '改界线',
    mapLoading: '正在算',
    mapFailed: '没算出来',
    mapOf: '看哪个品类',
    wholeShop: '全店',
    ownBoundaries: '这个品类有自己的界线',
    shopBoundaries: '按全店的界线',
    followShop: '改回全店的界线',
    noneOfCategory: '没买过这个品类',
    score: (n: number): string => `${n}档`,
    days: (from: number, to: number | null): string =>
      to === null ? `${from - 1}天以上` : from <= 0 ? `${to}天内` : bandBetween(from, to),
    cell: (money5: number, days: string, n: number, name: string): string =>
      `消费${money5}档，${days}：${count(n)}人，多为${name}`,
    cellTitle: (money5: number, days: string): string => `消费${money5}档，${days}`,
    mapAxes: '人数，纵消费档，横离上次购买的天数',
    cellHeads: ['消费档', '最近档', '离上次购买（天）', '人数', '多为'],
    drafted: '试改的界线',
    draftFirst: '先用上或放弃改动，再换品类',
    nameRule: (
      name: RfmName,
      rules: { lost: number; sleeping: number; fresh: number; recency: number; money: number },
    ): string =>
      ({
        vip: `最近档${rules.recency}以上，且消费档${rules.money}以上`,
        active: `${rules.sleeping}天内买过，不在别的层`,
        new: `只买过一单，在${rules.fresh}天内；第二单起不再算新客`,
        sleeping: `超过${rules.sleeping}天没来`,
        lost: `超过${rules.lost}天没来`,
        none: '有联系方式，还没买过',
      })[name],
    week: '比一周前',
    cuts: '界线',
    cutMode: '最近档怎么切',
    modes: { fixed: '固定天数', quantile: '五等分' },
    cutDays: (n: number): string => `第${n}条界线（天）`,
    sleepingAfter: '多少天没来算沉睡',
    lostAfter: '多少天没来算流失',
    newWithin: '只有一单时，多少天内算新客',
    vipMoney: 'VIP消费档从几档起',
    vipRecency: 'VIP最近档从几档起',
    preview: (n: number): string => (n === 0 ? '没有人换层' : `会有${count(n)}人换层`),
    move: (from: string, to: string, n: number): string => `${from} → ${to} ${count(n)}人`,
    apply: '用这些界线',
    back: '不改了',
    applied: '界线已改，全部重算过',
    mustRise: '界线要一条比一条大；沉睡要早于流失。',
    readOnly: '只能查看',
    loading: '正在打开人群',
    failedTitle: '人群没算出来',
    failedSentence: '规则文本都在。重新打开这个页面再试。',
    window: (product: string, from: number, to: number): string => `${product}复购期 ${day(from)}–${day(to)}`,
    bought: (orders: number, last: number): string => (orders === 0 ? '还没买过' : `${orders}单，最近${day(last)}`),
  },
  {
    title: 'Segments',
    untitled: 'Untitled segment',
    create: 'New segment',
    keep: 'Keep those people as a segment',
    emptyTitle: 'No segments yet',
    emptySentence: 'Write a sentence to choose people: tag = 烘焙爱好者 and no purchase in 7 days.',
    emptyReader: 'It appears here once an operator has written the first one.',
    emptyAct: 'Write the first segment',
    name: 'Name of the segment',
    rule: 'Rule',
    ruleHint: 'Write it like a sentence; Tab completes',
    ruleLabel: 'Text of the rule, one condition a line',
    placeholder: 'tag = 烘焙爱好者\nand no purchase in 7 days',
    tab: (word) => `Tab: ${word}`,
    lineCount: (n) => count(n),
    fault: (fault) => `Line ${fault.line}, character ${fault.column}: ${faultEn[fault.kind](fault.near)}`,
    didYouMean: 'Did you mean',
    partly: (lines) =>
      lines === 0
        ? 'No line can be counted yet'
        : lines === 1
          ? 'Counted by the first line, which holds'
          : `Counted by the first ${lines} lines, which hold`,
    meant: 'People meant',
    people: 'people',
    took: (ms, total) => `${ms < 1 ? 'under 1' : count(Math.round(ms))}\u00a0ms · of ${count(total)}`,
    reach: { granted: 'Reachable', refused: 'Said no', unknown: 'Not granted' },
    openList: 'Open the list',
    otherLanguage: 'In Chinese',
    samples: 'Samples',
    samplesNote: (n) => `${n} at random; choose one to see why each condition holds`,
    others: 'Show others',
    noSamples: 'Nobody fits. Loosen a condition and look again.',
    uncarried: (tag, waiting, isOwn) =>
      waiting > 0
        ? `Nobody carries the tag “${tagName(tag)}” yet: it is suggested for ${waiting === 1 ? '1 product' : `${count(waiting)} products`} and waits for ${isOwn ? 'a yes' : 'the owner or an operator'}. Confirmed, it reaches those who buy them.`
        : isOwn
          ? `Nobody carries the tag “${tagName(tag)}” yet. Give it to products, and it reaches those who buy them.`
          : `Nobody carries the tag “${tagName(tag)}” yet. Once the owner or an operator gives it to products, it reaches those who buy them.`,
    toCatalogue: 'Confirm it in Catalogue',
    why: 'Why not this person',
    whyPlaceholder: 'Name, pinyin initials, last digits',
    whyNobody: 'Nobody found.',
    whyMeant: 'This person is in it.',
    whyMissed: 'This person is not in it.',
    check: (check) => {
      const rule = printCondition(check.condition, 'en', check.isNegated);
      const { detail } = check;
      const b = beliefsWords();
      switch (detail.kind) {
        case 'tag':
          return `${rule}; tags now: ${detail.has.length === 0 ? 'none' : detail.has.map(tagName).join(', ')}`;
        case 'rfm':
          return `${rule}; is ${b.rfm[detail.name]}`;
        case 'stage':
          return `${rule}; is ${b.stages[detail.name]}`;
        case 'number':
          return `${rule}; is ${valueOf(check, 'without a purchase', (n) => `${n}\u00a0days`)}`;
        case 'bought':
          return `${rule}; ${detail.lastDay < 0 ? 'never bought' : `last on ${day(detail.lastDay)}`}`;
        case 'window':
          return detail.product === ''
            ? `${rule}; never bought`
            : detail.evidence === 'insufficient-evidence'
              ? `${rule}; ${detail.product}: ${b.missing(detail.purchases)}`
              : `${rule}; the window of ${detail.product} is ${day(detail.fromDay)} to ${day(detail.toDay)}, ${percent(detail.within7)} within 7 days; due from ${dueChance * 100}%`;
        default:
          return `${rule}; ${detail.has.length === 0 ? 'none' : detail.has.map((one) => (detail.kind === 'consent' ? b.contact(one) : b.channel(one))).join(', ')}`;
      }
    },
    saved: 'All segments',
    savedCount: (n) => `${n}`,
    keepRule: 'Save',
    cannotKeep: { counting: 'Counting', wrong: 'Correct it to save' },
    kept: (name) => `${name} was saved`,
    draft: (isFirst) =>
      isFirst ? 'This rule is not saved yet.' : 'Changes are not saved; the segment still goes by the rule last saved.',
    drop: 'Drop the changes',
    dropped: 'Back to the rule last saved',
    unsaved: 'Unsaved changes',
    archive: 'Put this segment away',
    archived: (name) => `${name} was put away`,
    map: 'Map of groups',
    mapNote: 'Across: days since the last purchase · up: spending, 5 is highest · darker means more people',
    mapLabel: 'Map of groups: across, days since the last purchase; up, spending score',
    mapLoading: 'Counting',
    mapFailed: 'Could not be counted',
    editMap: 'Edit boundaries',
    mapOf: 'Which category',
    wholeShop: 'Whole shop',
    ownBoundaries: 'own boundaries',
    shopBoundaries: 'by the shop’s boundaries',
    followShop: 'Back to the shop’s',
    noneOfCategory: 'has not bought in this category',
    score: (n) => `${n}`,
    days: (from, to) => (to === null ? `over ${from - 1}\u00a0d` : from <= 0 ? `${to}\u00a0d` : bandBetween(from, to)),
    cellTitle: (money5, days) => `Spending ${money5}, ${days}`,
    mapAxes: 'people; spending score up, days since the last purchase across',
    cellHeads: ['Spending score', 'Recency score', 'Days since the last purchase', 'People', 'Mostly'],
    drafted: 'drafted boundaries',
    draftFirst: 'Apply or discard the changes before choosing another category',
    cell: (money5, days, n, name) => `Spending ${money5}, ${days}: ${plural(n, 'person', 'people')}, mostly ${name}`,
    nameRule: (name, rules) =>
      ({
        vip: `recency ${rules.recency}+ and spending ${rules.money}+`,
        active: `bought within ${rules.sleeping} days, in no other group`,
        new: `exactly one order, within ${rules.fresh} days; no longer from the second on`,
        sleeping: `no purchase for over ${rules.sleeping} days`,
        lost: `no purchase for over ${rules.lost} days`,
        none: 'known, has not bought yet',
      })[name],
    week: 'against a week ago',
    cuts: 'Boundaries',
    cutMode: 'How recency is cut',
    modes: { fixed: 'Fixed days', quantile: 'Five equal parts' },
    cutDays: (n) => `Boundary ${n} (days)`,
    sleepingAfter: 'Sleeping after days without purchase',
    lostAfter: 'Lost after days without purchase',
    newWithin: 'New with exactly one order, within days of it',
    vipMoney: 'VIP from spending score',
    vipRecency: 'VIP from recency score',
    preview: (n) => (n === 0 ? 'Nobody would change group' : `${plural(n, 'person', 'people')} would change group`),
    move: (from, to, n) => `${from} → ${to} ${count(n)}`,
    apply: 'Use these boundaries',
    back: 'Keep the old ones',
    applied: 'Boundaries changed, everything recomputed',
    mustRise: 'Each boundary must be above the one before; sleeping must come before lost.',
    readOnly: 'Read only',
    loading: 'Opening segments',
    failedTitle: 'Segments could not be counted',
    failedSentence: 'The texts of all rules are safe. Reload this page and try again.',
    window: (product, from, to) => `${product}: due ${day(from)}–${day(to)}`,
    bought: (orders, last) =>
      orders === 0 ? 'no order yet' : `${orders} ${orders === 1 ? 'order' : 'orders'}, last ${day(last)}`,
  },
);
