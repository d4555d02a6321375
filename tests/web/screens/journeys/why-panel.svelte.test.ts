import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { noContentKnown } from '#tests/makers/follow-up.ts';
import type { ContentKind } from '#core/insight/preference/preference-parameters.ts';
import type { ContentChoice } from '#core/journeys/choose-content.ts';
import type { PlannedMessage } from '#core/journeys/follow-up.ts';
import type { FollowUpEvidence } from '#web/engine/insight/follow-up.messages.ts';
import type { FollowUp } from '#web/screens/journeys/follow-up.svelte.ts';
import WhyPanel from '#web/screens/journeys/WhyPanel.svelte';

const message: Partial<PlannedMessage> = {
  customer: 'c1' as PlannedMessage['customer'],
  alias: '龚婉辉',
  step: 'coupon',
  coupon: '85',
};

const linesOf = (
  evidence: Partial<FollowUpEvidence>,
  content: Partial<ContentChoice> = {},
  used: ContentKind | '' = '',
): readonly string[] => {
  const target = document.body.appendChild(document.createElement('div'));
  const followUp = {
    chosen: { ...message, notBeforeMs: 0, productName: '', content: { ...noContentKnown, ...content } },
    nowMs: 0,
    canMark: false,
    filled: () =>
      used === ''
        ? { ok: false, error: { kind: 'missing-field', field: '商品' } }
        : { ok: true, value: { text: '', content: used, findings: [] } },
    evidence: {
      presence: null,
      products: [],
      purchases: [],
      consent: { state: 'unknown', source: '', atMs: 0 },
      sentThisWeek: 0,
      weeklyCap: 2,
      window: null,
      ...evidence,
    },
  } as unknown as FollowUp;
  const nothing = (): Promise<void> => Promise.resolve();
  const given = { followUp, oncopy: nothing, onsend: nothing, ontakeback: nothing };
  const mounted = mount(WhyPanel, { target, props: given });
  onTestFinished(async () => {
    await unmount(mounted);
    target.remove();
  });
  flushSync();
  return [...target.querySelectorAll('li')].map((line) => line.textContent.trim());
};

test('[FUP8] two products of one name, and one bought twice in one order, are lines of their own', () => {
  const seen = { name: '牛奶', seconds: 60, visits: 1, clicks: 0 };
  const bought = { name: '牛奶', atMs: 0, paidFen: 5900 };
  const lines = linesOf({ products: [seen, { ...seen, seconds: 120 }], purchases: [bought, bought] });
  expect(lines.filter((line) => line.includes('停了'))).toHaveLength(2);
  expect(lines.filter((line) => line.includes('买过牛奶'))).toHaveLength(2);
});

test('[FUP20] the kind of content it is written in comes with whose voice says so, or with what is missing', () => {
  const own = { kind: 'knowledge', voice: 'own', own: 15, hits: 12 } as const;
  expect(linesOf({}, own, 'knowledge')).toContain('按科普来写：爱点开科普，15次里12次');
  expect(linesOf({}, own, 'promotion').join()).toContain('这一步没有写得成的，按优惠来写');
  expect(linesOf({}, { kind: 'story', voice: 'shop' }, 'story')).toContain('按情感故事来写：自己还没有，按全店的习惯');
  expect(linesOf({}, { shop: 3 }, 'promotion').join()).toContain('全店才有3次，要30次');
});
