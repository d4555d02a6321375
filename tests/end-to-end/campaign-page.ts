/** What a person does and sees on a campaign's page, by its Chinese words. */
import type { Locator, Page } from 'playwright-core';

export const row = (page: Page, words: string): Locator => page.locator('.row', { hasText: words });

export const script = (page: Page): Locator => page.locator('.editor textarea');

export const titles = async (page: Page): Promise<readonly string[]> =>
  (await page.locator('.row .title').allTextContents()).map((title) => title.trim());

/** What the sync badge says: its kind, and its words. */
export const badge = async (page: Page): Promise<{ readonly kind: string; readonly words: string }> => {
  const shown = page.locator('[data-sync]').first();
  return shown.evaluate((element) => ({
    kind: element.getAttribute('data-sync') ?? '',
    words: element.textContent.trim(),
  }));
};

/** From the list of campaigns to the new one's page. */
export const createCampaign = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('button', { name: '新建场次' }).first().click();
  await page.getByLabel('名字').fill(title);
  await page.getByRole('button', { name: '建好，去排流程' }).click();
  await page.getByRole('heading', { name: title }).waitFor();
};

/** A part for talking, added behind the chosen one and named; it is the chosen one then. */
export const addTalk = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('button', { name: '加一段' }).first().click();
  await page.getByRole('button', { name: '加一段说话' }).click();
  await page.getByLabel('这一段叫什么').fill(title);
  await row(page, title).waitFor();
};

export const append = async (page: Page, words: string): Promise<void> => {
  await script(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(words);
};

/** By the grip, as with a mouse. */
export const drag = async (page: Page, words: string, above: string): Promise<void> => {
  const from = await row(page, words).locator('.grip').boundingBox();
  const to = await row(page, above).boundingBox();
  if (!from || !to) throw new Error('a row is not on screen');
  await page.mouse.move(from.x + 8, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 40, { steps: 3 });
  await page.mouse.move(to.x + 20, to.y + 6, { steps: 6 });
  await page.mouse.up();
};
