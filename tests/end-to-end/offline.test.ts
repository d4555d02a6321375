/** One visit, then no server and a restarted browser: every address opens with its data, and what is written arrives. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { append, badge, row, script } from './campaign-page.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let visitor: Person;
let colleague: Person;
let workspace = '';
const campaign = { id: '', title: '' };
const address = (path: string): string => `${larder.address}/${workspace}/${path}`;

const enter = async (role: string, name: string): Promise<Person> => {
  const person = await openPerson();
  const answer = await person.context.request.post(`${larder.address}/api/demo/enter`, {
    headers: { origin: larder.address },
    data: { role, name },
  });
  workspace = ((await answer.json()) as { workspaces: { id: string }[] }).workspaces[0]?.id ?? '';
  return person;
};

/** How much of the brand this device holds: months of facts read, files, documents; and whether the app itself is kept. */
const held = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const isKept = navigator.serviceWorker.controller !== null && (await caches.keys()).length === 1;
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const facts = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(names.find((name) => name.endsWith('/facts')) ?? '');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('no facts'));
    });
    const stores = [...facts.objectStoreNames];
    const counts = await Promise.all(
      stores.map(
        (store) =>
          new Promise<number>((resolve) => {
            const request = facts.transaction(store).objectStore(store).count();
            request.onsuccess = () => resolve(request.result);
          }),
      ),
    );
    facts.close();
    const isAhead = names.some((name) => name.endsWith('/library')) && names.some((name) => name.endsWith('/journeys'));
    return `${isKept && isAhead ? 'all' : 'some'} ${names.length} ${counts.join()}`;
  });

/** The visit is over when a second has brought nothing new. */
const stay = async (page: Page): Promise<void> => {
  let before = '';
  const isSettled = async (): Promise<boolean> => {
    const now = await held(page);
    const isSame = now === before && now.startsWith('all');
    before = now;
    return isSame;
  };
  await expect.poll(isSettled, { timeout: 40_000, interval: 1000 }).toBe(true);
};

beforeAll(async () => {
  larder = await openLarderProcess();
  visitor = await enter('operator', '周岚');
});
afterAll(async () => {
  await visitor?.close();
  await colleague?.close();
  await larder?.close();
});

let customers = '';

test('one visit to one page', async () => {
  const { page } = visitor;
  await page.goto(address('customers'));
  const heading = page.getByText(/^[\d,]+人$/).first();
  await heading.waitFor();
  await expect.poll(async () => (await badge(page)).words).toBe('已存到服务器');
  await stay(page);
  customers = (await page.locator('main').innerText()).replace(/\s+/g, ' ').slice(0, 160);
  expect(customers).toMatch(/\d,\d{3}人/);
});

test('without a server, in a restarted browser, every address opens with its data', async () => {
  await larder.stop();
  visitor = await visitor.relaunch();
  const { page } = visitor;
  await page.goto(address('customers'));
  await expect
    .poll(async () => (await page.locator('main').innerText()).replace(/\s+/g, ' ').slice(0, 160))
    .toBe(customers);
  expect((await badge(page)).words).toMatch(/^离线 · \d\d:\d\d起$/);

  await page.goto(address('campaigns'));
  const link = page.locator('main a[href*="/campaigns/"]').first();
  campaign.id = (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
  await page.goto(address('library'));
  await page
    .getByText(/^\d+段$/)
    .first()
    .waitFor();
  await page.goto(address('segments'));
  await page.getByLabel('规则文本，每行一个条件').waitFor();
  await page
    .getByText(/^[\d,]+\s*人$/)
    .first()
    .waitFor();
  await page.goto(address('catalogue'));
  await page.getByText('鲜牛奶 950ml×6').first().waitFor();
  await page.goto(address('journeys'));
  await page.getByText('正在跟进').waitFor();
});

test('a cold start opens a board that one can work on, and says that what is written waits', async () => {
  visitor = await visitor.relaunch();
  const { page } = visitor;
  const started = performance.now();
  await page.goto(address(`campaigns/${campaign.id}`));
  await row(page, '鲜牛奶').first().waitFor();
  await row(page, '鲜牛奶').first().locator('.title').click();
  await append(page, '【没有网时写的】');
  const ms = performance.now() - started;
  process.stdout.write(`cold start without a server, to the first letter on the board: ${Math.round(ms)} ms\n`);
  expect(await script(page).inputValue()).toContain('【没有网时写的】');
  await expect.poll(async () => (await badge(page)).words).toBe('1处改动等待上传');
});

test('it arrives when the server is back, though its page is closed', async () => {
  visitor = await visitor.relaunch();
  await visitor.page.goto(address('catalogue'));
  await expect.poll(async () => (await badge(visitor.page)).words).toBe('1处改动等待上传');
  await larder.start();
  await expect.poll(async () => (await badge(visitor.page)).words, { timeout: 20_000 }).toBe('已存到服务器');

  colleague = await enter('assistant', '许宁');
  await colleague.page.goto(address(`campaigns/${campaign.id}`));
  await row(colleague.page, '鲜牛奶').first().locator('.title').click();
  await expect.poll(() => script(colleague.page).inputValue()).toContain('【没有网时写的】');
});

test('a server that takes every question and answers none keeps nobody waiting', async () => {
  larder.freeze();
  visitor = await visitor.relaunch();
  const { page } = visitor;
  await page.goto(address(`campaigns/${campaign.id}`));
  await row(page, '鲜牛奶').first().waitFor({ timeout: 8000 });
  expect((await badge(page)).kind).not.toBe('server');
  larder.thaw();
  await expect.poll(async () => (await badge(page)).words, { timeout: 20_000 }).toBe('已存到服务器');
  expect([...visitor.complaints, ...colleague.complaints]).toEqual([]);
});
