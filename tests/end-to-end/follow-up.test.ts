/**
 * The day after a broadcast, and the days after that. The server runs in this process with a clock that the test moves:
 * noon first, because nobody is written to at night, then four and five days on, when orders and a refund come in.
 */
import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayFromMs, isoFromDay, msFromDay } from '#core/units/business-day.ts';
import { readConfiguration } from '#sync-server/configuration.ts';
import { type Larder, openLarder } from '#sync-server/open-larder.ts';
import { openPerson, type Person } from './browser.ts';
import { type DemoWorkspace, openDemoWorkspace } from './demo-workspace.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const data = mkdtempSync(join(tmpdir(), 'larder-follow-up-'));
const today = dayFromMs(Date.now());
let shiftMs = msFromDay(today) + 12 * hourMs - Date.now();
let larder: Larder;
let demo: DemoWorkspace;
let first: Person;
let second: Person;
/** Who was ticked in the end, and stays so. */
let ticked: readonly Row[] = [];

interface Row {
  readonly id: string;
  readonly name: string;
  readonly product: string;
  readonly state: string;
}

beforeAll(async () => {
  const configuration = readConfiguration({ PORT: '0', LARDER_DATA: data, LARDER_NO_FIT: '1' });
  const clock = { nowMs: () => Date.now() + shiftMs, speed: 1 };
  larder = await openLarder(configuration, (text) => process.stderr.write(`${text}\n`), clock);
  const address = new URL(larder.address).origin;
  [first, second, demo] = await Promise.all([openPerson(), openPerson(), openDemoWorkspace({ address })]);
  for (const [person, name] of [
    [first, '周岚'],
    [second, '苏禾'],
  ] as const) {
    await person.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: address });
    await demo.enter(person.context, 'operator', name);
  }
});
afterAll(async () => {
  await Promise.all([first, second].map((person) => person?.close()));
  await larder?.close();
  rmSync(data, { recursive: true, force: true });
});

const shownCard = (page: Page): ReturnType<Page['locator']> => page.locator('.group.shown');
const confirmed = async (page: Page): Promise<number> =>
  Number(((await shownCard(page).locator('dd.sent').textContent()) ?? '').replaceAll(',', ''));

const openFollowUp = async (page: Page): Promise<void> => {
  await page.goto(demo.address('journeys'));
  await page
    .getByRole('link', { name: /烘焙之夜/ })
    .first()
    .click();
  await page.getByRole('heading', { name: '黄金72小时' }).waitFor();
  await page.locator('.group').nth(2).waitFor();
};

/** The list as a file: the only place where a customer's id is written out. */
const exported = async (page: Page): Promise<readonly Row[]> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出名单' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8').replace('\ufeff', '');
  const { data: rows } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  return rows.map((row) => ({
    id: row['顾客编号'] ?? '',
    name: row['称呼'] ?? '',
    product: row['商品'] ?? '',
    state: row['状态'] ?? '',
  }));
};

/** Opens the first person from a place on whose message may go out now. */
const choosePerson = async (page: Page, from: number): Promise<number> => {
  for (let at = from; at < from + 8; at++) {
    await page.locator('.list [role=row]').nth(at).click();
    const copy = page.getByRole('button', { name: '复制文案' });
    await copy.waitFor();
    if ((await copy.getAttribute('aria-disabled')) !== 'true' && (await copy.isEnabled())) return at;
  }
  throw new Error('nobody may be written to now');
};

test('three groups, each with its deadline and who is left out and why', async () => {
  await openFollowUp(first.page);
  await openFollowUp(second.page);
  const cards = first.page.locator('.group');
  expect(await cards.count()).toBe(3);
  expect((await cards.locator('h2').allTextContents()).sort()).toEqual(
    ['下了单', '没看但很可能买', '看了没下单'].sort(),
  );
  for (const text of await cards.allInnerTexts()) {
    expect(text).toMatch(/还剩|过了|都发了|没赶上/);
    expect(text).toMatch(/到\d+月|到今天|到明天|到\d+:\d\d|截止|\d\d:\d\d/);
    expect(text).toMatch(/计划\s*[\d,]+\s*已交到人手上\s*[\d,]+\s*已确认发出\s*[\d,]+/);
  }
  expect((await cards.allInnerTexts()).join('\n')).toMatch(/\d+人不发：\d+人/);
});

test('a person’s message has its reasons in numbers; copied, it is in hand; ticked, it is sent, everywhere', async () => {
  const { page } = first;
  await page.locator('.group', { hasText: '没看但很可能买' }).getByRole('button').last().click();
  await second.page.locator('.group', { hasText: '没看但很可能买' }).getByRole('button').last().click();
  await choosePerson(page, 0);
  const panel = page.locator('.why-card');
  await expect.poll(() => panel.locator('li').count()).toBeGreaterThan(2);
  const reasons = (await panel.locator('li').allInnerTexts()).join('\n');
  expect(reasons).toMatch(/买过.+¥[\d,.]+|复购期\d+月\d+日–/);
  expect(reasons).toMatch(/7天内收过\d+条，上限\d+条/);

  const before = await confirmed(page);
  expect(await confirmed(second.page)).toBe(before);
  const known = await exported(page);
  await panel.getByRole('button', { name: '复制文案' }).click();
  await page.getByText(/文案已复制/).waitFor();
  const message = (await panel.locator('blockquote').textContent()) ?? '';
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(message);
  expect(message).not.toMatch(/[{}]/);
  await panel.getByRole('button', { name: '记为已发出' }).click();
  await expect.poll(() => confirmed(page)).toBe(before + 1);
  await expect.poll(() => confirmed(second.page), { timeout: 10_000 }).toBe(before + 1);

  const news = await exported(page);
  const changed = news.filter((row, at) => row.state === '已发出' && known[at]?.state !== '已发出');
  expect(changed).toHaveLength(1);
});

