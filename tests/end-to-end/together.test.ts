/** Two people in two roles plan one broadcast: at once while connected, and without losing anything while not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from './browser.ts';
import { addTalk, append, badge, createCampaign, drag, row, script, titles } from './campaign-page.ts';
import { claimWorkspace } from './claimed-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let operator: Person;
let assistant: Person;
const isOnServer = async (): Promise<boolean> =>
  (await badge(operator.page)).kind === 'server' && (await badge(assistant.page)).kind === 'server';

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  const workspace = await claimWorkspace(larder);
  operator = await workspace.welcome('operator', '周岚');
  assistant = await workspace.welcome('assistant', '许宁', { width: 1366, height: 768 });
  await Promise.all([operator, assistant].map(({ page }) => page.goto(workspace.address('campaigns'))));
  await createCampaign(operator.page, '周五晚上');
  await assistant.page
    .getByRole('link', { name: /周五晚上/ })
    .first()
    .click();
  await assistant.page.getByRole('heading', { name: '周五晚上' }).waitFor();
});
afterAll(async () => {
  await operator?.close();
  await assistant?.close();
  await larder?.close();
});

test('what one plans stands on the other screen at once', async () => {
  for (const title of ['开场', '鲜牛奶', '福袋', '收尾']) {
    await addTalk(operator.page, title);
    await row(assistant.page, title).waitFor({ timeout: 2000 });
  }
  expect(await titles(assistant.page)).toEqual(['开场', '鲜牛奶', '福袋', '收尾']);
  const minutes = assistant.page.getByLabel('鲜牛奶：几分钟');
  await minutes.fill('12');
  await minutes.press('Enter');
  await expect.poll(() => operator.page.getByLabel('鲜牛奶：几分钟').inputValue(), { timeout: 2000 }).toBe('12');
});

test('each sees who is in the script, where, and every letter of it', async () => {
  for (const { page } of [operator, assistant]) await row(page, '鲜牛奶').locator('.title').click();
  await append(assistant.page, '今早挤的');
  await row(operator.page, '许宁在写').waitFor({ timeout: 2000 });
  await operator.page.locator('.editor .caret .flag', { hasText: '许宁' }).waitFor({ timeout: 2000 });
  await expect.poll(() => script(operator.page).inputValue(), { timeout: 2000 }).toBe('今早挤的');

  // Both type in the same place at the same time: nothing is lost, and both read the same.
  await Promise.all([
    append(operator.page, '').then(() => operator.page.keyboard.type('abcdefgh', { delay: 15 })),
    append(assistant.page, '').then(() => assistant.page.keyboard.type('12345678', { delay: 15 })),
  ]);
  const mine = async (): Promise<string> => script(operator.page).inputValue();
  await expect.poll(mine).toHaveLength('今早挤的'.length + 16);
  await expect.poll(async () => (await mine()) === (await script(assistant.page).inputValue())).toBe(true);
  const letters = await mine();
  expect(letters.replace(/[^a-z]/g, '')).toBe('abcdefgh');
  expect(letters.replace(/[^0-9]/g, '')).toBe('12345678');

  await row(assistant.page, '开场').locator('.title').click();
  await row(operator.page, '许宁在写').waitFor({ state: 'detached', timeout: 2000 });
  await row(assistant.page, '鲜牛奶').locator('.title').click();
});

test('undo takes back what is one’s own, and nothing of the other', async () => {
  const read = (): Promise<string> => script(operator.page).inputValue();
  const before = await read();
  // A step of its own: the typing above is not taken back with what follows.
  const minutes = operator.page.getByLabel('收尾：几分钟');
  await minutes.fill('7');
  await minutes.press('Enter');
  await append(operator.page, '【甲】');
  await expect.poll(() => script(assistant.page).inputValue()).toBe(`${before}【甲】`);
  await append(assistant.page, '【乙】');
  await expect.poll(read).toBe(`${before}【甲】【乙】`);

  await script(operator.page).focus();
  await operator.page.keyboard.press('Control+z');
  await expect.poll(() => script(assistant.page).inputValue()).not.toContain('【甲】');
  expect(await read()).toContain('【乙】');
  await operator.page.keyboard.press('Control+Shift+z');
  await expect.poll(() => script(assistant.page).inputValue()).toBe(`${before}【甲】【乙】`);

  // The other's move is not one's own either.
  await row(assistant.page, '福袋').locator('.title').focus();
  await assistant.page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => titles(operator.page)).toEqual(['开场', '福袋', '鲜牛奶', '收尾']);
  await operator.page.getByRole('button', { name: '撤销我的上一步' }).click();
  await expect.poll(() => script(assistant.page).inputValue()).not.toContain('【甲】');
  expect(await titles(operator.page)).toEqual(['开场', '福袋', '鲜牛奶', '收尾']);
});

test('both without a network: additions to one line survive, one part moved twice is in one place', async () => {
  const everything = await titles(operator.page);
  const before = await script(operator.page).inputValue();
  await expect.poll(isOnServer).toBe(true);
  for (const { context, page } of [operator, assistant]) {
    await context.setOffline(true);
    await expect.poll(async () => (await badge(page)).kind).toBe('offline');
  }
  await append(operator.page, '【甲的话】');
  await append(assistant.page, '【乙的话】');
  await drag(operator.page, '福袋', '开场');
  await drag(assistant.page, '福袋', '收尾');
  expect(await titles(operator.page)).toEqual(['福袋', '开场', '鲜牛奶', '收尾']);
  expect(await titles(assistant.page)).toEqual(['开场', '鲜牛奶', '福袋', '收尾']);
  for (const { page } of [operator, assistant]) expect((await badge(page)).words).toMatch(/处改动等待上传/);

  for (const { context } of [operator, assistant]) await context.setOffline(false);
  await expect.poll(isOnServer, { timeout: 15_000 }).toBe(true);
  const isSame = async (): Promise<boolean> =>
    (await titles(operator.page)).join() === (await titles(assistant.page)).join() &&
    (await script(operator.page).inputValue()) === (await script(assistant.page).inputValue());
  await expect.poll(isSame).toBe(true);
  const line = await script(operator.page).inputValue();
  expect([`${before}【甲的话】【乙的话】`, `${before}【乙的话】【甲的话】`]).toContain(line);
  expect([...(await titles(operator.page))].sort()).toEqual([...everything].sort());
  expect((await titles(operator.page)).filter((title) => title === '福袋')).toHaveLength(1);
});

test('a locked part stays, by pointer and by keyboard', async () => {
  const { page } = operator;
  await row(page, '收尾').hover();
  await page.getByRole('button', { name: '收尾：更多' }).click();
  await page.getByRole('menuitem', { name: '锁住' }).click();
  await row(assistant.page, '收尾').getByLabel('锁住了').waitFor();
  await row(assistant.page, '收尾').locator('.title').focus();
  await assistant.page.keyboard.press('Alt+ArrowUp');
  expect((await titles(assistant.page)).at(-1)).toBe('收尾');
  await row(page, '开场').locator('.title').focus();
  const at = (await titles(page)).indexOf('开场');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(async () => (await titles(assistant.page)).indexOf('开场')).toBe(at + 1);
});

test('nothing broke the policy or threw', () => {
  expect([...operator.complaints, ...assistant.complaints]).toEqual([]);
});
