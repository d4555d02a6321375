import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPerson, type Person } from './browser.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
const people: Person[] = [];
const person = async (...choice: Parameters<typeof openPerson>): Promise<Person> => {
  const opened = await openPerson(...choice);
  people.push(opened);
  return opened;
};

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
});
afterAll(async () => {
  await Promise.all(people.map((opened) => opened.close()));
  await larder.close();
});

test('an owner claims, invites an assistant by link, and shows them out again', async () => {
  const owner = await person();
  await owner.page.goto(larder.claimAddress());
  await owner.page.getByLabel('店名或品牌').fill('山田食堂');
  await owner.page.getByLabel('你的名字').fill('周岚');
  await owner.page.getByRole('button', { name: '开始' }).click();
  await owner.page.waitForURL(/\/today$/);
  const workspace = new URL(owner.page.url()).pathname.split('/')[1] ?? '';

  await owner.page.goto(`${larder.address}/${workspace}/settings`);
  await owner.page.getByLabel('来做什么').selectOption({ label: '场控' });
  await owner.page.getByRole('button', { name: '生成邀请链接' }).click();
  const link = await owner.page.getByLabel(/给场控的链接/).inputValue();
  expect(link).toContain('#');

  const assistant = await person({ width: 1366, height: 768 });
  await assistant.page.goto(link);
  await assistant.page.getByLabel('你的名字').fill('许宁');
  await assistant.page.getByRole('button', { name: '加入' }).click();
  await assistant.page.waitForURL(new RegExp(`/${workspace}/`));
  await assistant.page.getByText('许宁').first().waitFor();

  // The link is used up: nobody else gets in by it.
  const stranger = await person();
  await stranger.page.goto(link);
  await stranger.page.getByText('邀请用过了').waitFor();
  expect((await stranger.context.request.get(`${larder.address}/api/workspaces/${workspace}/members`)).status()).toBe(
    401,
  );

  await owner.page.reload();
  await owner.page.getByText('许宁').first().waitFor();
  const removal = owner.page.getByRole('listitem').filter({ hasText: '许宁' }).getByRole('button', { name: '请出去' });
  await removal.click();
  await owner.page.getByRole('alertdialog').getByRole('button', { name: '请出去' }).click();
  await assistant.page.getByText('你不再是山田食堂的成员').waitFor({ timeout: 10_000 });

  expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('the claim works once: later the page says so, and the address forgets it', async () => {
  const late = await person();
  await late.page.goto(larder.claimAddress());
  await late.page.getByText('用自己的订单开始').waitFor();
  await late.page.getByRole('alert').getByText('首次启动链接用过了，服务器已经有主人').waitFor();
  expect(await late.page.getByLabel('店名或品牌').count()).toBe(0);
  await expect.poll(() => late.page.url()).toBe(`${larder.address}/`);
  expect(late.complaints).toEqual([]);
});
