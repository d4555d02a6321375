import { flushSync, mount, unmount } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
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

const linesOf = (evidence: Partial<FollowUpEvidence>): readonly string[] => {
  const target = document.body.appendChild(document.createElement('div'));
  const followUp = {
    chosen: { ...message, notBeforeMs: 0, productName: '' },
    nowMs: 0,
    canMark: false,
    filled: () => ({ ok: false, error: { kind: 'missing-field', field: '商品' } }),
    evidence: {
      presence: null,
      products: [],
      purchases: [],
      consent: { state: 'unknown', source: '', atMs: 0 },
      content: null,
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
