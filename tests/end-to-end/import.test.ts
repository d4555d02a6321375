import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorkbook } from '#tests/makers/workbook.ts';
import { openPerson, type Person } from './browser.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';
import { wechatShopFile } from './order-file.ts';

let larder: LarderProcess;
let shopkeeper: Person;

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  shopkeeper = await openPerson();
});
afterAll(async () => {
  await shopkeeper.close();
  await larder.close();
});

/** Answers "yuan or fen?" where the screen has to ask, then writes. */
const write = async (): Promise<void> => {
  const { page } = shopkeeper;
  await page.getByText(/^读完/).waitFor();
  const yuan = page.getByRole('button', { name: '按元' });
  if (await yuan.isVisible()) await yuan.click();
  await page.getByRole('button', { name: /写入 .* 行/ }).click();
};

const csv = (name: string, text: string): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});
const file = csv('微信小店订单_7月至11月.csv', wechatShopFile(240));
const lines = wechatShopFile(240).trim().split('\r\n').length - 1;
const written = new RegExp(`${lines.toLocaleString('zh-CN')} 行写好了`);

test('a dropped order file becomes customers and a due list, on this device alone', async () => {
  const { page } = shopkeeper;
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') foreign.push(`${request.method()} ${request.url()}`);
  });
  await page.goto(larder.address);
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.waitForURL(/\/intake$/);
  await write();
  await page.getByText(written).waitFor({ timeout: 60_000 });
  await page.getByText('全部是新的').waitFor();
  await page.getByText('240', { exact: true }).first().waitFor();
  expect(foreign).toEqual([]);

  await page
    .getByRole('link', { name: '看顾客' })
    .or(page.getByRole('button', { name: '看顾客' }))
    .first()
    .click();
  await page.waitForURL(/\/customers/);
  await page.getByText('240人').first().waitFor();
});

test('the same file again adds nothing; undoing it leaves what the other brought', async () => {
  const { page } = shopkeeper;
  const workspace = new URL(page.url()).pathname.split('/')[1] ?? '';
  await page.goto(`${larder.address}/${workspace}/intake`);
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByText('这份文件').first().waitFor();
  await write();
  await page.getByText('都是已有的，没有重复计入').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: '撤销这次导入' }).first().click();
  await page.getByText('已撤销').first().waitFor();
  await page.goto(`${larder.address}/${workspace}/customers`);
  await page.getByText('240人').first().waitFor();
});

test('a binary file named .csv gets a plain answer and nothing is lost', async () => {
  const { page } = shopkeeper;
  const workspace = new URL(page.url()).pathname.split('/')[1] ?? '';
  await page.goto(`${larder.address}/${workspace}/intake`);
  const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256));
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '订单.csv', mimeType: 'text/csv', buffer: bytes });
  await page.getByText('这不是表格文件').waitFor();
});

test('the same table as an Excel workbook of many rows is read like the text', async () => {
  const { page } = shopkeeper;
  const workspace = new URL(page.url()).pathname.split('/')[1] ?? '';
  // Enough to unpack to more than 512 kB.
  const rows = wechatShopFile(120)
    .replace('\ufeff', '')
    .replaceAll('3700', '5700')
    .trim()
    .split('\r\n')
    .map((row) => row.replaceAll('"', '').split(','));
  await page.goto(`${larder.address}/${workspace}/intake`);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '订单.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: Buffer.from(aWorkbook(rows)),
    });
  await write();
  await page
    .getByText(new RegExp(`${(rows.length - 1).toLocaleString('zh-CN')} 行写好了`))
    .waitFor({ timeout: 60_000 });
  await page.getByText('全部是新的').waitFor();
});

test('half the rows broken: the good half goes in, the rest is kept with its reasons', async () => {
  const { page } = shopkeeper;
  const workspace = new URL(page.url()).pathname.split('/')[1] ?? '';
  const [header = '', ...rows] = wechatShopFile(40).replaceAll('3700', '4700').trim().split('\r\n');
  const broken = rows.map((row, at) => (at % 2 === 0 ? row.replace(/2026-\d\d-\d\d/g, '2026-13-77') : row));
  await page.goto(`${larder.address}/${workspace}/intake`);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(csv('一半坏的.csv', [header, ...broken].join('\r\n')));
  await page.getByText('时间读不出').first().waitFor();
  await write();
  await page.getByText(new RegExp(`${Math.floor(rows.length / 2)} 行写好了`)).waitFor({ timeout: 60_000 });
  await page.getByText('没有导入的行').waitFor();
  expect(shopkeeper.complaints).toEqual([]);
});
