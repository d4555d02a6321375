/** Connections the server ends for good: the page says why, keeps what is on the device, and goes on when it can. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from './browser.ts';
import { addTalk, append, badge, createCampaign, row } from './campaign-page.ts';
import { type ClaimedWorkspace, claimWorkspace } from './claimed-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let workspace: ClaimedWorkspace;
let operator: Person;
let campaign = '';

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  workspace = await claimWorkspace(larder);
  operator = await workspace.welcome('operator', '何苗');
  await operator.page.goto(workspace.address('campaigns'));
  await createCampaign(operator.page, '周五晚上');
  campaign = operator.page.url();
  await addTalk(operator.page, '开场');
});
afterAll(async () => {
  await operator?.close();
  await larder?.close();
});

test('4409: with too many windows open, one more says so, and opens once others are closed', async () => {
  const { page, context } = operator;
  await expect.poll(async () => (await badge(page)).kind).toBe('server');
  const greedy = await context.newPage();
  await greedy.goto(larder.address);
  const took = await greedy.evaluate(async (id) => {
    const sockets = Array.from({ length: 140 }, () => new WebSocket(`ws://${location.host}/sync/${id}/settings`));
    Object.assign(globalThis, { sockets });
    const codes = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<number>((resolve) => {
            socket.onclose = ({ code }) => resolve(code);
            socket.onmessage = () => resolve(0);
          }),
      ),
    );
    return [...new Set(codes)];
  }, workspace.id);
  expect(took.sort()).toEqual([0, 4409]);

  const late = await context.newPage();
  await late.goto(campaign);
  await late.getByText('打开的窗口太多').waitFor();
  await greedy.close();
  await late.getByRole('button', { name: '再试' }).click();
  await row(late, '开场').waitFor();
  await expect.poll(async () => (await badge(late)).kind, { timeout: 15_000 }).toBe('server');
  await late.close();
});

test('4401: signed out while at work, the page says so, and what waited is kept', async () => {
  const { page, context } = operator;
  await expect.poll(async () => (await badge(page)).kind).toBe('server');
  await context.setOffline(true);
  await expect.poll(async () => (await badge(page)).kind).toBe('offline');
  await append(page, '离线写的开场白');
  await expect.poll(async () => (await badge(page)).words).toBe('1处改动等待上传');
  // Signed out by another tab of this browser: the session is gone when the network comes back.
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const ended = await fetch(`${larder.address}/api/session/end`, {
    method: 'POST',
    headers: { origin: larder.address, cookie },
  });
  expect(ended.ok).toBe(true);
  await context.setOffline(false);
  await page.getByText('这台设备已退出登录').waitFor();
  await page.getByRole('link', { name: '用邀请链接登录' }).waitFor();
  // What was written is still on this device, and is not lost by looking again.
  await page.reload();
  await page.getByText('这台设备已退出登录').waitFor();
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  expect(names.some((name) => name.includes('/show/'))).toBe(true);
  expect(operator.complaints).toEqual([]);
});
