import { expect, test } from 'vitest';
import type { Fact } from '#core/datasets/fact.ts';
import type { Ledger } from '#core/datasets/ledger-columns.ts';
import { deriveBeliefs } from '#core/insight/profile/derive-beliefs.ts';
import { defaultParameters } from '#core/insight/profile/parameters.ts';
import { baseName } from '#core/segments/base-name.ts';
import { evaluateRule, matchRule } from '#core/segments/evaluate-rule.ts';
import { explainMiss } from '#core/segments/explain-miss.ts';
import { nearestWords } from '#core/segments/nearest-words.ts';
import { parseRule } from '#core/segments/parse-rule.ts';
import { printRule } from '#core/segments/print-rule.ts';
import type { Expression, Rule, RuleVocabulary } from '#core/segments/rule.ts';
import { seededRandom } from '#core/statistics/seeded-random.ts';
import { dayFromMs } from '#core/units/business-day.ts';
import { aBehaviour, aConsent, aCustomerId, anOrderLine, atDay } from '#tests/makers/facts.ts';
import { aFakeLedger } from '#tests/makers/fake-ledger.ts';

const vocabulary: RuleVocabulary = {
  tags: [{ name: '烘焙爱好者', also: ['Home bakers'] }, { name: '健身轻食派' }],
  products: [{ name: '高筋面粉', also: ['SKU-1'] }, { name: '动物黄油' }, { name: 'Oat milk 1L' }],
  categories: [{ name: '烘焙' }],
  channels: [{ name: 'live' }, { name: 'pos' }],
  consentChannels: [],
};

/** The rule without the places of its words, which differ between languages. */
const meaning = (expression: Expression): unknown =>
  expression.kind === 'is'
    ? expression.condition
    : expression.kind === 'not'
      ? { not: meaning(expression.part) }
      : { [expression.kind]: expression.parts.map(meaning) };
const shape = (rule: Rule): unknown => rule.lines.map(({ join, expression }) => [join, meaning(expression)]);
const parse = (text: string): Rule => {
  const parsed = parseRule(text, vocabulary);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
};
const errorOf = (text: string) => {
  const parsed = parseRule(text, vocabulary);
  if (parsed.ok) throw new Error(`${text} parsed`);
  return parsed.error;
};

test('[SEG1] the rule of the brief means the same in Chinese, in English and mixed', () => {
  const spellings = [
    'tag=烘焙爱好者 AND no purchase in 7 days',
    '标签=烘焙爱好者 并且 最近7天未购买',
    '用户标签=烘焙爱好者 AND 最近7天未购买',
    'tag = Home bakers and not bought in the last week'.replace('the last week', 'the last 1 week'),
    '标签 是 “烘焙爱好者”，且 7天内没有购买'.replace('，', ' '),
  ];
  const [first] = spellings.map((text) => shape(parse(text)));
  expect(first).toEqual([
    ['all', { all: [{ kind: 'tag', names: ['烘焙爱好者'] }, { not: { kind: 'bought', target: null, days: 7 } }] }],
  ]);
  for (const text of spellings) expect(shape(parse(text)), text).toEqual(first);
});

test('[SEG2] a new line is joined with and, or with or when it says so', () => {
  const rule = parse('分层 = VIP\n单数 >= 3\n\n或 渠道 = 直播');
  expect(rule.lines.map(({ join, line }) => [join, line])).toEqual([
    ['all', 1],
    ['all', 2],
    ['any', 4],
  ]);
  expect(shape(parse('分层=VIP\n并且 单数>=3'))).toEqual(shape(parse('分层=VIP\nand orders >= 3')));
});

