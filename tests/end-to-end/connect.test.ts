/** A brand that lives in one browser moves to a server, cut off in the middle; another device joins it and doubles nobody. */
import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { addTalk, append, badge, createCampaign, row, script } from './campaign-page.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let owner: Person;
let colleague: Person;
let id = '';

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  owner = await openPerson();
  colleague = await openPerson();
});
afterAll(async () => {
  await owner?.close();
  await colleague?.close();
  await larder?.close();
});

/** Full phones and nothing else to know a customer by: `from` up to `to` of the same orders. */
const orders = (from: number, to: number): { name: string; mimeType: string; buffer: Buffer } => {
  const rows = Array.from({ length: 120 }, (_, at) => {
    const customer = at % 30;
    const day = String((at % 27) + 1).padStart(2, '0');
    return `T${String(at).padStart(5, '0')},2026-10-${day} 10:${String(customer).padStart(2, '0')}:00,高筋面粉 5kg,1,46.00,1381234${String(customer).padStart(4, '0')}`;
  });
  const text = `\ufeff订单号,下单时间,商品名称,数量,金额,手机号\r\n${rows.slice(from, to).join('\r\n')}\r\n`;
  return { name: '订单.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
};
const importFile = async ({ page }: Person, file: ReturnType<typeof orders>): Promise<void> => {
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByText(/^读完/).waitFor();
  const yuan = page.getByRole('button', { name: '按元' });
  if (await yuan.isVisible()) await yuan.click();
  await page.getByRole('button', { name: /写入 .* 行/ }).click();
};
const databases = ({ page }: Person): Promise<readonly string[]> =>
  page.evaluate(async (workspace) => {
    const all = await indexedDB.databases();
    return all.flatMap(({ name }) => (name?.startsWith(`larder/${workspace}/`) ? [name] : []));
  }, id);

test('confirmed once, cut off, gone on with after a reload, and all of it is on the server', async () => {
  const { page, context } = owner;
  await page.goto(larder.address);
  await importFile(owner, orders(0, 90));
  await page.getByText('全部是新的').waitFor({ timeout: 60_000 });
  id = new URL(page.url()).pathname.split('/')[1] ?? '';
  await page.goto(`${larder.address}/${id}/campaigns`);
  await createCampaign(page, '第一场');
  await addTalk(page, '开场');
  await append(page, '大家晚上好');
  await expect.poll(async () => (await badge(page)).words).toBe('已存在这台设备');
  const campaign = page.url();

  await page.goto(`${larder.address}/${id}/settings`);
  await page.getByRole('button', { name: '连接服务器' }).click();
  await page.getByLabel('你的名字').fill('周岚');
  await page.getByLabel('首次启动地址').fill(larder.claimAddress());
  await context.route('**/connecting/documents/**', (route) => route.abort());
  await page.getByRole('button', { name: '开始搬' }).click();
  await page.getByText('服务器没有应答').waitFor();
  expect(await databases(owner)).not.toEqual([]);
  await larder.kill();
  await larder.start();
  await context.unroute('**/connecting/documents/**');
  // Opening the brand goes on with it.
  await page.goto(`${larder.address}/${id}/today`);
  await page.waitForURL(/\/connect/);
  await page.waitForURL(/\/today$/);
  await page.goto(campaign);
  await row(page, '开场').locator('.title').click();
  expect(await script(page).inputValue()).toBe('大家晚上好');
  await expect.poll(async () => (await badge(page)).words).toBe('已存到服务器');
  // What it kept as a brand of its own has gone.
  const members = new Set((await databases(owner)).map((name) => name.split('/')[2]));
  expect([...members].some((member) => member?.startsWith('m-'))).toBe(false);
  await page.goto(`${larder.address}/${id}/customers`);
  await page.getByText('30人').first().waitFor();
});

test('a second device imports an overlapping file: everybody once', async () => {
  const invited = await owner.context.request.post(`${larder.address}/api/workspaces/${id}/invitations`, {
    headers: { origin: larder.address },
    data: { role: 'operator' },
  });
  const { token } = (await invited.json()) as { token: string };
  await colleague.context.request.post(`${larder.address}/api/invitations/redeem`, {
    headers: { origin: larder.address },
    data: { token, name: '许宁' },
  });
  const { page } = colleague;
  await page.goto(`${larder.address}/${id}/intake`);
  await importFile(colleague, orders(40, 120));
  await page
    .getByText(/条重复|已有/)
    .first()
    .waitFor({ timeout: 60_000 });
  await page.goto(`${larder.address}/${id}/customers`);
  await page.getByText('30人').first().waitFor();
  expect([...owner.complaints, ...colleague.complaints]).toEqual([]);
});
