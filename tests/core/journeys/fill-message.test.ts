import { describe, expect, it } from 'vitest';
import type { Product } from '#core/catalogue/product.ts';
import { type ContentKind, contentKinds } from '#core/insight/preference/preference-parameters.ts';
import { fillMessage } from '#core/journeys/fill-message.ts';
import { type PlannedMessage, followUpSteps } from '#core/journeys/follow-up.ts';
import { messageFields, starterTemplates } from '#core/journeys/templates.data.ts';
import type { ProductId } from '#core/units/ids.ts';
import { checkLine } from '#core/wording/check-line.ts';
import { aCustomerId } from '#tests/makers/facts.ts';
import { noContentKnown } from '#tests/makers/follow-up.ts';

const message = (fields: Partial<PlannedMessage> = {}): PlannedMessage => ({
  decision: 'd',
  rule: 'follow-up/watched',
  step: 'coupon',
  customer: aCustomerId(1),
  alias: '林姐',
  maskedPhone: '',
  arm: 'act',
  channel: 'wecom-1v1',
  product: 'p',
  productName: '鲜牛奶',
  coupon: '85',
  clip: '',
  content: noContentKnown,
  reason: { medianDay: 20_790 },
  notBeforeMs: 0,
  deadlineMs: 1,
  state: 'planned',
  version: 0,
  atMs: null,
  byMember: '',
  ...fields,
});
const product = (facts: Record<string, string>): Product => ({
  id: 'p' as ProductId,
  name: '鲜牛奶',
  items: ['milk'],
  category: '乳品',
  tags: [],
  suggestedTags: [],
  packMilli: null,
  packUnit: '',
  storage: '',
  shelfLifeDays: null,
  priceFen: null,
  facts,
  mergedFrom: [],
  isUntouched: false,
});
const textOf = (...given: Parameters<typeof fillMessage>): string => {
  const filled = fillMessage(...given);
  return filled.ok ? filled.value.text : `missing ${filled.error.field}`;
};

describe('fillMessage', () => {
  it('[FUP14] starters fall back to one whose fields are known', () => {
    expect(textOf(message(), '', product({}), '')).toContain('鲜牛奶');
    expect(textOf(message({ product: '', productName: '' }), '', null, '')).toContain('今晚讲过的商品');
    expect(textOf(message({ step: 'guide' }), '', product({ 储存: '冷藏' }), '')).toContain('这样放：冷藏');
    expect(textOf(message({ step: 'clip' }), '', product({}), '三个火候')).toContain('三个火候');
    expect(textOf(message({ step: 'before-cycle' }), '', product({}), '')).toMatch(/\d+月\d+日/);
    expect(textOf(message({ alias: '' }), '', product({}), '')).toMatch(/^您好/);
  });
  it('[FUP14] an own template with a missing field refuses by its name', () => {
    expect(textOf(message(), `{${messageFields.name}}，产地{产地}`, product({ 产地: '呼伦贝尔' }), '')).toBe(
      '林姐，产地呼伦贝尔',
    );
    expect(textOf(message(), '{产地}', product({}), '')).toBe('missing 产地');
  });
  it('[FUP20] the first starter of the person’s kind whose fields are known, else the first of any; an own text stands', () => {
    const kinds = (step: PlannedMessage['step'], kind: ContentKind | '', facts: Record<string, string>, own = '') => {
      const filled = fillMessage(message({ step, content: { ...noContentKnown, kind } }), own, product(facts), '');
      return filled.ok && filled.value.content;
    };
    const facts = { 吃法: '冷水下锅', 产地: '呼伦贝尔' };
    expect(kinds('coupon', '', facts)).toBe('promotion');
    for (const kind of contentKinds) expect(kinds('coupon', kind, facts)).toBe(kind);
    for (const kind of contentKinds) expect(kinds('clip', kind, facts)).toBe(kind);
    expect([kinds('coupon', 'story', {}), kinds('guide', 'story', facts)]).toEqual(['promotion', 'knowledge']);
    expect([kinds('confirm', 'story', facts), kinds('coupon', 'story', facts, '{称呼}，你好')]).toEqual(['', '']);
  });
  it('[FUP14] the check looks at the filled text', () => {
    const filled = fillMessage(message(), '{称呼}，这是全网最嫩的', product({}), '');
    expect(filled.ok && filled.value.findings.map(({ verdict }) => verdict)).toEqual(['block']);
  });
  it('[FUP15] every starter passes the check; service steps promise nothing', () => {
    for (const step of followUpSteps)
      for (const { text } of starterTemplates[step]) expect(checkLine(text)).toEqual([]);
    for (const step of ['confirm', 'guide'] as const)
      for (const { text } of starterTemplates[step]) expect(text).not.toMatch(/券|折|优惠|抢|价/);
  });
});