test('[SEG3] and binds tighter than or; brackets group; not stands before anything', () => {
  const vip = { kind: 'rfm', names: ['vip'] };
  const loyal = { kind: 'stage', names: ['loyal'] };
  const many = { kind: 'number', field: 'orders', compare: '>=', value: 3 };
  expect(shape(parse('rfm = VIP or stage = loyal and orders >= 3'))).toEqual([
    ['all', { any: [vip, { all: [loyal, many] }] }],
  ]);
  expect(shape(parse('(rfm = VIP or stage = loyal) and orders >= 3'))).toEqual([
    ['all', { all: [{ any: [vip, loyal] }, many] }],
  ]);
  expect(shape(parse('非 (分层 = VIP)'))).toEqual([['all', { not: vip }]]);
  expect(shape(parse('分层 不属于（VIP、新客）'))).toEqual([['all', { not: { kind: 'rfm', names: ['vip', 'new'] } }]]);
});

test('[SEG16] a span that is no positive number of days is refused at the number', () => {
  expect(errorOf('no purchase in -7 days')).toMatchObject({ kind: 'unusable-days', near: '-7' });
  expect(errorOf('no purchase in 99999999999999999999 days')).toMatchObject({ kind: 'unusable-days' });
  expect(errorOf('no purchase in moonshine')).toMatchObject({ kind: 'unusable-days', near: 'moonshine' });
});

test('[SEG4] an error names its place and what was not understood, and suggests', () => {
  const text =
    '标签 = 烘焙爱好者 或 买过 高筋面粉\n并且 7天内没有购买\n并且 动物黄油 的复购期包含今天\n并且 分层 属于（VIP、活跃客、沉默客）';
  expect(errorOf(text)).toMatchObject({ kind: 'unknown-rfm', line: 4, column: 18, length: 3, near: '沉默客' });
  expect(errorOf(text).suggestions[0]).toBe('沉睡客');
  expect(errorOf('tag = 烘焙爱好')).toMatchObject({
    kind: 'unknown-tag',
    column: 7,
    near: '烘焙爱好',
    suggestions: ['烘焙爱好者'],
  });
  expect(errorOf('买过 高精面粉')).toMatchObject({
    kind: 'unknown-product',
    near: '高精面粉',
    suggestions: ['高筋面粉'],
  });
  expect(errorOf('(rfm = VIP')).toMatchObject({ kind: 'unclosed', column: 1 });
  expect(errorOf('rfm = VIP)')).toMatchObject({ kind: 'unopened', column: 10 });
  expect(errorOf('orders')).toMatchObject({ kind: 'missing-operator', column: 7 });
  expect(errorOf('orders >')).toMatchObject({ kind: 'missing-number' });
  expect(errorOf('rfm = VIP and')).toMatchObject({ kind: 'missing-condition' });
  expect(errorOf('tag =')).toMatchObject({ kind: 'missing-value' });
  expect(errorOf('  ')).toMatchObject({ kind: 'empty' });
  expect(errorOf('ordrs >= 3')).toMatchObject({
    kind: 'unknown-word',
    near: 'ordrs',
    suggestions: expect.arrayContaining(['orders']) as string[],
  });
  expect(nearestWords('沉默客', ['VIP', '沉睡客', '流失客'])).toEqual(['沉睡客', '流失客']);
});

test('[SEG4] whatever is typed, letter by letter, either parses or says where, with each suggestion once', () => {
  const text =
    '标签 = 烘焙爱好者 或 买过 高筋面粉\n并且 7天内没有购买 且 分层 属于（VIP、活跃客）\nand not (stage = loyal or churn risk > 60%)';
  for (let length = 0; length <= text.length; length++) {
    const parsed = parseRule(text.slice(0, length), vocabulary);
    if (parsed.ok) continue;
    const { line, column, suggestions } = parsed.error;
    const typed = text.slice(0, length).split('\n');
    expect(line).toBeLessThanOrEqual(typed.length);
    expect(column).toBeLessThanOrEqual((typed[line - 1] ?? '').length + 1);
    expect(new Set(suggestions).size).toBe(suggestions.length);
  }
});

