/** A member comes back with a passkey after signing out; removed, it opens nothing; the owner lets them in by a link. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from './browser.ts';
import { type ClaimedWorkspace, claimWorkspace } from './claimed-workspace.ts';
import { type LarderProcess, openLarderProcess } from './larder-process.ts';

let larder: LarderProcess;
let brand: ClaimedWorkspace;
let operator: Person;
/** Browsers make no passkeys for a bare address. */
let address = '';

beforeAll(async () => {
  larder = await openLarderProcess({ LARDER_NO_DEMO: '1' });
  brand = await claimWorkspace(larder);
  address = larder.address.replace('127.0.0.1', 'localhost');
  operator = await brand.welcome('operator', '许宁');
  const { token } = await brand.ask('POST', 'invitations', { role: 'operator' });
  await operator.context.request.post(`${address}/api/invitations/redeem`, {
    headers: { origin: address },
    data: { token, name: '许宁' },
  });
  const chrome = await operator.context.newCDPSession(operator.page);
  await chrome.send('WebAuthn.enable');
  await chrome.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
});
afterAll(async () => {
  await operator?.close();
  await larder?.close();
});

const sessionOf = async (): Promise<{ member: { id: string } | null }> =>
  (await operator.context.request.get(`${address}/api/session`)).json() as Promise<{ member: { id: string } | null }>;
const signOut = async (): Promise<void> => {
  await operator.context.request.post(`${address}/api/session/end`, { headers: { origin: address } });
};

test('[PKY1, PKY2, PKY4] made in the settings, signed in with, removed; then only the owner’s link helps', async () => {
  const { page } = operator;
  const before = (await sessionOf()).member?.id;
  await page.goto(`${address}/${brand.id}/settings`);
  await page.getByLabel('给它起个名').fill('一号平板');
  await page.getByRole('button', { name: '添加通行密钥' }).click();
  await page.getByText('已添加通行密钥').waitFor();
  await page.getByText(/^一号平板/).waitFor();

  await signOut();
  await page.goto(address);
  await page.getByRole('button', { name: '用通行密钥登录' }).click();
  await expect.poll(async () => (await sessionOf()).member?.id).toBe(before);

  await page.goto(`${address}/${brand.id}/settings`);
  await page.getByText(/上次用在/).waitFor();
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: '删除', exact: true }).click();
  await page.getByText('已删除，不能再用它登录').waitFor();
  await signOut();
  await page.goto(address);
  await page.getByRole('button', { name: '用通行密钥登录' }).click();
  await page.getByText('服务器不认得这把通行密钥').waitFor();
  expect((await sessionOf()).member).toBeNull();

  const link = await brand.ask('POST', `members/${before}/invite-back`);
  await page.goto(`${address}/join#invitation=${String(link.token)}`);
  await page.getByText(/这条链接让.+重新登录/).waitFor();
  expect(await page.getByLabel('你的名字').count()).toBe(0);
  await page.getByRole('button', { name: '加入' }).click();
  await expect.poll(async () => (await sessionOf()).member?.id).toBe(before);
  expect(operator.complaints).toEqual([]);
});
