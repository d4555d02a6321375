import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let owner: Person;

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  owner = await openPerson();
});
afterAll(async () => {
  await owner.close();
  await larder.close();
});

const event = (id: string, fields: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'my-room',
  type: 'Product Clicked',
  time: new Date().toISOString(),
  data: { product_id: 'NB-1000', viewer_id: 'oX9f-k2Wd' },
  ...fields,
});
const post = async (address: string, secret: string, batch: readonly object[]) => {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(batch),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
};

test('a source is made in settings, sends, is counted, has its refused event put right, and is deleted', async () => {
  const { page, context } = owner;
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: larder.address });
  await page.goto(larder.claimAddress());
  await page.getByLabel('店名或品牌').fill('山田食堂');
  await page.getByLabel('你的名字').fill('周岚');
  await page.getByRole('button', { name: '开始' }).click();
  await page.waitForURL(/\/today$/);
  const workspace = new URL(page.url()).pathname.split('/')[1] ?? '';
  await page.goto(`${larder.address}/${workspace}/settings`);

  const card = page.getByRole('region', { name: '数据来源' });
  await card.getByText('粘贴平台的分钟表不需要它').waitFor();
  await card.getByRole('button', { name: '新建来源' }).click();
  await card.getByText('先起个名字').waitFor();
  await card.getByLabel('新来源的名字').fill('视频号推送');
  await card.getByLabel('新来源的名字').press('Enter');
  const secret = await card.getByLabel('密钥', { exact: true }).inputValue();
  const address = await card.getByLabel('接收地址').inputValue();
  expect(secret).toMatch(/^whsec_/);
  const row = card.getByRole('listitem').filter({ hasText: '视频号推送' });
  await row.getByText('还没有来过事件').waitFor();

  // The example that is copied works as it stands.
  await card.getByRole('button', { name: '复制示例' }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  const copied = await fetch(/https?:\S+/.exec(command)?.[0] ?? '', {
    method: /-X (\S+)/.exec(command)?.[1] ?? '',
    headers: [...command.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name = '', value = '']) => [name, value]),
    body: /-d '([^']+)'/.exec(command)?.[1] ?? '',
  });
  expect(await copied.json()).toEqual({ accepted: 1, known: 0, refused: 0, results: [{ state: 'accepted' }] });

  const good = event('good');
  const wrong = event('wrong', { data: { product_id: 7 } });
  const error = { kind: 'wrong-field', field: 'data.product_id', expected: 'text' };
  expect(await post(address, secret, [good, wrong])).toEqual({
    status: 200,
    body: { accepted: 1, known: 0, refused: 1, results: [{ state: 'accepted' }, { state: 'refused', error }] },
  });
  expect(await post(address, secret, [good, good])).toEqual({
    status: 200,
    body: { accepted: 0, known: 2, refused: 0, results: [{ state: 'known' }, { state: 'known' }] },
  });
  expect(await post(address, 'whsec_wrong', [good])).toEqual({
    status: 401,
    body: { error: { kind: 'wrong-secret' } },
  });

  // A later visit: the secret is nowhere, the counts are.
  await page.reload();
  await row.getByText('收下2 · 重复2 · 退回1').waitFor();
  expect(await row.textContent()).toMatch(/最近一条\d\d:\d\d:\d\d · (当时就到|发生后\d+秒到)/);
  expect(await page.content()).not.toContain(secret);
  await row.getByRole('button', { name: '怎么发' }).click();
  expect(await page.getByRole('dialog', { name: '往视频号推送发事件' }).textContent()).toContain('Bearer <密钥>');
  await page.keyboard.press('Escape');

  await row.getByRole('button', { name: '看退回的1条' }).click();
  const letters = page.getByRole('dialog', { name: '视频号推送退回的事件' });
  await letters.getByText('data.product_id要是文字，加引号').waitFor();
  const text = letters.getByLabel('事件原文');
  expect(JSON.parse(await text.inputValue())).toEqual(wrong);
  await letters.getByRole('button', { name: '再送一次' }).click();
  await letters.locator('.error').getByText('data.product_id要是文字').waitFor();
  await text.fill(JSON.stringify(event('wrong')));
  await letters.getByRole('button', { name: '再送一次' }).click();
  await letters.getByText('没有退回的事件').waitFor();
  await page.keyboard.press('Escape');
  expect((await post(address, secret, [event('wrong')])).body).toMatchObject({ known: 1 });

  await row.getByRole('button', { name: '删掉' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: '删掉' }).click();
  await card.getByText('粘贴平台的分钟表不需要它').waitFor();
  expect((await post(address, secret, [event('late')])).status).toBe(401);
  expect(owner.complaints).toEqual([]);
});
