/** A brand that lives in one browser needs no server at all; a full disk is said plainly and never hides the way out. */
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { addTalk, append, badge, createCampaign, row, script } from './campaign-page.ts';
import { type ClaimedWorkspace, claimWorkspace } from './claimed-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';
import { wechatShopFile } from './order-file.ts';

let larder: LarderProcess;
let brand: ClaimedWorkspace;
let shopkeeper: Person;
let friend: Person;
const file = { name: '订单.csv', mimeType: 'text/csv', buffer: Buffer.from(wechatShopFile(60)) };

const idOf = ({ page }: Person): string => new URL(page.url()).pathname.split('/')[1] ?? '';
const go = async (person: Person, path: string): Promise<void> => {
  await person.page.goto(`${larder.address}/${idOf(person)}/${path}`);
};
/** The first page, and everything the app is made of: once. */
const visit = async (): Promise<Person> => {
  const person = await openPerson();
  await person.page.goto(larder.address);
  await person.page.getByText('用自己的订单开始').waitFor();
  await person.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return person;
};
const save = async ({ page }: Person): Promise<{ name: string; mimeType: string; buffer: Buffer }> => {
  const downloading = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: '导出', exact: true }).click();
  const download = await downloading;
  return {
    name: download.suggestedFilename(),
    mimeType: 'application/octet-stream',
    buffer: readFileSync(await download.path()),
  };
};

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  brand = await claimWorkspace(larder);
  shopkeeper = await visit();
  friend = await visit();
});
afterAll(async () => {
  await shopkeeper?.close();
  await friend?.close();
  await larder?.close();
});

test('with no server from the first file on: customers, a campaign, a restart', async () => {
  await larder.stop();
  const { page } = shopkeeper;
  await page.goto(larder.address);
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.waitForURL(/\/intake$/);
  await page.getByText(/^读完/).waitFor();
  const yuan = page.getByRole('button', { name: '按元' });
  if (await yuan.isVisible()) await yuan.click();
  await page.getByRole('button', { name: /写入 .* 行/ }).click();
  await page.getByText('全部是新的').waitFor({ timeout: 60_000 });
  await go(shopkeeper, 'campaigns');
  await createCampaign(page, '第一场');
  await addTalk(page, '开场');
  await append(page, '大家晚上好');
  await expect.poll(async () => (await badge(page)).words).toBe('已存在这台设备');
  const where = page.url();

  shopkeeper = await shopkeeper.relaunch();
  await shopkeeper.page.goto(where);
  await row(shopkeeper.page, '开场').locator('.title').click();
  expect(await script(shopkeeper.page).inputValue()).toBe('大家晚上好');
  await go(shopkeeper, 'customers');
  await shopkeeper.page.getByText('60人').first().waitFor();
});

test('one file takes it all to another browser, still without a server', async () => {
  await go(shopkeeper, 'settings');
  await shopkeeper.page.getByRole('button', { name: '导出', exact: true }).click();
  const exported = await save(shopkeeper);
  expect(exported.name).toMatch(/\.larder$/);

  const { page } = friend;
  await page.goto(larder.address);
  await page.locator('input[type=file]').first().setInputFiles(exported);
  await page.waitForURL(/\/today$/);
  await go(friend, 'customers');
  await page.getByText('60人').first().waitFor();
  await go(friend, 'campaigns');
  await page
    .getByRole('link', { name: /第一场/ })
    .first()
    .click();
  await row(page, '开场').locator('.title').click();
  expect(await script(page).inputValue()).toBe('大家晚上好');
  expect([...shopkeeper.complaints, ...friend.complaints]).toEqual([]);
});

test('a device with no room left says so, offers the export, and saves again when there is room', async () => {
  await larder.start();
  let operator = await brand.welcome('operator', '许宁');
  await operator.page.goto(brand.address('campaigns'));
  await createCampaign(operator.page, '周五晚上');
  await addTalk(operator.page, '开场');
  await expect.poll(async () => (await badge(operator.page)).words).toBe('已存到服务器');
  const campaign = operator.page.url();

  // A browser that has just found room goes on believing in it for half a minute, hence a fresh one.
  operator = await operator.relaunch();
  const { page } = operator;
  const chrome = await operator.context.newCDPSession(page);
  const { origin } = new URL(larder.address);
  await chrome.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await page.goto(campaign);
  await row(page, '开场').locator('.title').click();
  await append(page, '没有地方存的话');
  await expect.poll(async () => (await badge(page)).words).toBe('此处无法保存 · 立即导出');
  await page.locator('[data-sync]').first().click();
  await page.getByText('这台设备的空间满了').waitFor();
  await page.getByRole('button', { name: '导出整个品牌' }).click();
  expect((await save(operator)).buffer.length).toBeGreaterThan(100);

  await chrome.send('Storage.overrideQuotaForOrigin', { origin });
  await expect.poll(async () => (await badge(page)).words).toBe('已存到服务器');
  expect(operator.complaints).toEqual([]);
  await operator.close();
});
