/** A role that changes while somebody is at work: what was not accepted is handed back, and the page becomes true. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#core/units/role.ts';
import type { Person } from './browser.ts';
import { addTalk, append, badge, createCampaign, row, script, titles } from './campaign-page.ts';
import { type ClaimedWorkspace, claimWorkspace } from './claimed-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let workspace: ClaimedWorkspace;
let operator: Person;
let assistant: Person;
let campaign = '';

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  workspace = await claimWorkspace(larder);
  operator = await workspace.welcome('operator', '何苗');
  assistant = await workspace.welcome('assistant', '许宁', { width: 1366, height: 768 });
  await operator.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await operator.page.goto(workspace.address('campaigns'));
  await createCampaign(operator.page, '周五晚上');
  campaign = operator.page.url();
  for (const title of ['开场', '鲜牛奶']) await addTalk(operator.page, title);
  await append(operator.page, '今早挤的');
  await assistant.page.goto(campaign);
  await row(assistant.page, '鲜牛奶').locator('.title').click();
});
afterAll(async () => {
  await operator?.close();
  await assistant?.close();
  await larder?.close();
});

const giveRole = async (name: string, role: Role): Promise<void> => {
  const { members } = (await workspace.ask('GET', 'members')) as { members: { id: string; name: string }[] };
  const member = members.find((candidate) => candidate.name === name);
  await workspace.ask('PATCH', `members/${member?.id ?? ''}`, { role });
};
const isSaved = async ({ page }: Person): Promise<boolean> => (await badge(page)).kind === 'server';
const kept = ({ page }: Person): Promise<readonly string[]> =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name?.split('/').slice(3).join('/') ?? ''));

test('an operator who wrote offline and comes back as observer gets the words back, and sees what the server has', async () => {
  const { page, context } = operator;
  await expect.poll(() => isSaved(operator)).toBe(true);
  await context.setOffline(true);
  await expect.poll(async () => (await badge(page)).kind).toBe('offline');
  await append(page, '，离线写的');
  await page.getByLabel('开场：几分钟').fill('9');
  await page.getByLabel('开场：几分钟').press('Enter');
  expect((await badge(page)).words).toBe('2处改动等待上传');

  await giveRole('何苗', 'observer');
  await context.setOffline(false);
  const sheet = page.getByRole('dialog', { name: '2处改动没被接受' });
  await sheet.waitFor();
  await sheet.getByText('今早挤的，离线写的').waitFor();
  await sheet.getByText('流程表').first().waitFor();
  await sheet.getByRole('button', { name: '复制' }).click();
  await sheet.getByRole('button', { name: '已复制' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('今早挤的，离线写的');

  // Put away, it is still there at the next opening; discarded, it is gone.
  await page.keyboard.press('Escape');
  await page.reload();
  await sheet.getByRole('button', { name: '丢掉' }).click();
  await sheet.waitFor({ state: 'hidden' });
  await page.reload();
  await row(page, '鲜牛奶').locator('.title').click();
  await page.getByText('今早挤的').first().waitFor();
  expect(await page.getByText('离线写的').count()).toBe(0);
  expect(await sheet.count()).toBe(0);
  await expect.poll(async () => (await badge(page)).kind).toBe('read-only');
  expect(await script(assistant.page).inputValue()).toBe('今早挤的');
  // Whom the role may not see is not on this device any more: names and phones, and the key to their fingerprints.
  expect((await kept(operator)).filter((name) => name.startsWith('facts/identity'))).toEqual([]);
});

test('made an operator again, the page becomes writable by itself', async () => {
  const { page } = operator;
  await giveRole('何苗', 'operator');
  await expect.poll(() => isSaved(operator)).toBe(true);
  await row(page, '鲜牛奶').locator('.title').click();
  await append(page, '，又能写了');
  await expect.poll(() => script(assistant.page).inputValue()).toBe('今早挤的，又能写了');
});

test('losing sight of one page is not losing the brand', async () => {
  const { page } = operator;
  await page.goto(workspace.address('segments'));
  await expect.poll(() => isSaved(operator)).toBe(true);
  await giveRole('何苗', 'host');
  await page.getByText('你现在是主播').waitFor();
  expect(await page.getByText('你不再是').count()).toBe(0);
  await page.getByRole('link', { name: '去今天' }).click();
  await page.waitForURL(/\/today$/);
  await expect.poll(async () => (await kept(operator)).filter((name) => /^segments$|^facts/.test(name))).toEqual([]);
  await page.goto(campaign);
  await row(page, '鲜牛奶').waitFor();
});

test('demoted while the browser was closed: told at the next opening', async () => {
  await expect.poll(() => isSaved(assistant)).toBe(true);
  await assistant.context.setOffline(true);
  await expect.poll(async () => (await badge(assistant.page)).kind).toBe('offline');
  await row(assistant.page, '开场').locator('.title').click();
  await append(assistant.page, '欢迎来到山田');
  await expect.poll(async () => (await badge(assistant.page)).words).toBe('1处改动等待上传');
  await assistant.page.goto('about:blank');
  await giveRole('许宁', 'observer');
  assistant = await assistant.relaunch();
  await assistant.page.goto(workspace.address('today'));
  const sheet = assistant.page.getByRole('dialog', { name: '1处改动没被接受' });
  await sheet.getByText('欢迎来到山田').waitFor();
  await sheet.getByRole('button', { name: '丢掉' }).click();
  await assistant.page.goto(campaign);
  await row(assistant.page, '开场').waitFor();
  expect([...(await titles(assistant.page))].sort()).toEqual(['开场', '鲜牛奶'].sort());
  expect([...operator.complaints, ...assistant.complaints]).toEqual([]);
});