test('[SEG20] a group or a stage standing alone is asked for by its name', () => {
  const vip = { kind: 'rfm', names: ['vip'] };
  expect(shape(parse('VIP且30天内未购买'))).toEqual(shape(parse('分层 = VIP 且 30天内未购买')));
  expect(shape(parse('vip AND no purchase in 30 days'))).toEqual(
    shape(parse('group = VIP and no purchase in 30 days')),
  );
  expect(shape(parse('(VIP or 沉睡客) and not loyal\n或 流失预警'))).toEqual(
    shape(parse('(rfm = VIP or rfm = sleeping) and not stage = loyal\n或 阶段 = 流失预警')),
  );
  for (const [group, stage] of [
    ['VIP', 'first purchase'],
    ['活跃客', '复购'],
    ['new', 'loyal'],
    ['沉睡', '认知期'],
    ['lost', 'churn warning'],
  ] as const) {
    expect(shape(parse(group))).toEqual(shape(parse(`group = ${group}`)));
    expect(shape(parse(stage))).toEqual(shape(parse(`stage = ${stage}`)));
  }
  expect(shape(parse('流失风险 > 20%'))).toEqual(shape(parse('churn risk > 20%')));
  expect(errorOf('VIP and')).toMatchObject({ kind: 'missing-condition', suggestions: [] });
  const gifts = { ...vocabulary, products: [{ name: 'VIP 礼盒' }, { name: 'VIP' }] };
  const read = (text: string) => {
    const parsed = parseRule(text, gifts);
    return parsed.ok && shape(parsed.value);
  };
  expect(read('VIP')).toEqual([['all', vip]]);
  expect(read('VIP 礼盒 的复购期')).toEqual([
    ['all', { kind: 'window', target: { kind: 'product', name: 'VIP 礼盒' } }],
  ]);
});

test('[SEG21] suggestions are of the language being typed, and fit the place', () => {
  expect(shape(parse('due today'))).toEqual(shape(parse('今天该补货')));
  const han = /\p{Script=Han}/u;
  for (const [text, suggestions] of [
    ['orders >= 3 adn', ['and']],
    ['单数 >= 3 并切', ['并且']],
    ['orders >= 3 tomorrow', []],
    ['VPI and orders >= 3', ['VIP']],
    ['7 days', ['no purchase', 'bought']],
    ['7天内', ['没有购买', '买过']],
    ['单数 >= 3\n分层', ['=', '属于']],
    ['group =', ['VIP', 'active', 'new']],
    ['分层 =', ['VIP', '活跃客', '新客']],
    ['Oat milk 1L', ['is due']],
    ['动物黄油', ['的复购期包含今天']],
  ] as const)
    expect(errorOf(text).suggestions, text).toEqual(suggestions);
  for (const text of ['odrers', 'stage = loyl', 'group = slepping', 'channel = liv'])
    expect(errorOf(text).suggestions.join(' '), text).not.toMatch(han);
  for (const text of ['标前 = 烘焙', '阶段 = 忠臣', '渠道 = 值播'])
    expect(errorOf(text).suggestions.join(' '), text).not.toMatch(/[a-z]/);
});

test('[SEG5] the lines above an error hold on their own', () => {
  expect(errorOf('分层 = VIP\n单数 >= 3\n乱写').before.lines).toHaveLength(2);
});

test('[SEG6] full-width marks and digits mean the same', () => {
  expect(shape(parse('单数＞＝３ 且 （分层＝ＶＩＰ）'.replace('ＶＩＰ', 'VIP')))).toEqual(
    shape(parse('单数>=3 且 (分层=VIP)')),
  );
});

const printed = [
  '标签 = 烘焙爱好者 或 买过 高筋面粉\n并且 7 天内没有购买\n或 动物黄油 的复购期包含今天',
  'not (rfm = (VIP, active) or spent > 500) and stage != loyal',
  '30天内买过 品类 烘焙',
  'no purchase of "Oat milk 1L" in 14 days',
  '流失风险 >= 60% 且 离上次购买 < 40天',
  'in repurchase window and reachable by sms',
  '渠道 = (直播, 门店)',
  '在 动物黄油 的复购期内',
];
test('[SEG7] what is printed in either language parses to the same rule', () => {
  for (const text of printed) {
    const rule = parse(text);
    for (const language of ['zh', 'en'] as const) {
      const again = printRule(rule, language);
      expect(shape(parse(again)), again).toEqual(shape(rule));
    }
  }
});

