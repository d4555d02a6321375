/** The import screen as somebody meets it: what it promises before, while and after a file is read. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import '#web/controls/base.css';
import { aDeviceWorkspace } from '#tests/web/device-workspace.ts';
import type { OpenedEngine } from '#web/engine/open-engine.svelte.ts';
import IntakeScreen from '#web/screens/intake/IntakeScreen.svelte';
import { language } from '#web/words/phrases.svelte.ts';
import type { OpenedWorkspace } from '#web/workspace/open-workspace.ts';
import type { Workspace } from '#web/workspace/workspace.ts';
import InWorkspace from '../InWorkspace.svelte';

let workspace: OpenedWorkspace;
let engine: OpenedEngine;

beforeEach(async () => {
  await page.viewport(1440, 1000);
  ({ workspace, engine } = await aDeviceWorkspace());
});
afterEach(async () => {
  language.choose('zh-CN');
  await engine.close();
  await workspace.close();
});

const header = '订单号,会员号,支付时间,商品编码,商品名称,数量,商品实付金额';
const rows = (many: number): string[] =>
  Array.from({ length: many }, (_, at) => `${at},c${at % 90},2026-03-01 10:00,MK,牛奶,1,9.90`);

const show = (over: Partial<Workspace> = {}): void => {
  // The workspace is an object of getters: kept as it is, with only these told otherwise.
  const shown = Object.create(
    workspace,
    Object.fromEntries(Object.entries(over).map(([name, value]) => [name, { value }])),
  ) as Workspace;
  render(InWorkspace, { workspace: shown, engine: engine.client, screen: IntakeScreen });
};
const choose = async (text: string): Promise<void> => {
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no input');
  await userEvent.upload(input, new File([text], 'orders.csv'));
};

test('a consent without its basis is asked for, and nothing is written until it is there', async () => {
  show();
  await choose([header, ...rows(40)].join('\n'));
  await expect.element(page.getByText('读完 40 行'), { timeout: 15_000 }).toBeVisible();
  await page.getByLabelText('这些顾客同意过由你一对一联系，文件里或以前拒绝过的除外').click();
  await page.getByRole('button', { name: '写入 40 行' }).click();
  const basis = page.getByRole('textbox', { name: '依据' });
  await expect.element(basis).toHaveFocus();
  await expect.element(basis).toHaveAttribute('aria-invalid', 'true');
  await expect.element(page.getByText('写明依据才能写入；没有依据就取消勾选')).toBeVisible();
  expect((await engine.client.ask('facts.imports', null)).body).toEqual([]);
  await basis.fill('会员服务条款');
  await page.getByRole('button', { name: '写入 40 行' }).click();
  await expect.element(page.getByText('40 行写好了'), { timeout: 15_000 }).toBeVisible();
});

test('nothing is called understood, and no count promised, before the file has been read', async () => {
  show();
  await choose([header, ...rows(150_000)].join('\n'));
  await expect.element(page.getByRole('button', { name: '等读完再写入' }), { timeout: 15_000 }).toBeDisabled();
  expect(page.getByText('每一行都读得懂').query()).toBeNull();
  await expect.element(page.getByText('读完 150,000 行'), { timeout: 25_000 }).toBeVisible();
  await expect.element(page.getByText('每一行都读得懂')).toBeVisible();
});

test('in a brand on a server the button says who gets to see it; columns left out are not counted', async () => {
  language.choose('en');
  show({ home: 'server' });
  await expect.element(page.getByText('Read on this device; nobody sees it before you write')).toBeVisible();
  await choose([`${header},备注`, ...rows(3).map((row) => `${row},x`)].join('\n'));
  await expect.element(page.getByText('3\u00a0rows read'), { timeout: 15_000 }).toBeVisible();
  await expect.element(page.getByText(/Writing shares these orders with the brand’s members/)).toBeVisible();
  await expect.element(page.getByText(/^7 of 8 used/)).toBeVisible();
});

test('[IMP27] a column used as last time says so, also after something else of the reading was changed', async () => {
  const named = [`${header},能联系吗`, ...rows(3).map((row) => `${row},是`)].join('\n');
  show();
  await choose(named);
  const use = page.getByRole('row', { name: /能联系吗/ });
  await expect.element(use.getByText('没认出，默认跳过'), { timeout: 15_000 }).toBeVisible();
  await use.getByRole('combobox').selectOptions('consent');
  await expect.element(use.getByText('你选的')).toBeVisible();
  await page.getByRole('button', { name: '写入 3 行' }).click();
  await expect.element(page.getByText('3 行写好了'), { timeout: 15_000 }).toBeVisible();
  await page.getByRole('button', { name: '换个文件' }).click();
  await choose(named);
  await expect.element(use.getByText('上次这样用'), { timeout: 15_000 }).toBeVisible();
  await page.getByText('店铺名').first().click();
  await page.getByRole('textbox', { name: '店铺名' }).fill('二店');
  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: '写入 3 行' })).toBeEnabled();
  await expect.element(use.getByText('上次这样用')).toBeVisible();
});

test('[IMP9] what leaving out nickname and phone costs is said, and taken in they are used at once', async () => {
  show();
  await choose([`${header},昵称,手机号`, ...rows(3).map((row, at) => `${row},林${at},1380013800${at}`)].join('\n'));
  const cost = page.getByText(/“昵称”和“手机号”是个人信息，没有导入。这样名单上的顾客没有称呼也没有号码/);
  await expect.element(cost, { timeout: 15_000 }).toBeVisible();
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await expect.element(page.getByRole('row', { name: /昵称/ }).getByRole('combobox')).toHaveValue('nickname');
  await expect.element(page.getByRole('row', { name: /手机号/ }).getByRole('combobox')).toHaveValue('phone');
  expect(cost.query()).toBeNull();
});

test('[PRO10] what was written ends long ago, and the page says from when it counts and why all seem lost', async () => {
  show();
  await choose([header, ...rows(3).map((row) => row.replace('2026-03', '2024-03'))].join('\n'));
  await page.getByRole('button', { name: '写入 3 行' }).click();
  await expect.element(page.getByText(/最新的订单是2024年3月1日的，[\d,]+天前/), { timeout: 15_000 }).toBeVisible();
});

test('phones are said to stay on this device only where they do; in a brand on a server they go to its vault', async () => {
  language.choose('en');
  const phones = [header.replace('会员号', '手机号'), '1,13800138000,2026-03-01 10:00,MK,牛奶,1,9.90'].join('\n');
  show({ home: 'server' });
  await choose(phones);
  await expect.element(page.getByText(/the original goes to the server’s encrypted vault/)).toBeVisible();
  await expect.element(page.getByText(/only owner and operators can see them.*each look on record/)).toBeVisible();
  expect(page.getByText(/stays? on this device/).query()).toBeNull();
  cleanup();
  show();
  await choose(phones);
  await expect.element(page.getByText(/the original stays on this device/)).toBeVisible();
  expect(page.getByText(/vault/).query()).toBeNull();
});

test('on this device alone nothing is uploaded, and what is missing is listed as the language lists', async () => {
  language.choose('en');
  show();
  await expect.element(page.getByText('Read on this device only, nothing is uploaded')).toBeVisible();
  await choose(['a,b,商品名称', 'x,y,牛奶', 'x,z,面粉'].join('\n'));
  await expect
    .element(page.getByText('Still missing: order number, time, customer, amount').first(), { timeout: 15_000 })
    .toBeInTheDocument();
  expect(page.getByText('Every row was understood').query()).toBeNull();
});

const european = (...sums: string[]): string =>
  [
    'Order;Date;Phone;Product;Qty;Amount',
    ...sums.map((sum, at) => `S${at};2026-11-02;1380000000${at};Maple syrup;3;${sum}`),
  ].join('\n');

test('decimal commas are read as such and shown; what a comma means is asked where the sums do not say', async () => {
  language.choose('en');
  show();
  await choose(european('14,72', '6,04'));
  await expect.element(page.getByText('¥20.76 net of refunds'), { timeout: 15_000 }).toBeVisible();
  await expect.element(page.getByText(/^Decimals: with a comma · 14,72 → ¥14\.72/)).toBeVisible();
  await expect.element(page.getByText('Order S0 → by line ¥14.72 · by piece 3 × ¥14.72 = ¥44.16')).toBeVisible();
  await page.getByRole('button', { name: 'Another file' }).click();
  await choose(european('1,472', '2,500'));
  const question = page.getByText(
    'Are the decimals of “Amount” written with a dot or with a comma? ¥3,972 with a dot, ¥3.97 with a comma.',
  );
  await expect.element(question, { timeout: 15_000 }).toBeVisible();
  await expect.element(page.getByText('1,472 → with a dot ¥1,472 · with a comma ¥1.47')).toBeVisible();
  expect(page.getByText(/^Amount: by line/).query(), 'not settled before it is asked').toBeNull();
  await page.getByRole('button', { name: 'with a comma', exact: true }).click();
  await expect.element(page.getByText('¥3.97 net of refunds'), { timeout: 15_000 }).toBeVisible();
});

test('orders in another currency are listed as left out, and there is nothing to write', async () => {
  language.choose('en');
  show();
  await choose([`${header},Currency`, ...rows(2).map((row) => `${row},GBP`)].join('\n'));
  await expect
    .element(page.getByRole('button', { name: /^Not in the brand’s currency, 2.rows$/ }), { timeout: 15_000 })
    .toBeVisible();
  await expect.element(page.getByText('Line 2: “GBP”')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Write 0/ })).toBeDisabled();
});
