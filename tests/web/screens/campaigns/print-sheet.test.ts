import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { CampaignRoom } from '#web/screens/campaigns/campaign-room.svelte.ts';
import PrintSheet from '#web/screens/campaigns/PrintSheet.svelte';
import { language } from '#web/words/phrases.svelte.ts';

test('[CMP21] on paper, too, words the law speaks against are marked and named', async () => {
  language.current = 'zh-CN';
  const item = { id: 'a', kind: 'talk', title: '', productId: '', minutes: 5, owner: '' };
  const room = {
    campaign: { title: '周五', startMs: 0 },
    items: [{ ...item, script: '全网最好的牛奶，包治百病\n最后三十单' }],
    times: { totalMinutes: 5, startMsById: new Map() },
    nowMs: 0,
    priceOf: () => null,
    productOf: () => null,
    titleOf: () => '说几句',
  } as unknown as CampaignRoom;
  await render(PrintSheet, { room });
  const sheet = document.querySelector('.print-page');
  expect([...(sheet?.querySelectorAll('mark') ?? [])].map((mark) => mark.textContent)).toEqual([
    '全网最好的',
    '包治百病',
  ]);
  expect([...(sheet?.querySelectorAll('.law') ?? [])].map((line) => line.textContent)).toEqual([
    '⚠ “全网最好的”不能说：绝对化用语',
    '⚠ “包治百病”不能说：食品不能说治病，也不能用医疗用语',
  ]);
});