const items = ['高筋面粉', '动物黄油', 'Oat milk 1L'];
function shop(): Ledger {
  const random = seededRandom(31);
  const pick = (below: number): number => Math.floor(random() * below);
  const facts: Fact[] = [];
  for (let n = 0; n < 600; n++)
    facts.push(
      anOrderLine({
        customer: aCustomerId(1 + pick(60)),
        order: `o-${n}`,
        item: items[pick(3)] ?? '',
        atMs: atDay(pick(120)),
        paidFen: pick(30_000),
        channel: pick(2) ? 'live' : 'pos',
      }),
    );
  for (let n = 1; n <= 70; n++) {
    facts.push(
      aBehaviour({ customer: aCustomerId(n), id: `e-${n}`, item: items[0] ?? '', atMs: atDay(100 + pick(20)) }),
    );
    if (n % 3 === 0)
      facts.push(aConsent({ customer: aCustomerId(n), channel: 'sms', state: n % 2 ? 'granted' : 'refused' }));
  }
  return aFakeLedger(facts, [
    { items: [items[0] ?? ''], name: items[0] ?? '', category: '烘焙', tags: ['烘焙爱好者'] },
    { items: [items[1] ?? ''], name: items[1] ?? '', category: '烘焙' },
    { items: [items[2] ?? ''], name: items[2] ?? '' },
  ]);
}
const ledger = shop();
const learnt = { ...defaultParameters, repurchase: { ...defaultParameters.repurchase, gaps: 300 } };
const today = dayFromMs(atDay(121));
const beliefs = deriveBeliefs(ledger, learnt, today);
const texts = [
  ...printed,
  '单数 >= 3\n并且 标签 = 烘焙爱好者\n或 分层 = (新客, 未下单)',
  '可联系 短信',
  '2天内买过 动物黄油',
  'last purchase > 10 days',
  'churn risk > 20%',
  'recency score = 5 and money score >= 3',
];

test('[SEG9, SEG11] evaluation over columns equals asking each customer in turn, and explanations agree', () => {
  for (const text of texts) {
    const rule = parse(text);
    const meant = new Set(evaluateRule(rule, ledger, beliefs));
    for (let c = 0; c < ledger.customerCount; c++) {
      const explained = explainMiss(rule, ledger, beliefs, c);
      expect(explained.isMeant, `${text} ${c}`).toBe(meant.has(c));
      expect(explained.checks.length).toBeGreaterThan(0);
    }
  }
});

test('[SEG8] within N days counts today as the first', () => {
  const one = aFakeLedger([anOrderLine({ item: '动物黄油', atMs: atDay(115) })]);
  const own = deriveBeliefs(one, learnt, today);
  const countOf = (text: string): number => evaluateRule(parse(text), one, own).length;
  expect([countOf('6天内没有购买'), countOf('7天内没有购买')]).toEqual([1, 0]);
  expect([countOf('6天内买过 动物黄油'), countOf('7天内买过 动物黄油')]).toEqual([0, 1]);
});

test('[SEG10] a line counts whom the lines up to it mean', () => {
  const text = '单数 >= 3\n并且 标签 = 烘焙爱好者\n或 分层 = 未下单';
  const { lines, count } = matchRule(parse(text), ledger, beliefs);
  const upTo = (n: number): number =>
    evaluateRule(parse(text.split('\n').slice(0, n).join('\n')), ledger, beliefs).length;
  expect(lines).toEqual([1, 2, 3].map((line) => ({ line, count: upTo(line) })));
  expect(count).toBe(upTo(3));
});

test('[SEG12] people merged into another never match', () => {
  const merged: Ledger = { ...ledger, canonical: (dense) => (dense === 5 ? 4 : dense) };
  const own = deriveBeliefs(merged, learnt, today);
  const rule = parse('单数 >= 0');
  expect(evaluateRule(rule, merged, own)).not.toContain(5);
  expect(evaluateRule(rule, ledger, beliefs)).toContain(5);
});

