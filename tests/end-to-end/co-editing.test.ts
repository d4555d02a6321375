/** Two people in two roles plan one broadcast: at once while connected, and without losing anything while not. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let operator: Person;
let assistant: Person;

/** Enters the demo in a role and opens the next broadcast's page. */
const enter = async (role: string, name: string): Promise<Person> => {
  const person = await openPerson();
  const { page } = person;
  const headers = { origin: larder.address };
  const answer = await person.context.request.post(`${larder.address}/api/demo/enter`, {
    headers,
    data: { role, name },
  });
  const workspace = ((await answer.json()) as { workspaces: { id: string }[] }).workspaces[0]?.id ?? '';
  await page.goto(`${larder.address}/${workspace}/campaigns`);
  await page.locator('main section li a').first().click();
  await page.locator('.row').first().waitFor();
  return person;
};

const row = (page: Page, words: string) => page.locator('.row', { hasText: words });
const script = (page: Page) => page.locator('.editor textarea');
const titles = async (page: Page): Promise<readonly string[]> =>
  (await page.locator('.row .title').allTextContents()).map((title) => title.trim());

const append = async (page: Page, words: string): Promise<void> => {
  await script(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(words);
};

const drag = async (page: Page, words: string, above: string): Promise<void> => {
  const from = await row(page, words).locator('.grip').boundingBox();
  const to = await row(page, above).boundingBox();
  if (!from || !to) throw new Error('a row is not on screen');
  await page.mouse.move(from.x + 8, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 40, { steps: 3 });
  await page.mouse.move(to.x + 20, to.y + 6, { steps: 6 });
  await page.mouse.up();
};

beforeAll(async () => {
  larder = await openLarderProcess();
  operator = await enter('operator', '周岚');
  assistant = await enter('assistant', '许宁');
  expect(new URL(operator.page.url()).pathname).toBe(new URL(assistant.page.url()).pathname);
});
afterAll(async () => {
  await operator?.close();
  await assistant?.close();
  await larder?.close();
});

test('each sees where the other is and what the other writes at once', async () => {
  await row(operator.page, '原切牛腩').locator('.title').click();
  await row(assistant.page, '原切牛腩').locator('.title').click();
  await append(assistant.page, '，趁热吃');
  await row(operator.page, '许宁在写').waitFor();
  await expect.poll(() => script(operator.page).inputValue()).toContain('，趁热吃');
  await append(operator.page, '，配米饭');
  await expect.poll(() => script(assistant.page).inputValue()).toContain('，趁热吃，配米饭');
  await operator.page.keyboard.press('Control+z');
  await expect.poll(() => script(assistant.page).inputValue()).not.toContain('，配米饭');
  expect(await script(operator.page).inputValue()).toContain('，趁热吃');
});

test('both without a network: additions to one line survive, one item moved twice is in one place', async () => {
  const before = await titles(operator.page);
  await operator.context.setOffline(true);
  await assistant.context.setOffline(true);
  await append(operator.page, '【甲的话】');
  await append(assistant.page, '【乙的话】');
  await drag(operator.page, '鲜牛奶', '原切牛腩');
  await drag(assistant.page, '鲜牛奶', '手工水饺');
  expect(await titles(operator.page)).not.toEqual(await titles(assistant.page));

  await operator.context.setOffline(false);
  await assistant.context.setOffline(false);
  const both = async (): Promise<boolean> => {
    const [mine, theirs] = [await script(operator.page).inputValue(), await script(assistant.page).inputValue()];
    const isSameOrder = (await titles(operator.page)).join() === (await titles(assistant.page)).join();
    return isSameOrder && mine === theirs && mine.includes('【甲的话】') && mine.includes('【乙的话】');
  };
  await expect.poll(both, { timeout: 15_000 }).toBe(true);
  expect([...(await titles(operator.page))].sort()).toEqual([...before].sort());
});

test('a locked part stays, by pointer and by keyboard', async () => {
  const { page } = operator;
  const closing = row(page, '收尾').locator('.title');
  await closing.focus();
  await page.keyboard.press('Alt+ArrowUp');
  expect((await titles(page)).at(-1)).toContain('收尾');
  await row(page, '福袋').locator('.title').focus();
  const at = (await titles(page)).findIndex((title) => title.includes('福袋'));
  await page.keyboard.press('Alt+ArrowUp');
  await expect
    .poll(async () => (await titles(assistant.page)).findIndex((title) => title.includes('福袋')))
    .toBe(at - 1);
});

test('nothing broke the policy or threw', () => {
  expect([...operator.complaints, ...assistant.complaints]).toEqual([]);
});
