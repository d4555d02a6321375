import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#web/controls/tokens.css';
import SendingCard from '#web/screens/settings/SendingCard.svelte';
import { language } from '#web/words/phrases.svelte.ts';
import type { Workspace } from '#web/workspace/workspace.ts';
import InWorkspace from '../InWorkspace.svelte';

const endpoint = {
  id: 'e1',
  address: 'https://sms.example.com/larder',
  channel: 'sms',
  allowsPrivate: false,
  wantsPhone: true,
  state: 'on',
  createdMs: 1,
  sent: 3,
  lastMs: null,
  waiting: 1,
  failed: 1,
};
const failed = {
  id: 'm1',
  decision: 'd',
  customer: '00c4f2a91b7d3e55',
  endpoint: 'e1',
  state: 'failed',
  tries: 2,
  dueMs: 0,
  failure: { kind: 'not-accepted', status: 503 },
  atMs: 0,
  canRetry: true,
};
let asked: string[];
let answers: Record<string, object>;
beforeEach(() => {
  language.current = 'en';
  asked = [];
  answers = { 'GET ': { endpoints: [endpoint], messages: [failed] } };
  vi.spyOn(globalThis, 'fetch').mockImplementation((path, init) => {
    const line = `${init?.method} ${String(path).replace('/api/workspaces/w/sending', '')}`;
    asked.push(init?.body ? `${line} ${init.body as string}` : line);
    return Promise.resolve(Response.json(answers[line] ?? {}));
  });
});
afterEach(() => vi.restoreAllMocks());

const show = (isOwner: boolean) =>
  render(InWorkspace, {
    workspace: { id: 'w' } as Workspace,
    engine: {} as never,
    screen: SendingCard,
    told: { isOwner },
  });

test('[SND1, SND2] the owner adds an endpoint, sees its secret once, and tries it', async () => {
  await show(true);
  await page.getByLabelText('Gateway address').fill('sms.example.com');
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  await expect.element(page.getByText('A whole address is needed, starting with https://')).toBeVisible();
  answers['POST /endpoints'] = { ...endpoint, secret: 'whsec_abc' };
  await page.getByLabelText('Gateway address').fill(endpoint.address);
  await page.getByLabelText('Channel it serves').selectOptions('sms');
  await page.getByLabelText('Send the phone number along').click();
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  await expect.element(page.getByLabelText('Secret', { exact: true })).toHaveValue('whsec_abc');
  const wish = { address: endpoint.address, channel: 'sms', allowsPrivate: false, wantsPhone: true };
  expect(asked).toContain(`POST /endpoints ${JSON.stringify(wish)}`);
  await page.getByRole('button', { name: 'I have put it away' }).click();
  await expect.element(page.getByLabelText('Secret', { exact: true })).not.toBeInTheDocument();
  answers['POST /endpoints/e1/ping'] = { answer: { kind: 'not-accepted', status: 410 } };
  await page.getByRole('button', { name: 'Test call' }).click();
  await expect.element(page.getByText('Test call: not accepted, answer 410')).toBeVisible();
  await page.getByRole('button', { name: 'Turn off' }).click();
  expect(asked).toContain('PATCH /endpoints/e1 {"isOn":false}');
});

test('[SND2, SND16] an operator sees how it does and sends again what failed, and sets up nothing', async () => {
  await show(false);
  await page.getByRole('button', { name: '1 not sent' }).click();
  await expect.element(page.getByText('not accepted, answer 503')).toBeVisible();
  answers['POST /messages/m1/retry'] = { state: 'now' };
  await page.getByRole('button', { name: 'Send again' }).click();
  expect(asked).toContain('POST /messages/m1/retry {}');
  for (const name of ['Add endpoint', 'Test call', 'Turn off', 'Delete'])
    expect(page.getByRole('button', { name, exact: true }).elements()).toEqual([]);
});