test('[SEG14] without a purchase no comparison of days or risk fits', () => {
  const none = aFakeLedger([aBehaviour()]);
  const own = deriveBeliefs(none, learnt, today);
  for (const text of [
    'last purchase > 0 days',
    'last purchase < 999 days',
    'churn risk < 100%',
    'churn risk >= 0%',
    'recency score < 3',
  ])
    expect(evaluateRule(parse(text), none, own).length, text).toBe(0);
  expect(evaluateRule(parse('no purchase in 7 days'), none, own).length).toBe(1);
});

test('[SEG22] a cell of the map is a rule', () => {
  expect(shape(parse('最近档 = 5 且 消费档 >= 3'))).toEqual(shape(parse('recency score = 5 and money score >= 3')));
  for (let recency = 1; recency <= 5; recency++)
    for (let money = 1; money <= 5; money++) {
      const cell = [...Array(ledger.customerCount).keys()].filter(
        (c) => beliefs.isPresent[c] === 1 && beliefs.recencyScore[c] === recency && beliefs.moneyScore[c] === money,
      );
      expect([
        ...evaluateRule(parse(`recency score = ${recency} and money score = ${money}`), ledger, beliefs),
      ]).toEqual(cell);
    }
});

test('[SEG15] a product named without its pack means all its packs', () => {
  expect(['高筋面粉 5kg', 'Oat milk 1L', '手工水饺 三种馅', '鲜牛奶 950ml ×6', '5kg'].map(baseName)).toEqual([
    '高筋面粉',
    'Oat milk',
    '手工水饺 三种馅',
    '鲜牛奶',
    '5kg',
  ]);
  const packs = aFakeLedger([
    anOrderLine({ item: '面粉 1kg', atMs: atDay(1) }),
    anOrderLine({ customer: aCustomerId(2), order: 'b', item: '面粉 5kg', atMs: atDay(1) }),
  ]);
  const parsed = parseRule('买过 面粉', { ...vocabulary, products: [{ name: '面粉' }, { name: '面粉 5kg' }] });
  const one = parseRule('买过 面粉 5kg', { ...vocabulary, products: [{ name: '面粉' }, { name: '面粉 5kg' }] });
  const own = deriveBeliefs(packs, learnt, today);
  expect(parsed.ok && evaluateRule(parsed.value, packs, own).length).toBe(2);
  expect(one.ok && evaluateRule(one.value, packs, own).length).toBe(1);
});

test('[SEG18] a category is asked for by its name, and an unknown one is refused there with the nearest', () => {
  const shop = { ...vocabulary, categories: [{ name: '烘焙' }, { name: '休闲零食', also: ['snacks'] }] };
  const read = (text: string) => {
    const parsed = parseRule(text, shop);
    return parsed.ok ? shape(parsed.value) : { ...parsed.error, before: null };
  };
  const bought = (name: string) => ({ kind: 'bought', target: { kind: 'category', name }, days: null });
  for (const text of ['category = snacks', '品类 = 休闲零食', '品类：休闲零食', 'category is snacks'])
    expect(read(text), text).toEqual([['all', bought('休闲零食')]]);
  expect(read('category in (snacks, 烘焙)')).toEqual([['all', { any: [bought('休闲零食'), bought('烘焙')] }]]);
  expect(read('品类 != 烘焙')).toEqual([['all', { not: bought('烘焙') }]]);
  expect(read('品类: 烘焙 的复购期')).toEqual(read('品类 烘焙 的复购期'));
  for (const [text, column, near] of [
    ['category = 零食', 12, '零食'],
    ['买过 品类 零食', 7, '零食'],
    ['处于复购期 品类 零食', 10, '零食'],
    ['品类 零食 的复购期', 4, '零食'],
  ] as const)
    expect(read(text), text).toMatchObject({ kind: 'unknown-category', column, near, suggestions: ['休闲零食'] });
  expect(read('category =')).toMatchObject({ kind: 'missing-value', suggestions: ['烘焙', '休闲零食'] });
  expect(read('bought category')).toMatchObject({ kind: 'missing-value' });
});