test('undo takes it back, on the other screen as well', async () => {
  const { page } = first;
  const before = await confirmed(page);
  await page.getByRole('button', { name: '撤销' }).first().click();
  await expect.poll(() => confirmed(page)).toBe(before - 1);
  await expect.poll(() => confirmed(second.page), { timeout: 10_000 }).toBe(before - 1);
});

test('two people are written to; the decisions stay after a reload', async () => {
  const { page } = first;
  const before = await confirmed(page);
  const known = await exported(page);
  let at = 0;
  for (let person = 0; person < 2; person++) {
    at = (await choosePerson(page, at)) + 1;
    await page.locator('.why-card').getByRole('button', { name: '记为已发出' }).click();
    await expect.poll(() => confirmed(page)).toBe(before + person + 1);
  }
  const news = await exported(page);
  ticked = news.filter((row, index) => row.state === '已发出' && known[index]?.state !== '已发出');
  expect(ticked).toHaveLength(2);
  await page.reload();
  await page.locator('.group', { hasText: '没看但很可能买' }).getByRole('button').last().click();
  await expect.poll(() => confirmed(page)).toBe(before + 2);
});

/** What the shop exports: both bought on the third day; `refunded` gives one of them the money back. */
const orderFile = (refunded: boolean): { name: string; mimeType: string; buffer: Buffer } => {
  const day = isoFromDay((today + 3) as typeof today);
  const rows = ticked.map((row, at) => {
    const isBack = refunded && at === 0;
    return `TICK-${at},${day} 10:0${at}:00,${isBack ? '已退款' : '已完成'},o-${row.id},${row.product || '鲜牛奶 950ml×6'},1,69.00,${isBack ? '69.00' : '0.00'}`;
  });
  const header = '订单号,支付时间,订单状态,用户openid,商品名称,商品数量,实付金额,商品已退款金额';
  return {
    name: refunded ? '订单_第二次.csv' : '订单.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\ufeff${header}\r\n${rows.join('\r\n')}\r\n`),
  };
};

const importFile = async (file: ReturnType<typeof orderFile>, outcome: RegExp): Promise<void> => {
  const { page } = first;
  await page.goto(demo.address('intake'));
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByText(/^读完/).waitFor();
  const yuan = page.getByRole('button', { name: '按元' });
  if (await yuan.isVisible()) await yuan.click();
  await page.getByRole('button', { name: /写入 .* 行/ }).click();
  await page.getByText(outcome).first().waitFor({ timeout: 30_000 });
};

const outcomesOf = async (row: Row | undefined): Promise<string> => {
  await first.page.goto(demo.address(`customers?customer=${row?.id ?? ''}`));
  const card = first.page
    .locator('aside, [role=dialog]')
    .filter({ hasText: row?.name ?? '' })
    .first();
  await card
    .getByText(/消息后7天内买了|退款，结果撤销|发过\d+次/)
    .first()
    .waitFor();
  return card.innerText();
};

const bought = (card: string): number => card.match(/消息后7天内买了/g)?.length ?? 0;
const reversed = (card: string): number => card.match(/退款，结果撤销/g)?.length ?? 0;
let once: readonly number[] = [];

test('orders of the days after become outcomes on the customers’ cards', async () => {
  shiftMs += 4 * dayMs;
  const before: number[] = [];
  for (const row of ticked) before.push(bought(await outcomesOf(row)));
  await importFile(orderFile(false), /行写好了/);
  once = [bought(await outcomesOf(ticked[0])), bought(await outcomesOf(ticked[1]))];
  expect(once).toEqual(before.map((count) => count + 1));
});

test('the same file again changes nothing', async () => {
  await importFile(orderFile(false), /都是已有的，没有重复计入/);
  expect([bought(await outcomesOf(ticked[0])), bought(await outcomesOf(ticked[1]))]).toEqual(once);
});

test('a refund in a later export reverses the one, and only that', async () => {
  shiftMs += dayMs;
  await importFile(orderFile(true), /行写好了/);
  await expect.poll(async () => bought(await outcomesOf(ticked[0]))).toBe((once[0] ?? 0) - 1);
  const back = await outcomesOf(ticked[0]);
  expect(reversed(back)).toBeGreaterThan(0);
  expect(bought(await outcomesOf(ticked[1]))).toBe(once[1]);
  await importFile(orderFile(true), /都是已有的，没有重复计入/);
  expect(reversed(await outcomesOf(ticked[0]))).toBe(reversed(back));
});

test('nobody’s page threw or broke the policy', () => {
  expect([first, second].flatMap(({ complaints }) => complaints)).toEqual([]);
});
