/** The palette leads to a customer's card from anywhere, also from the customers themselves, also twice. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { type DemoWorkspace, openDemoWorkspace } from './demo-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let demo: DemoWorkspace;
let person: Person;

beforeAll(async () => {
  larder = await openLarderProcess();
  demo = await openDemoWorkspace(larder);
  person = await openPerson();
  await demo.enter(person.context, 'operator', '周岚');
});
afterAll(async () => {
  await person?.close();
  await larder?.close();
});

const card = (page: Page, name: string) => page.locator('h2', { hasText: name });
/** Looks the customer up by name and opens the first found. */
const find = async (page: Page, name: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('找页面、商品、场次、顾客，可用拼音首字母').fill(name);
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click();
};

test('a customer is opened while the customers are on screen, and again after closing', async () => {
  const { page } = person;
  await page.goto(demo.address('customers'));
  const names = page.locator('.who .name');
  await names.nth(12).waitFor({ timeout: 60_000 });
  const [first = '', second = ''] = await Promise.all([3, 9].map((at) => names.nth(at).innerText()));
  expect(first).not.toBe(second);
  await find(page, first);
  await card(page, first).waitFor();
  await find(page, second);
  await card(page, second).waitFor();
  await page.locator('.close button').click();
  await card(page, second).waitFor({ state: 'detached' });
  await find(page, second);
  await card(page, second).waitFor();
  expect(person.complaints).toEqual([]);
});
