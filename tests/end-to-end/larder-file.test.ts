/** A brand that lives in one browser moves to another in one file, and stays the same brand there. */
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let first: Person;
let second: Person;
const passphrase = '米缸的钥匙2026';

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  first = await openPerson();
  second = await openPerson({ width: 1366, height: 768 });
});
afterAll(async () => {
  await first.close();
  await second.close();
  await larder.close();
});

/** Full phones and nothing else to know a customer by. */
const orders = (): string => {
  const rows = Array.from({ length: 120 }, (_, at) => {
    const customer = at % 30;
    const day = String((at % 27) + 1).padStart(2, '0');
    return `T${String(at).padStart(5, '0')},2026-10-${day} 10:${String(customer).padStart(2, '0')}:00,高筋面粉 5kg,1,46.00,1381234${String(customer).padStart(4, '0')}`;
  });
  return `\ufeff订单号,下单时间,商品名称,数量,金额,手机号\r\n${rows.join('\r\n')}\r\n`;
};
const file = { name: '订单.csv', mimeType: 'text/csv', buffer: Buffer.from(orders()) };

const write = async ({ page }: Person): Promise<void> => {
  await page.getByText(/^读完/).waitFor();
  const yuan = page.getByRole('button', { name: '按元' });
  if (await yuan.isVisible()) await yuan.click();
  await page.getByRole('button', { name: /写入 .* 行/ }).click();
};
const workspaceOf = ({ page }: Person): string => new URL(page.url()).pathname.split('/')[1] ?? '';
const expectCustomers = async (person: Person): Promise<void> => {
  await person.page.goto(`${larder.address}/${workspaceOf(person)}/customers`);
  await person.page.getByText('30人').first().waitFor();
};

let exported = '';

test('the export says what is left out, and a passphrase takes it along', async () => {
  const { page } = first;
  await page.goto(larder.address);
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.waitForURL(/\/intake$/);
  await write(first);
  await page.getByText('全部是新的').waitFor({ timeout: 60_000 });
  await expectCustomers(first);

  await page.goto(`${larder.address}/${workspaceOf(first)}/settings`);
  await page.getByRole('button', { name: '导出', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: '导出整个品牌' });
  await sheet.getByText('手机号的指纹密钥和联系方式不在里面').waitFor();
  await sheet.getByLabel('口令，可不填').fill('短');
  await sheet.getByRole('button', { name: '导出', exact: true }).click();
  await sheet.getByText('至少8个字', { exact: true }).waitFor();
  await sheet.getByLabel('口令，可不填').fill(passphrase);
  await sheet.getByLabel('口令再填一次').fill(passphrase);
  await sheet.getByText('用口令锁住').waitFor();
  const downloading = page.waitForEvent('download');
  await sheet.getByRole('button', { name: '导出', exact: true }).click();
  exported = await (await downloading).path();
  await page.getByText(/^已导出/).waitFor();
});

test('another browser opens it with the passphrase, and the same order file adds nobody', async () => {
  const { page } = second;
  await page.goto(larder.address);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: '我的店.larder',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(exported),
    });
  const dialog = page.getByRole('alertdialog', { name: '这个文件有口令' });
  await dialog.getByLabel('口令').fill('不是这个口令');
  await dialog.getByRole('button', { name: '打开' }).click();
  await dialog.getByText('口令不对，什么都没有打开').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  await dialog.getByLabel('口令').fill(passphrase);
  await dialog.getByRole('button', { name: '打开' }).click();
  await page.waitForURL(/\/today$/);
  await expectCustomers(second);

  await page.goto(`${larder.address}/${workspaceOf(second)}/intake`);
  await page.locator('input[type=file]').first().setInputFiles(file);
  await write(second);
  await page.getByText('都是已有的，没有重复计入').waitFor({ timeout: 60_000 });
  await expectCustomers(second);
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});
