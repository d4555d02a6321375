/** The server dies without a word in the middle of writing. What the badge called saved is there; the rest arrives. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Person } from './browser.ts';
import { addTalk, append, badge, createCampaign, row, script } from './campaign-page.ts';
import { type ClaimedWorkspace, claimWorkspace } from './claimed-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let workspace: ClaimedWorkspace;
let operator: Person;
let assistant: Person;
let campaign = '';
const strangers: Person[] = [];

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  workspace = await claimWorkspace(larder);
  operator = await workspace.welcome('operator', '周岚');
  assistant = await workspace.welcome('assistant', '许宁');
  await operator.page.goto(workspace.address('campaigns'));
  await createCampaign(operator.page, '周五晚上');
  campaign = operator.page.url();
  for (const title of ['开场', '收尾']) await addTalk(operator.page, title);
  await assistant.page.goto(campaign);
  await row(operator.page, '开场').locator('.title').click();
  await row(assistant.page, '收尾').locator('.title').click();
  for (const { page } of [operator, assistant]) {
    await script(page).waitFor();
    await watchBadge(page);
  }
});
afterAll(async () => {
  for (const person of [operator, assistant]) await person?.close();
  await larder?.close();
});
beforeEach(async () => {
  for (const { page } of [operator, assistant])
    await expect.poll(async () => (await badge(page)).kind, { timeout: 20_000 }).toBe('server');
});
afterEach(async () => {
  for (const { context } of [operator, assistant]) await context.setOffline(false);
  for (const stranger of strangers.splice(0)) await stranger.close();
});

interface Watched {
  /** The script as it stood when the badge last said that everything is on the server. */
  saved: string;
  kinds: string[];
}

/** Looks at badge and script every few milliseconds, in the page, so that no moment of a wrong badge is missed. */
const watchBadge = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watched: Watched = { saved: '', kinds: [] };
    Object.assign(globalThis, { watched });
    setInterval(() => {
      const kind = document.querySelector('[data-sync]')?.getAttribute('data-sync') ?? '';
      const text = document.querySelector<HTMLTextAreaElement>('.editor textarea')?.value ?? '';
      if (kind === 'server') watched.saved = text;
      if (watched.kinds.at(-1) !== kind) watched.kinds.push(kind);
    }, 3);
  });
const watched = (page: Page): Promise<Watched> =>
  page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);
const forgetKinds = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (globalThis as unknown as { watched: Watched }).watched.kinds = [];
  });

/** What the server has of both scripts, read through a browser that was never here before. */
const readAfresh = async (): Promise<readonly string[]> => {
  const stranger = await workspace.welcome('observer', '沈嘉');
  strangers.push(stranger);
  await stranger.page.goto(campaign);
  await expect.poll(async () => (await badge(stranger.page)).kind).toBe('read-only');
  const texts: string[] = [];
  for (const title of ['开场', '收尾']) {
    await row(stranger.page, title).locator('.title').click();
    texts.push(await stranger.page.getByLabel(`${title}的话术`).inputValue());
  }
  expect(stranger.complaints).toEqual([]);
  return texts;
};

test('a server that does not answer is never taken for one that has saved', async () => {
  const { page } = operator;
  larder.freeze();
  await append(page, '冻住时写的');
  await forgetKinds(page);
  // As long as the badge would need to lie: an answer usually takes a few milliseconds.
  await page.waitForTimeout(1500);
  expect((await watched(page)).kinds).toEqual(['waiting']);
  expect((await badge(page)).words).toBe('1处改动等待上传');
  larder.thaw();
  await expect.poll(async () => (await badge(page)).words).toBe('已存到服务器');
  expect((await watched(page)).kinds).toEqual(['waiting', 'server']);
});

test.for([150, 620])('killed %i ms after the first letters were saved: what was called saved is there', async (ms) => {
  const people = [operator, assistant];
  const before = (await watched(operator.page)).saved;
  const writing = people.map(async ({ page }) => {
    await append(page, '\n');
    await page.keyboard.type('abcdefghijklmnopqrstuvwxyz'.repeat(5), { delay: 20 });
  });
  const savedNow = async (): Promise<number> => (await watched(operator.page)).saved.length;
  await expect.poll(savedNow, { timeout: 20_000, interval: 20 }).toBeGreaterThan(before.length);
  await new Promise((resolve) => setTimeout(resolve, ms));
  await larder.kill();
  await Promise.all(writing);
  const written = await Promise.all(people.map(({ page }) => script(page).inputValue()));
  const saved = await Promise.all(people.map(async ({ page }) => (await watched(page)).saved));
  expect(saved[0]?.length).toBeGreaterThan(before.length);
  for (const { page } of people) {
    await forgetKinds(page);
    await append(page, '【它死了以后】');
    await expect.poll(async () => (await badge(page)).words).toMatch(/^\d+处改动等待上传$/);
  }

  // Only what the dead server had may speak for it, so those who hold more stay away.
  for (const { context } of people) await context.setOffline(true);
  await larder.start();
  const found = await readAfresh();
  for (const [at, text] of found.entries()) {
    expect(text.slice(0, saved[at]?.length)).toBe(saved[at]);
    expect(written[at]?.slice(0, text.length)).toBe(text);
  }
  for (const { page } of people) expect((await watched(page)).kinds).not.toContain('server');

  for (const { context } of people) await context.setOffline(false);
  for (const { page } of people)
    await expect.poll(async () => (await badge(page)).kind, { timeout: 20_000 }).toBe('server');
  expect(await readAfresh()).toEqual(written.map((text) => `${text}【它死了以后】`));
});

test('with nothing to send the badge says offline, and since when', async () => {
  await larder.kill();
  await expect.poll(async () => (await badge(operator.page)).words).toMatch(/^离线 · \d\d:\d\d起$/);
  await larder.start();
  await expect.poll(async () => (await badge(operator.page)).words, { timeout: 20_000 }).toBe('已存到服务器');
  expect([...operator.complaints, ...assistant.complaints]).toEqual([]);
});
